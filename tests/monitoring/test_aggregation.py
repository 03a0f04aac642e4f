"""The catalogue's section 6 through runs: one line hit by several rules, reversals, exemptions, versions.

And whatever is found, held back, exempted, reviewed or withdrawn, in whatever order: no fen is counted twice.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random
from uuid import uuid4

import pyarrow as pa
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from institutions.models import Account
from supervision.monitoring import breaker, exempting, findings, owning, reviewing
from supervision.monitoring.guards import Exemption, Hold, Review, Threshold
from supervision.monitoring.models import Finding, FindingLine, FindingTotal, Run, Step, UnsettledClaim
from supervision.monitoring.rulebook import Rule
from supervision.monitoring.shaping import ANSWER
from tests.builders import make_account, make_exemption, make_institution, make_run, make_snapshot
from tests.claims.building import publish
from tests.monitoring.guarded import ALWAYS, corrected, limit, monitor, open_total
from tests.monitoring.small import EVERY_CHARGE, Library, Row, charge, make_rule, visit

CLAIMS, CHARGES, INSTITUTIONS = 2, 2, 2


# --- The examples of the section, from the warehouse to the sums ------------------------------------------------


def stakes(rule: str) -> dict[str, int]:
    """What each line of the rule's findings owns, in yuan, by charge or else claim."""
    lines = FindingLine.objects.filter(finding__rule=rule).order_by("claim", "charge")
    return {line.charge or line.claim: int(line.owned) for line in lines}


def whole(code: str, **facts: str) -> Rule:
    return make_rule(EVERY_CHARGE, code=code, **facts)  # type: ignore[arg-type]


def units(code: str, allowed: int, **facts: str) -> Rule:
    """Accuses what goes beyond so many units of a line, at the line's price."""
    sql = (
        f"SELECT c.institution, c.claim, c.charge, c.quantity - {allowed * 10_000} AS units, "
        f"c.amount * (c.quantity - {allowed * 10_000}) // c.quantity AS at_stake FROM charge AS c "
        f"WHERE c.quantity > {allowed * 10_000}"
    )
    return make_rule(sql, code=code, **facts)  # type: ignore[arg-type]


def claims(*rows: Row) -> dict[str, list[Row]]:
    return {"charge": list(rows), "visit": [visit()]}


