"""The circuit breaker: a rule that accuses beyond its budget stops before anybody sees it, and a person decides."""

from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest

from institutions.models import Account, Institution
from supervision.audit import verifying
from supervision.audit.models import Act, Entry
from supervision.monitoring import breaker, findings, runs
from supervision.monitoring.guards import Hold
from supervision.monitoring.models import Finding, FindingLine, FindingTotal, Run, Step
from tests.builders import make_account, make_institution, make_run, make_step
from tests.claims.building import publish
from tests.monitoring.guarded import charges, corrected, found, limit, monitor, open_total, owned
from tests.monitoring.small import Library, Row, charge, dear, visit


def lines(*yuan: float, month: str = "2026-01") -> dict[str, list[Row]]:
    return {
        "charge": [charge(n, amount, month=month) for n, amount in enumerate(yuan, 1)],
        "visit": [visit(month=month)],
    }


@pytest.fixture
def tight(folder: Path, library: Library, impatient: None) -> Library:
    """Of a hundred charges, three may be accused by one rule."""
    library["dear"] = dear()
    limit("least", 2)
    limit("month_share", 300)
    limit("institution_share", 9999)
    charges(make_institution("H1"), 100)
    return library


@pytest.fixture
def decider(db: None) -> Account:
    return make_account("decider", "990100")


def test_a_rule_within_its_budget_is_not_stopped(folder: Path, tight: Library) -> None:
    publish(folder, lines(500, 400, 300))
    monitor()
    assert set(found().values()) == {"open"}
    assert not Hold.objects.exists()


def test_beyond_its_budget_it_accuses_nobody_and_owns_nothing(folder: Path, tight: Library) -> None:
    publish(folder, lines(500, 400, 300, 200))
    monitor()
    hold = Hold.objects.get()
    assert (hold.cause, hold.value, hold.limit, hold.findings) == ("month_share", Decimal(400), Decimal(300), 4)
    assert (hold.at_stake, hold.area, hold.institution, hold.decision) == (Decimal(1400), "990101", None, "")
    assert set(found().values()) == {"held"}
    assert open_total() == (0, Decimal(0))
    assert set(owned().values()) == {Decimal(0)}
    assert sum(total.findings for total in FindingTotal.objects.filter(status="held")) == 4
    entry = Entry.objects.get(act=Act.HOLD)
    assert (entry.subject, entry.facts["cause"], entry.facts["findings"]) == (f"hold {hold.pk}", "month_share", 4)


def test_released_they_accuse_and_own_and_the_next_run_lets_them(
    folder: Path, tight: Library, decider: Account
) -> None:
    publish(folder, lines(500, 400, 300, 200))
    monitor()
    breaker.release(Hold.objects.get(), by=decider, reason="a price list changed")
    assert open_total() == (4, Decimal(1400))
    publish(folder, {"charge": [charge(9, 900, claim="2")], "visit": [visit("2")]})
    monitor()
    assert set(found().values()) == {"open"}
    assert open_total() == (5, Decimal(2300))
    assert Hold.objects.get().decision == "released"
    assert list(verifying.breaks()) == []


def test_rejected_they_are_withdrawn_and_the_same_grounds_do_not_find_them_again(
    folder: Path, tight: Library, decider: Account
) -> None:
    publish(folder, lines(500, 400, 300, 200))
    monitor()
    breaker.reject(Hold.objects.get(), by=decider, reason="the list holds a wrong price")
    assert set(Finding.objects.values_list("status", "withdrawn_because")) == {("withdrawn", "rejected")}
    publish(folder, {"charge": [charge(9, 900, claim="2")], "visit": [visit("2")]})
    monitor()
    assert [key for key, status in found().items() if status != "withdrawn"] == ["H1:2:9"]
    assert (found()["H1:2:9"], Hold.objects.undecided().get().cause) == ("held", "rejected")
    # A mended page is judged by what it says.
    tight["dear"] = dear(limit=350)
    monitor()
    assert found() == {
        "H1:1:1": "open",
        "H1:1:2": "open",
        "H1:1:3": "withdrawn",
        "H1:1:4": "withdrawn",
        "H1:2:9": "open",
    }
    assert not Hold.objects.undecided().exists()


def test_what_nobody_decided_is_judged_anew_by_the_next_run(folder: Path, tight: Library) -> None:
    publish(folder, lines(500, 400, 300, 200))
    monitor()
    corrected(folder, lines(500, 400, 300))
    monitor()
    assert found() == {"H1:1:1": "open", "H1:1:2": "open", "H1:1:3": "open", "H1:1:4": "withdrawn"}
    assert Hold.objects.get().decision == "outdated"


def test_what_was_open_before_stays_open_and_only_the_new_is_held(folder: Path, tight: Library) -> None:
    publish(folder, lines(500, 400))
    monitor()
    more = [charge(n, 300, claim="2") for n in range(1, 6)]
    publish(folder, {"charge": more, "visit": [visit("2")]})
    monitor()
    assert [found()["H1:1:1"], found()["H1:1:2"], *(found()[f"H1:2:{n}"] for n in range(1, 6))] == ["open"] * 2 + [
        "held"
    ] * 5
    assert open_total() == (2, Decimal(900))


def test_an_open_finding_that_changes_beyond_the_budget_is_held_and_owns_nothing(folder: Path, tight: Library) -> None:
    publish(folder, lines(500, 400))
    monitor()
    tight["dear"] = dear(limit=50, because="{item} costs {at_stake}")
    corrected(folder, lines(500, 400, 90, 80))
    monitor()
    assert set(found().values()) == {"held"}
    assert open_total() == (0, Decimal(0))
    assert set(FindingLine.objects.values_list("owned", flat=True)) == {Decimal(0)}


