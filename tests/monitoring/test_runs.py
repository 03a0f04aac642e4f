"""Monitoring runs: what is offered, done once, withdrawn, found again, given up."""

import datetime as dt
import threading
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from claims.models import Batch
from supervision.audit.models import Act, Entry
from supervision.monitoring import findings, runs
from supervision.monitoring.models import Finding, FindingLine, RulePage, Run, Step
from tests.claims.building import publish
from tests.monitoring.small import EVERY_CHARGE, Library, Row, charge, dear, make_rule, visit


def monitor() -> Run:
    run = runs.start()
    runs.work(run)
    run.refresh_from_db()
    return run


def found() -> dict[str, str]:
    return dict(Finding.objects.order_by("key").values_list("key", "status"))


def test_a_finding_says_what_was_found_in_both_tongues_and_in_yuan(folder: Path, library: Library) -> None:
    library["dear"] = make_rule(
        "SELECT c.institution, c.claim, c.charge, c.amount AS at_stake, c.price, c.quantity, c.day FROM charge AS c",
        because="{quantity} at {price} on {day}", more='[columns]\nprice = "price"\nquantity = "qty"', code="dear",
    )  # fmt: skip
    publish(folder, {"charge": [charge(1, 1234.55)], "visit": [visit()]})
    run = monitor()
    finding = Finding.objects.get()
    assert (finding.rule, finding.key, finding.claim, finding.month) == ("dear", "H1:1:1", "H1:1", "2026-01")
    assert (finding.member, finding.insured_area, finding.institution_id) == ("M1", "990100", "H1")
    assert finding.because_en == "1 at 1,234.55 on 5 Jan 2026"
    assert finding.because_zh == "1 at 1,234.55 on 2026年1月5日"
    assert (str(finding.at_stake), str(finding.owned)) == ("1234.55", "1234.55")
    assert (str(finding.fund_at_stake), finding.fund_method) == ("864.19", "share")  # 864.185, half up
    assert (finding.page_hash, finding.last_run) == (library["dear"].hash, run)
    assert finding.lines.get().evidence == {"price": "1234.55", "quantity": "1", "day": "2026-01-05"}
    assert (run.status, run.steps.get().found) == ("done", 1)


def test_running_again_offers_nothing_and_changes_nothing(folder: Path, library: Library) -> None:
    library["dear"] = dear()
    publish(folder, {"charge": [charge(1, 500)], "visit": [visit()]})
    monitor()
    before = list(Finding.objects.values()), list(FindingLine.objects.values())
    assert runs.plan() == []
    again = monitor()
    assert (again.steps_total, again.status) == (0, "done")
    assert (list(Finding.objects.values()), list(FindingLine.objects.values())) == before


def test_exactly_the_steps_whose_inputs_changed_are_offered(folder: Path, library: Library) -> None:
    library["dear"] = dear()
    library["looks_back"] = make_rule(
        "SELECT h.institution, h.claim, h.charge, h.amount AS at_stake FROM history AS h WHERE h.amount > 100000000",
        code="looks_back", back=1,
    )  # fmt: skip
    publish(folder, {"charge": [charge(1, 5, month=month) for month in ("2026-01", "2026-02", "2026-03")]})
    assert len(runs.plan()) == 6
    assert runs.plan(rules=["dear"], months=["2026-02"]) == [("dear", "2026-02")]
    monitor()
    publish(folder, {"charge": [charge(2, 5, claim="2", month="2026-02")]})
    assert runs.plan() == [("dear", "2026-02"), ("looks_back", "2026-02"), ("looks_back", "2026-03")]
    library["dear"] = dear(limit=200)
    assert {month for rule, month in runs.plan() if rule == "dear"} == {"2026-01", "2026-02", "2026-03"}