@pytest.mark.usefixtures("impatient")
class TestTheSection:
    def test_the_surer_rule_owns_the_line_and_the_total_counts_it_once(self, folder: Path, library: Library) -> None:
        library["drug_second_line"] = whole("drug_second_line", certainty="high")
        library["drug_sex_restricted"] = whole("drug_sex_restricted")
        publish(folder, claims(charge(1, 60)))
        monitor()
        assert (stakes("drug_sex_restricted"), stakes("drug_second_line")) == ({"H1:1:1": 60}, {"H1:1:1": 0})
        assert Finding.objects.get(rule="drug_second_line").at_stake == 60  # shown as also suspected
        assert open_total() == (2, Decimal(60))

    def test_a_pair_owns_the_denied_side_unless_another_rule_does(self, folder: Path, library: Library) -> None:
        pair = (
            "SELECT c.institution, c.claim, c.charge, c.claim AS finding, "
            "CASE WHEN c.item = 'T2' THEN c.amount ELSE 0 END AS at_stake, "
            "CASE WHEN c.item = 'T2' THEN 'accused' ELSE 'involved' END AS role FROM charge AS c"
        )
        library["pair"] = make_rule(pair, code="pair", certainty="high")
        publish(folder, claims(charge(1, 80), charge(2, 50)))
        monitor()
        assert (stakes("pair"), open_total()) == ({"H1:1:1": 0, "H1:1:2": 50}, (1, Decimal(50)))
        library["denied"] = make_rule(f"{EVERY_CHARGE} WHERE c.item = 'T2'", code="denied")
        monitor()
        assert (stakes("pair"), stakes("denied")) == ({"H1:1:1": 0, "H1:1:2": 0}, {"H1:1:2": 50})
        assert open_total() == (2, Decimal(50))

    def test_a_set_hit_owns_nothing_that_a_line_rule_owns(self, folder: Path, library: Library) -> None:
        library["stay_too_long"] = make_rule(
            "SELECT v.institution, v.claim, v.total AS at_stake FROM visit AS v", code="stay_too_long", severity="S4"
        )
        library["line"] = make_rule(f"{EVERY_CHARGE} WHERE c.item = 'T1'", code="line", certainty="low")
        publish(folder, claims(charge(1, 300), charge(2, 700)))
        monitor()
        assert (stakes("line"), stakes("stay_too_long")) == ({"H1:1:1": 300}, {"H1:1": 700})
        assert open_total() == (2, Decimal(1000))

    def test_two_rules_that_count_units_share_them_out(self, folder: Path, library: Library) -> None:
        library["per_day"] = units("per_day", 6)
        library["hours"] = units("hours", 2, certainty="high")
        library["later"] = units("later", 1, certainty="low")
        publish(folder, claims(charge(1, 100, quantity=100_000)))
        monitor()
        # Of ten units four, then eight (six more are left), then nine (none are left beyond ten).
        assert [stakes(code)["H1:1:1"] for code in ("per_day", "hours", "later")] == [40, 60, 0]
        assert open_total() == (3, Decimal(100))

    def test_a_line_reversed_after_the_hit_is_withdrawn_and_its_amount_gone(
        self, folder: Path, library: Library
    ) -> None:
        library["all"] = whole("all")
        publish(folder, claims(charge(1, 60), charge(2, 40)))
        monitor()
        corrected(folder, claims(charge(2, 15)))  # line 1 was refunded whole, line 2 in part
        monitor()
        gone = Finding.objects.get(key="H1:1:1")
        assert (gone.status, gone.withdrawn_because, gone.owned) == ("withdrawn", "gone", Decimal(0))
        assert (stakes("all")["H1:1:2"], open_total()) == (15, (1, Decimal(15)))

    def test_what_an_exemption_takes_away_falls_to_the_next_rule(
        self, folder: Path, library: Library, account: Account
    ) -> None:
        library["first"], library["next"] = whole("first"), whole("next", certainty="high")
        publish(folder, claims(charge(1, 60)))
        monitor()
        assert (stakes("first"), stakes("next")) == ({"H1:1:1": 60}, {"H1:1:1": 0})
        exemption = make_exemption(make_institution("H1"), by=account, rule="first")
        exempting.approve(exemption, by=make_account("second", "990100"), running=library)
        assert (stakes("first"), stakes("next"), open_total()) == ({"H1:1:1": 0}, {"H1:1:1": 60}, (1, Decimal(60)))

    def test_a_new_version_of_a_rule_takes_the_place_of_what_the_old_one_found(
        self, folder: Path, library: Library, account: Account
    ) -> None:
        library["all"] = whole("all")
        publish(folder, claims(charge(1, 60), charge(2, 40)))
        monitor()
        old = library["all"].hash
        reviewing.review(Finding.objects.get(key="H1:1:1"), Review.Outcome.UPHELD, by=account, note="so it is")
        library["all"] = make_rule(f"{EVERY_CHARGE} WHERE c.amount > 100000", code="all")
        monitor()
        upheld, other = Finding.objects.order_by("key")
        assert (upheld.status, upheld.page_hash, upheld.relabelled, upheld.owned) == (
            "open",
            old,
            "knowledge",
            Decimal(60),
        )
        assert (other.status, open_total()) == ("withdrawn", (1, Decimal(60)))


# --- Whatever happens, no fen is counted twice ------------------------------------------------------------------


@dataclass(frozen=True)
class Hit:
    """A row of a rule's answer, about a line or (None) the whole claim."""

    claim: int
    line: int | None
    stake: int
    units: int | None = None
    certainty: str = "certain"
    role: str = "accused"


@dataclass
class History:
    """Charges, what each rule answers from run to run, and what people do in between."""

    amounts: list[list[int]]
    quantities: list[list[int]]
    acts: list[tuple[str, int, list[Hit]]] = field(default_factory=list)


RULES = ("a", "b", "c")


