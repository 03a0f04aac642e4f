"""Who owns an amount: against a twin in plain Python, and in the words of the catalogue's section 6.2."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from supervision.monitoring import owning
from supervision.monitoring.models import Finding, FindingLine, UnsettledClaim
from tests.builders import make_finding, make_institution

CERTAIN, HIGH, LOW, REMIND = 5, 4, 3, 2
CLAIM = "H1:1"


@dataclass(frozen=True)
class Said:
    """What one finding says of one line (or of the claim, when `line` is None), in fen and units."""

    rule: str
    line: int | None
    stake: int
    certainty: int = CERTAIN
    severity: int = 2
    units: int | None = None
    role: str = "accused"
    open: bool = True
    key: str = ""


@dataclass(frozen=True)
class Line:
    amount: int
    quantity: int


def store(said: Sequence[Said], lines: Sequence[Line]) -> list[FindingLine]:
    FindingLine.objects.all().delete()
    Finding.objects.all().delete()
    institution = make_institution("H1")
    kept = []
    for number, one in enumerate(said):
        finding = make_finding(
            institution, rule=one.rule, key=one.key or f"{number:03}", claim=CLAIM, certainty=one.certainty,
            severity=one.severity, at_stake=str(Decimal(one.stake) / 100), owned=0,
            status="open" if one.open else "withdrawn",
        )  # fmt: skip
        line = lines[one.line] if one.line is not None else None
        finding.lines.update(
            claim=CLAIM, charge="" if one.line is None else f"{CLAIM}:{one.line}", role=one.role, units=one.units,
            amount=line and line.amount, quantity=line and line.quantity, owned=0,
        )  # fmt: skip
        kept.append(finding.lines.get())
    UnsettledClaim.objects.create(claim=CLAIM)
    return kept


def settled(said: Sequence[Said], lines: Sequence[Line]) -> list[int]:
    kept = store(said, lines)
    owning.settle()
    for line in kept:
        line.refresh_from_db()
        line.finding.refresh_from_db()
        assert line.finding.owned == line.owned
    return [int(line.owned * 100) for line in kept]


def twin(said: Sequence[Said], lines: Sequence[Line]) -> list[int]:
    """The same, one line after the other, with a ledger of units."""
    owned = [0] * len(said)

    def rank(number: int) -> tuple[int, int, int, str, str]:
        one = said[number]
        return (-one.certainty, -one.severity, -one.stake, one.rule, one.key)

    heard = sorted(
        (n for n, one in enumerate(said) if one.open and one.role == "accused" and one.certainty >= LOW),
        key=rank,
    )
    for place, line in enumerate(lines):
        taken, water = 0, 0
        for number in heard:
            one = said[number]
            if one.line != place:
                continue
            most = min(one.stake, line.amount)
            reach = most
            if one.units is not None:
                taken = min(line.quantity, taken + one.units)
                exact = Fraction(line.amount * taken, line.quantity)
                reach = int((Decimal(exact.numerator) / exact.denominator).quantize(Decimal(1), ROUND_HALF_UP))
            owned[number] = max(0, min(most, reach - water))
            water = max(water, reach)
    water = sum(owned)
    for number in heard:
        if said[number].line is None:
            owned[number] = max(0, said[number].stake - water)
            water = max(water, said[number].stake)
    return owned


LINES = st.lists(
    st.builds(Line, amount=st.integers(0, 50_000), quantity=st.sampled_from([1, 3, 7, 10])),
    min_size=1,
    max_size=2,
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Said], list[Line]]:
    lines = draw(LINES)
    said = []
    for number in range(draw(st.integers(1, 6))):
        place = draw(st.one_of(st.none(), st.integers(0, len(lines) - 1)))
        line = lines[place] if place is not None else None
        units = draw(st.one_of(st.none(), st.integers(1, line.quantity))) if line else None
        stake = draw(st.integers(0, 60_000)) if units is None or line is None else line.amount * units // line.quantity
        said.append(
            Said(
                rule=draw(st.sampled_from("abc")),
                line=place,
                stake=stake,
                units=units,
                severity=draw(st.integers(1, 4)),
                certainty=draw(st.integers(1, 5)),
                role=draw(st.sampled_from(["accused", "accused", "involved"])),
                open=draw(st.sampled_from([True, True, True, False])),
                key=f"{number}",
            )
        )
    return said, lines


class AgainstTheTwin(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(histories())
    def test_it_owns_what_the_twin_owns_and_never_more_than_there_is(
        self, history: tuple[list[Said], list[Line]]
    ) -> None:
        said, lines = history
        owned = settled(said, lines)
        assert owned == twin(said, lines)
        for place, line in enumerate(lines):
            assert sum(o for o, one in zip(owned, said, strict=True) if one.line == place) <= line.amount
        for one, amount in zip(said, owned, strict=True):
            assert 0 <= amount <= one.stake

    @settings(max_examples=25, deadline=None)
    @given(histories(), st.randoms(use_true_random=False))
    def test_the_order_in_which_findings_came_makes_no_difference(
        self, history: tuple[list[Said], list[Line]], chance: Random
    ) -> None:
        said, lines = history
        shuffled = chance.sample(said, len(said))
        first = sorted(zip(said, settled(said, lines), strict=True), key=repr)
        assert sorted(zip(shuffled, settled(shuffled, lines), strict=True), key=repr) == first


@pytest.mark.django_db
class TestTheCatalogue:
    LINE = Line(amount=6000, quantity=10)

    def test_the_surer_of_two_rules_owns_the_line_and_the_other_is_also_suspected(self) -> None:
        said = [Said("drug_second_line", 0, 6000, HIGH), Said("drug_sex_restricted", 0, 6000, CERTAIN)]
        assert settled(said, [self.LINE]) == [0, 6000]

    def test_then_the_graver_then_the_larger_then_the_first_by_code(self) -> None:
        assert settled([Said("a", 0, 6000, severity=2), Said("b", 0, 6000, severity=3)], [self.LINE]) == [
            0,
            6000,
        ]
        assert settled([Said("a", 0, 5000), Said("b", 0, 6000)], [self.LINE]) == [0, 6000]
        assert settled([Said("b", 0, 6000), Said("a", 0, 6000)], [self.LINE]) == [0, 6000]

    def test_a_later_rule_owns_only_what_goes_beyond(self) -> None:
        assert settled([Said("price", 0, 1000, CERTAIN), Said("all", 0, 6000, HIGH)], [self.LINE]) == [
            1000,
            5000,
        ]

    def test_two_rules_that_count_units_never_take_the_same_unit(self) -> None:
        said = [Said("per_day", 0, 2400, units=4), Said("hours", 0, 4800, HIGH, units=8)]
        assert settled(said, [self.LINE]) == [2400, 3600]

    def test_the_denied_side_of_a_pair_is_owned_and_the_other_side_is_not(self) -> None:
        said = [Said("pair", 0, 6000), Said("pair", 1, 0, role="involved")]
        assert settled(said, [self.LINE, self.LINE]) == [6000, 0]

    def test_a_finding_about_the_claim_owns_what_its_lines_leave(self) -> None:
        said = [
            Said("overlap", None, 10_000),
            Said("pair", 0, 6000, HIGH),
            Said("readmit", None, 12_000, HIGH),
        ]
        assert settled(said, [self.LINE]) == [4000, 6000, 2000]

    def test_a_claim_paid_less_than_its_lines_leaves_nothing(self) -> None:
        assert settled([Said("overlap", None, 5000), Said("pair", 0, 6000, HIGH)], [self.LINE]) == [0, 6000]

    def test_leads_reminders_and_withdrawn_findings_own_nothing(self) -> None:
        said = [
            Said("lead", 0, 6000, 1),
            Said("remind", 0, 6000, REMIND),
            Said("gone", 0, 6000, open=False),
            Said("low", 0, 6000, LOW),
        ]
        assert settled(said, [self.LINE]) == [0, 0, 0, 6000]

    def test_settling_again_changes_nothing(self) -> None:
        store([Said("a", 0, 6000), Said("b", 0, 3000)], [self.LINE])
        owning.settle()
        before = list(FindingLine.objects.order_by("pk").values_list("owned", flat=True))
        UnsettledClaim.objects.create(claim=CLAIM)
        owning.settle()
        assert list(FindingLine.objects.order_by("pk").values_list("owned", flat=True)) == before
        assert not UnsettledClaim.objects.exists()