def test_a_claim_that_is_settled_late_has_the_months_judged_again_that_wait_for_it(
    folder: Path, library: Library
) -> None:
    library["later"] = make_rule(
        "SELECT b.institution, b.claim, b.charge, b.amount AS at_stake FROM charge AS b "
        "JOIN history AS a ON a.member = b.member AND a.day < b.day",
        code="later", back=1, more="ahead = 1",
    )  # fmt: skip
    publish(folder, {"charge": [charge(1, 5, claim="b", day=dt.date(2026, 1, 9))], "visit": [visit("b")]})
    monitor()
    assert found() == {}
    late = [charge(1, 5, claim="a", month="2026-02", day=dt.date(2026, 1, 7))]
    publish(folder, {"charge": late, "visit": [visit("a", month="2026-02")]})
    assert runs.plan() == [("later", "2026-01"), ("later", "2026-02")]
    run = monitor()
    assert found() == {"H1:b:1": "open"}
    assert (Finding.objects.get().month, run.status) == ("2026-01", "done")
    publish(folder, {"visit": [visit("a", month="2026-02")]}, ended=Batch.objects.order_by("-number").first())
    monitor()
    assert found() == {"H1:b:1": "withdrawn"}


def corrected(folder: Path, rows: list[Row]) -> None:
    """A batch in the place of the latest one."""
    former = Batch.objects.order_by("-number").first()
    publish(folder, {"charge": rows, "visit": [visit()]}, ended=former)


def test_what_no_longer_holds_is_withdrawn_and_found_again_when_it_returns(folder: Path, library: Library) -> None:
    library["dear"] = dear()
    publish(folder, {"charge": [charge(1, 500), charge(2, 300)], "visit": [visit()]})
    monitor()
    first = Finding.objects.get(key="H1:1:1")
    corrected(folder, [charge(2, 300)])
    run = monitor()
    assert found() == {"H1:1:1": "withdrawn", "H1:1:2": "open"}
    assert (run.steps.get().found, run.steps.get().withdrawn) == (1, 1)
    first.refresh_from_db()
    assert (first.owned, first.withdrawn_at is None, first.lines.get().owned) == (Decimal(0), False, Decimal(0))
    corrected(folder, [charge(1, 500), charge(2, 300)])
    monitor()
    first.refresh_from_db()
    assert (first.status, first.withdrawn_at, first.owned) == ("open", None, Decimal(500))


def test_what_somebody_acted_on_stays_as_it_was(folder: Path, library: Library) -> None:
    library["dear"] = dear()
    publish(folder, {"charge": [charge(1, 500), charge(2, 300)], "visit": [visit()]})
    monitor()
    Finding.objects.update(acted_on=True)
    before = list(Finding.objects.order_by("key").values())
    corrected(folder, [charge(2, 999)])
    monitor()
    after: list[dict[str, Any]] = [dict(found) for found in Finding.objects.order_by("key").values()]
    assert [found.pop("relabelled") for found in after] == ["claims", "claims"]
    assert after == [{name: value for name, value in found.items() if name != "relabelled"} for found in before]


def test_a_changed_line_changes_its_finding_in_place(folder: Path, library: Library) -> None:
    library["dear"] = dear()
    publish(folder, {"charge": [charge(1, 500)], "visit": [visit()]})
    monitor()
    first = Finding.objects.get()
    corrected(folder, [charge(1, 450)])
    monitor()
    again = Finding.objects.get()
    assert (again.pk, again.found_at, again.first_run) == (first.pk, first.found_at, first.first_run)
    assert (again.at_stake, again.owned, again.lines.get().at_stake) == (Decimal(450),) * 3


def test_a_month_whose_claims_all_went_away_keeps_no_open_finding(folder: Path, library: Library) -> None:
    library["dear"] = dear()
    publish(folder, {"charge": [charge(1, 500)], "visit": [visit()]})
    monitor()
    former = Batch.objects.get()
    publish(folder, {"charge": [charge(1, 500, month="2026-02")], "visit": [visit(month="2026-02")]}, ended=former)
    monitor()
    finding = Finding.objects.get()
    assert (finding.status, finding.month, finding.owned) == ("open", "2026-02", Decimal(500))


@pytest.mark.django_db(transaction=True)
def test_what_the_step_of_another_month_finds_at_the_same_time_stays(
    folder: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "hurry", lambda run: None)  # no worker is to be quicker
    library["dear"] = dear()
    publish(folder, {"charge": [charge(1, 500)], "visit": [visit()]})
    monitor()
    former = Batch.objects.get()
    publish(folder, {"charge": [charge(1, 500, month="2026-02")], "visit": [visit(month="2026-02")]}, ended=former)
    run = runs.start()

    def do_former_month() -> None:
        runs.do_step(run.steps.get(month="2026-01").pk)
        connection.close()

    other = threading.Thread(target=do_former_month)
    with transaction.atomic():
        runs.do_step(run.steps.get(month="2026-02").pk)
        other.start()
        other.join(3)  # it waits for the row that is found here
        assert other.is_alive()
    other.join()
    finding = Finding.objects.get()
    assert (finding.status, finding.month) == ("open", "2026-02")
    assert Run.objects.get(pk=run.pk).steps.get(month="2026-01").withdrawn == 0