@st.composite
def histories(draw: st.DrawFn) -> History:
    def each(values: st.SearchStrategy[int]) -> list[list[int]]:
        return [[draw(values) for _charge in range(CHARGES)] for _claim in range(CLAIMS)]

    history = History(each(st.integers(0, 30_000)), each(st.sampled_from([1, 3, 7, 10])))
    acts = ["answer", "answer", "answer", "settle", "review", "withdraw", "exempt", "end", "release", "reject", "stop"]
    for _number in range(draw(st.integers(2, 9))):
        act = draw(st.sampled_from(acts))
        hits = draw(st.lists(hit(history), max_size=5)) if act == "answer" else []
        history.acts.append((act, draw(st.integers(0, 5)), hits))
    return history


@st.composite
def hit(draw: st.DrawFn, history: History) -> Hit:
    claim, line = draw(st.integers(0, CLAIMS - 1)), draw(st.one_of(st.none(), st.integers(0, CHARGES - 1)))
    sure = draw(st.sampled_from(["certain", "high", "low", "remind", "lead"]))
    role = draw(st.sampled_from(["accused", "accused", "accused", "involved"]))
    if line is None:
        return Hit(claim, None, draw(st.integers(0, 2 * max(sum(history.amounts[claim]), 1))), None, sure, role)
    amount, quantity = history.amounts[claim][line], history.quantities[claim][line]
    taken = draw(st.one_of(st.none(), st.integers(1, quantity)))
    stake = draw(st.integers(0, amount)) if taken is None else amount * taken // quantity
    return Hit(claim, line, stake, taken, sure, role)