def test_one_institution_over_its_budget_is_held_and_the_others_are_not(folder: Path, tight: Library) -> None:
    limit("month_share", 9999)
    limit("institution_share", 1000)
    other = make_institution("H2", "990102")
    charges(other, 10)
    theirs = [charge(n, 500, claim="2", institution="H2", member="M2") for n in (11, 12)]
    tables = lines(500, 400)
    publish(folder, {"charge": tables["charge"] + theirs, "visit": [*tables["visit"], visit("2", institution="H2")]})
    monitor()
    hold = Hold.objects.get()
    assert (hold.institution, hold.cause, hold.value, hold.area) == (
        other,
        "institution_share",
        Decimal(2000),
        "990102",
    )
    assert dict(Finding.objects.values_list("institution", "status").distinct()) == {"H1": "open", "H2": "held"}


def test_a_jump_against_earlier_runs_stops_the_rule(folder: Path, tight: Library) -> None:
    limit("month_share", 9999)
    earlier = make_run()
    for number, count in enumerate((2, 3, 2, 3, 2, 3), 1):
        make_step(earlier, "dear", f"2025-0{number}", found=count, charges=1000)
    publish(folder, lines(500, 400, 300, 200, 150))
    monitor()
    hold = Hold.objects.get()
    assert (hold.cause, hold.limit) == ("jump", Decimal(3))
    assert hold.value > 3


def test_a_jump_is_not_told_from_few_months_nor_from_those_that_were_stopped(folder: Path, tight: Library) -> None:
    limit("month_share", 9999)
    earlier = make_run()
    steps = [make_step(earlier, "dear", f"2025-0{n}", found=2, charges=1000) for n in range(1, 7)]
    facts = {"rule": "dear", "grounds": "x", "cause": "jump", "value": 9, "limit": 3, "findings": 2, "at_stake": 1}
    Hold.objects.create(step=steps[0], month="2025-01", decision="outdated", **facts)
    publish(folder, lines(500, 400))
    monitor()
    assert set(found().values()) == {"open"}


def test_a_rules_own_budget_goes_before_the_one_for_all(folder: Path, tight: Library) -> None:
    limit("month_share", 9000, rule="dear")
    publish(folder, lines(500, 400, 300, 200))
    monitor()
    assert set(found().values()) == {"open"}


def test_whoever_started_the_run_does_not_decide_on_what_it_held(
    folder: Path, tight: Library, decider: Account
) -> None:
    publish(folder, lines(500, 400, 300, 200))
    run = runs.start(by=decider)
    runs.work(run)
    hold = Hold.objects.get()
    with pytest.raises(breaker.DecisionRefused, match=r"second person|另一人"):
        breaker.release(hold, by=decider, reason="mine")
    breaker.release(hold, by=make_account("other", "990100"), reason="checked")
    with pytest.raises(breaker.DecisionRefused, match=r"already|已有"):
        breaker.reject(hold, by=make_account("third", "990100"), reason="too late")
    assert set(found().values()) == {"open"}


def test_a_decision_needs_its_reason(folder: Path, tight: Library, decider: Account) -> None:
    publish(folder, lines(500, 400, 300, 200))
    monitor()
    with pytest.raises(breaker.DecisionRefused):
        breaker.release(Hold.objects.get(), by=decider, reason=" ")
    assert set(found().values()) == {"held"}


def test_a_worker_that_dies_while_the_step_is_weighed_leaves_nothing_behind(
    folder: Path, tight: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Writing and weighing are one transaction: no moment in between at which findings could be seen."""
    publish(folder, lines(500, 400, 300, 200))
    run = runs.start()

    class Killed(BaseException):
        pass

    def die(*_facts: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(breaker, "write_down", die)
        step = run.steps.get()
        owner = uuid4()
        assert runs.claim(step.pk, owner)
        with pytest.raises(Killed):
            runs.answer(Step.objects.get(), owner)
    assert not Finding.objects.exists()
    assert not Hold.objects.exists()
    Step.objects.update(lease_until=run.started_at)
    runs.work(Run.objects.get(pk=run.pk))
    assert set(found().values()) == {"held"}


def test_a_step_that_lost_its_lease_holds_nothing(folder: Path, tight: Library) -> None:
    publish(folder, lines(500, 400, 300, 200))
    runs.start()
    with pytest.raises(findings.LeaseLost):
        runs.answer(Step.objects.get(), uuid4())
    assert not Hold.objects.exists()


@pytest.mark.parametrize(
    ("places", "area"),
    [
        (["990101"], "990101"),
        (["990101", "990102"], "9901"),
        (["990100", "990101"], "9901"),
        (["990101", "990201"], "99"),
        (["990101", ""], ""),
        (["110101", "990101"], ""),
    ],
)
def test_whoever_decides_must_see_all_that_was_held(places: list[str], area: str, db: None) -> None:
    assert breaker.shared(places) == area


def test_an_institution_of_somewhere_else_is_decided_on_there(folder: Path, tight: Library) -> None:
    publish(folder, lines(500, 400, 300, 200))
    monitor()
    assert Institution.objects.get().division_id == "990101"
    seen = {name: Hold.objects.visible_to(make_account(name, place)).count()
            for name, place in {"county": "990101", "next": "990102", "city": "990100", "away": "990200"}.items()}  # fmt: skip
    assert seen == {"county": 1, "next": 0, "city": 1, "away": 0}