def test_a_rule_whose_input_nobody_uploaded_is_not_runnable_and_said_so(folder: Path, library: Library) -> None:
    library["dear"] = dear()
    library["traces"] = dear(code="traces", needs='["scan"]')
    publish(folder, {"charge": [charge(1, 500)], "visit": [visit()]})
    run = monitor()
    assert run.not_runnable == {"traces": ["scan"]}
    assert {step.rule for step in run.steps.all()} == {"dear"}


def test_what_was_found_in_an_input_that_went_away_is_withdrawn(folder: Path, library: Library) -> None:
    library["traces"] = dear(code="traces", needs='["scan"]')
    scan = {"scan": "H1:1", "institution": "H1", "sound": True, "month": "2026-01"}
    publish(folder, {"charge": [charge(1, 500)], "visit": [visit()], "scan": [scan]})
    monitor()
    assert found() == {"H1:1:1": "open"}
    corrected(folder, [])
    run = monitor()
    assert (found(), run.not_runnable) == ({"H1:1:1": "withdrawn"}, {"traces": ["scan"]})
    assert runs.plan() == []


def test_lines_of_one_finding_stand_together_and_add_up(folder: Path, library: Library) -> None:
    library["together"] = make_rule(
        "SELECT c.institution, c.claim, c.charge, c.claim AS finding, c.amount AS at_stake, "
        "CASE WHEN c.item = 'T1' THEN 'involved' ELSE 'accused' END AS role, "
        "CASE WHEN c.item = 'T2' THEN 'low' END AS certainty FROM charge AS c",
        code="together",
    )  # fmt: skip
    publish(folder, {"charge": [charge(1, 7), charge(2, 20), charge(3, 30)], "visit": [visit()]})
    monitor()
    finding = Finding.objects.get()
    assert (finding.at_stake, finding.owned, finding.certainty) == (Decimal(50), Decimal(50), 3)
    said = finding.lines.order_by("charge").values_list("charge", "role", "owned")
    assert [(charge, role, int(owned)) for charge, role, owned in said] == [
        ("H1:1:1", "involved", 0), ("H1:1:2", "accused", 20), ("H1:1:3", "accused", 30),
    ]  # fmt: skip