class World:
    """One database with this history: answers merged as runs do, decisions taken as people do."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.places = [make_institution(f"H{number}", f"99010{number}") for number in range(1, INSTITUTIONS + 1)]
        self.people = [make_account(f"p{uuid4().hex[:6]}", "990100") for _number in range(2)]
        self.rules = {code: make_rule(EVERY_CHARGE, code=code, severity=f"S{n}") for n, code in enumerate(RULES, 1)}
        self.snapshot = make_snapshot()

    def answer(self, code: str, hits: Sequence[Hit]) -> None:
        Run.objects.filter(status="running").update(status="done")
        run = make_run(status="running", snapshot=self.snapshot)
        facts = {"page_hash": self.rules[code].hash, "inputs": uuid4().hex, "grounds": self.rules[code].hash}
        owner = uuid4()
        step = Step.objects.create(run=run, rule=code, month="2026-01", owner=owner, **facts)
        findings.merge(step, self.rules[code], self.table(hits), owner=owner, charges=100)
        Run.objects.filter(pk=run.pk).update(status="done")

    def table(self, hits: Sequence[Hit]) -> pa.Table:
        rows, seen = [], set()
        for one in hits:
            if (one.claim, one.line) in seen:
                continue  # a page accuses a line once
            seen.add((one.claim, one.line))
            place = self.places[one.claim % INSTITUTIONS].pk
            claim = f"{place}:{one.claim}"
            whole = one.line is None
            amount = sum(self.history.amounts[one.claim]) if whole else self.history.amounts[one.claim][one.line or 0]
            rows.append({
                "institution": place, "claim": claim, "charge": None if whole else f"{claim}:{one.line}",
                "role": one.role, "at_stake": one.stake, "certainty": one.certainty, "finding": None,
                "units": one.units, "of_variant": 0, "of_member": f"M{one.claim}", "of_insured_area": "990100",
                "of_amount": amount, "of_quantity": None if whole else self.history.quantities[one.claim][one.line or 0],
                "of_eligible": amount, "of_fund_ratio": 7000, "item": "x",
            })  # fmt: skip
        schema = pa.schema(
            [*((name, kind) for name, kind in ANSWER.items() if name != "subject"), ("item", pa.string())]
        )
        return pa.Table.from_pylist(rows, schema)

    def act(self, what: str, which: int, hits: Sequence[Hit]) -> None:
        asker, second = self.people
        match what:
            case "answer":
                self.answer(RULES[which % len(RULES)], hits)
            case "settle":
                owning.settle()
            case "review" | "withdraw":
                found = [one for one in Finding.objects.order_by("rule", "key") if reviewing.reviewable(one)]
                if found:
                    outcome, cause = ("upheld", "") if what == "review" else ("withdrawn", "other")
                    chosen = found[which % len(found)]
                    reviewing.review(chosen, Review.Outcome(outcome), by=asker, note="x", cause=cause)
            case "exempt":
                made = make_exemption(
                    self.places[which % INSTITUTIONS], by=asker, rule=RULES[which % 3] if which < 3 else ""
                )
                exempting.approve(made, by=second, running=RULES)
            case "end":
                for exemption in Exemption.objects.filter(ended_at=None)[:1]:
                    exempting.end(exemption, by=second, reason="over")
                exempting.apply(RULES)
            case "release" | "reject":
                for hold in Hold.objects.undecided()[:1]:
                    (breaker.release if what == "release" else breaker.reject)(hold, by=second, reason="looked at")
            case "stop":  # from now on the budget is tight, or wide again
                limit("least", 1 + which)
                limit("month_share", 200)

    def check(self) -> None:
        """What must hold at every moment, between settlements too."""
        lines = list(FindingLine.objects.select_related("finding"))
        by_charge: dict[str, Decimal] = defaultdict(Decimal)
        by_claim: dict[str, Decimal] = defaultdict(Decimal)
        by_finding: dict[int, Decimal] = defaultdict(Decimal)
        for line in lines:
            assert 0 <= line.owned <= line.at_stake
            assert line.owned == 0 or (line.finding.status == "open" and line.role == "accused")
            assert line.owned == 0 or line.finding.certainty >= Finding.Certainty.LOW
            by_charge[line.charge] += line.owned
            by_claim[line.claim] += line.owned
            by_finding[line.finding_id] += line.owned
        for number, amounts in enumerate(self.history.amounts):
            claim = f"{self.places[number % INSTITUTIONS].pk}:{number}"
            for place, fen in enumerate(amounts):
                assert by_charge[f"{claim}:{place}"] * 100 <= fen
            assert by_claim[claim] * 100 <= sum(amounts)
        for one in Finding.objects.all():
            assert one.owned == by_finding[one.pk]
        self.check_totals()

    def check_totals(self) -> None:
        kinds = ("status", "rule", "month", "institution_id", "insured_area", "certainty")
        naive: dict[object, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 3)
        for one in Finding.objects.all():
            kept = naive[tuple(getattr(one, kind) for kind in kinds)]
            naive[tuple(getattr(one, kind) for kind in kinds)] = [
                kept[0] + 1,
                kept[1] + one.owned,
                kept[2] + one.at_stake,
            ]
        totals = FindingTotal.objects.filter(findings__gt=0)
        assert dict(naive) == {
            tuple(getattr(one, kind) for kind in kinds): [one.findings, one.owned, one.at_stake] for one in totals
        }
        assert not FindingTotal.objects.filter(findings=0).exclude(owned=0, at_stake=0).exists()
        for place in self.places:  # institution totals are the sums of what is owned
            owned = sum((one.owned for one in Finding.objects.filter(institution=place, status="open")), Decimal(0))
            assert owned == sum((total.owned for total in totals.filter(institution=place, status="open")), Decimal(0))

    def owned(self) -> list[tuple[object, ...]]:
        lines = FindingLine.objects.order_by("finding__rule", "finding__key", "charge", "claim", "role")
        return list(lines.values_list("finding__rule", "finding__key", "charge", "claim", "role", "owned"))


class NoFenTwice(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(histories(), st.randoms(use_true_random=False))
    def test_whatever_is_found_and_decided_in_whatever_order(self, history: History, chance: Random) -> None:
        Threshold.objects.create(measure="least", rule="", value=10**6, source="wide", valid=ALWAYS)
        world = World(history)
        for what, which, hits in history.acts:
            world.act(what, which, hits)
            world.check()
        owning.settle()
        world.check()
        settled = world.owned()
        # Again, for every claim, in another order of the rows: nothing changes.
        names = list(FindingLine.objects.values_list("claim", flat=True))
        chance.shuffle(names)
        UnsettledClaim.objects.bulk_create(UnsettledClaim(claim=name) for name in names)
        owning.settle()
        assert world.owned() == settled
        assert not UnsettledClaim.objects.exists()
        # One claim after the other, from nothing: the same.
        FindingLine.objects.update(owned=0)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE monitoring_finding SET owned = 0")
        for name in dict.fromkeys(names):
            UnsettledClaim.objects.create(claim=name)
            owning.settle()
        assert world.owned() == settled