def test_a_failing_rule_is_given_up_after_five_tries_and_the_rest_completes(
    folder: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library["dear"] = dear()
    library["overflows"] = make_rule(
        "SELECT c.institution, c.claim, c.charge, c.amount * 9223372036854775807 AS at_stake FROM charge AS c",
        code="overflows",
    )
    monkeypatch.setattr(runs, "WAIT", dt.timedelta(0))
    publish(folder, {"charge": [charge(1, 500)], "visit": [visit()]})
    run = monitor()
    failed = run.steps.get(rule="overflows")
    assert (run.status, failed.tries, failed.done_at) == ("parked", 5, None)
    assert "OutOfRange" in failed.parked
    assert found() == {"H1:1:1": "open"}
    assert ("overflows", "2026-01") in runs.plan()


def test_two_months_that_find_the_same_key_are_refused(folder: Path, library: Library) -> None:
    library["blurred"] = make_rule(
        "SELECT c.institution, c.claim, c.charge, c.member AS finding, c.amount AS at_stake FROM charge AS c",
        code="blurred",
    )
    publish(folder, {"charge": [charge(1, 5), charge(1, 5, claim="2", month="2026-02")], "visit": [visit()]})
    run = monitor()
    assert "TwoMonths" in run.steps.get(month="2026-02").parked


def test_an_owner_who_lost_the_lease_writes_nothing(folder: Path, library: Library) -> None:
    library["dear"] = dear()
    publish(folder, {"charge": [charge(1, 500)], "visit": [visit()]})
    run = runs.start()
    step = run.steps.get()
    late, quick = uuid4(), uuid4()
    assert runs.claim(step.pk, late)
    assert not runs.claim(step.pk, quick)
    Step.objects.update(lease_until=run.started_at - dt.timedelta(minutes=1))
    assert runs.claim(step.pk, quick)
    with pytest.raises(findings.LeaseLost):
        runs.answer(Step.objects.get(), late)
    assert not Finding.objects.exists()
    runs.answer(Step.objects.get(), quick)
    assert Finding.objects.count() == 1


def test_a_page_changed_during_the_run_is_not_used(folder: Path, library: Library) -> None:
    library["dear"] = dear()
    publish(folder, {"charge": [charge(1, 500)], "visit": [visit()]})
    run = runs.start()
    library["dear"] = dear(limit=1)
    RulePage.objects.all().delete()  # kept pages would be used to the end (tests/laboratory/test_workflow.py)
    runs.work(run)
    assert "changed during the run" in run.steps.get().parked
    assert not Finding.objects.exists()


def test_only_one_run_goes_on_at_a_time(folder: Path, library: Library) -> None:
    library["dear"] = dear()
    publish(folder, {"charge": [charge(1, 500)], "visit": [visit()]})
    runs.start()
    with pytest.raises(runs.RunRefused):
        runs.start()


def test_a_cancelled_run_keeps_what_it_found_and_stops(folder: Path, library: Library) -> None:
    library["dear"] = dear()
    publish(folder, {"charge": [charge(1, 500), charge(1, 400, claim="2", month="2026-02")], "visit": [visit()]})
    run = runs.start()
    runs.do_step(run.steps.get(month="2026-01").pk)
    runs.cancel(run)
    runs.do_step(run.steps.get(month="2026-02").pk)
    assert run.status == "cancelled"
    assert dict(Finding.objects.values_list("key", "owned")) == {"H1:1:1": 500}
    assert runs.plan() == [("dear", "2026-02")]
    written = Entry.objects.get(act=Act.RUN)
    assert (written.subject, written.facts["finished"]) == (f"run {run.pk}", "cancelled")


def test_the_sweeper_takes_up_and_gives_up(folder: Path, library: Library) -> None:
    library["dear"] = dear()
    publish(folder, {"charge": [charge(1, 500)], "visit": [visit()]})
    run = runs.start()
    Step.objects.update(owner=uuid4(), lease_until=run.started_at - dt.timedelta(minutes=1), tries=5)
    runs.sweep()
    run.refresh_from_db()
    assert (run.status, run.steps.get().parked) == ("parked", runs.LOST)


@pytest.mark.parametrize("refused", [{"rules": ["nobody"]}, {"months": ["2026-13"]}])
def test_what_is_unknown_is_refused(folder: Path, library: Library, refused: dict[str, list[str]]) -> None:
    publish(folder, {"charge": [charge(1, 500)]})
    with pytest.raises(runs.RunRefused):
        runs.start(**refused)  # type: ignore[arg-type]


def test_without_claims_there_is_nothing_to_run(folder: Path) -> None:
    assert runs.plan() == []
    with pytest.raises(runs.RunRefused):
        runs.start()


def test_a_finding_keeps_the_values_that_were_used_where_and_when_its_claim_began(
    folder: Path, library: Library
) -> None:
    sql = f"{EVERY_CHARGE} WHERE c.amount > $limit"
    local = """
[parameters.limit]
value = 30000
source = "for tests"

[[parameters.limit.other]]
value = 10000
place = "990200"
since = 2026-01-10
"""
    library["dear"] = make_rule(sql, code="dear", more=local)
    places = {"1": ("990100", 20), "2": ("990200", 20), "3": ("990200", 9)}
    publish(folder, {
        "charge": [charge(n, yuan, claim=claim) for claim in places for n, yuan in ((1, 200), (2, 400))],
        "visit": [
            visit(claim, province="990000", area=area, day=dt.date(2026, 1, day))
            for claim, (area, day) in places.items()
        ],
    })  # fmt: skip
    monitor()
    used = {"H1:1:2": 30_000, "H1:2:1": 10_000, "H1:2:2": 10_000, "H1:3:2": 30_000}
    assert {found.key: found.parameters["limit"] for found in Finding.objects.all()} == used
    library["dear"] = make_rule(sql, code="dear", more=local.replace("10000", "15000"))
    monitor()
    assert Finding.objects.get(key="H1:2:1").parameters == {"limit": 15_000}
