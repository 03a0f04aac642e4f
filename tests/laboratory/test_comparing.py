"""Back-tests and trials: what is found, who sees it, and that nothing is lost or counted twice."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from pytest_django import Settings

from claims.models import Snapshot
from institutions.models import Account, Duty
from supervision.laboratory import comparing, results, workflow
from supervision.laboratory.models import Change, ChangedFinding, ChangeTotal, ComparedMonth, Comparison
from supervision.laboratory.workflow import MoveRefused
from supervision.monitoring import confined
from supervision.monitoring.models import Finding, FindingTotal, Run, Step
from tests.builders import make_account, make_institution
from tests.claims.building import publish
from tests.laboratory.pages import PAGE, back_tested, cheaper, finish, on_trial, published, took_a_turn, written
from tests.monitoring.small import charge, visit

pytestmark = pytest.mark.django_db
Three = tuple[Account, Account, Account]
here = pytest.mark.usefixtures("at_hand")


def told(comparison: Comparison) -> dict[str, tuple[int, Decimal, Decimal]]:
    rows = ChangeTotal.objects.filter(month__comparison=comparison)
    return {row.change: (row.findings, row.before, row.after) for row in rows}


@here
def test_a_new_rule_only_accuses_anew(three: Three, claims: Snapshot) -> None:
    done = back_tested(written(three[0]), three[0])
    assert (done.status, done.against, done.snapshot) == ("done", "", claims)
    assert told(done) == {"new": (2, Decimal(0), Decimal(620))}
    assert {one.key for one in ChangedFinding.objects.all()} == {"H1:1:2", "H1:1:3"}
    assert len(done.digest) == 64


@here
def test_beside_the_page_in_force_each_finding_is_new_gone_changed_or_the_same(three: Three, claims: Snapshot) -> None:
    author, checker, publisher = three
    first = published(written(author), checker, publisher, claims)
    text = cheaper().replace("c.amount AS at_stake", "c.amount - 100 AS at_stake")
    text = text.replace("WHERE c.amount > $most", "WHERE c.amount > $most OR c.amount = 9000")
    text = text.replace("a      | 500.00 | yes", "a      | 500.00 | 499.00").replace(
        "b      | 150.00 |", "b      | 50.00  |"
    )
    second = written(author, text, parent=first, examples_changed="so that everything happens")
    done = back_tested(second, author)
    assert done.against == first.hash
    assert told(done) == {
        "new": (1, Decimal(0), Decimal(89)),
        "gone": (1, Decimal(120), Decimal(0)),
        "changed": (1, Decimal(500), Decimal(499)),
    }
    words = written(author, PAGE.replace("For tests.", "In other words."), parent=first)
    assert told(back_tested(words, author)) == {"same": (2, Decimal(620), Decimal(620))}
    assert Finding.objects.count() == FindingTotal.objects.count() == 0


@here
def test_the_same_back_test_again_gives_the_same_result(three: Three, claims: Snapshot) -> None:
    version = written(three[0])
    one, two = back_tested(version, three[0]), back_tested(version, three[0])
    assert one.pk != two.pk
    assert one.digest == two.digest


@here
def test_only_one_back_test_of_a_version_goes_on_and_only_over_claims_there_are(three: Three, claims: Snapshot) -> None:
    author = three[0]
    version = written(author)
    with pytest.raises(MoveRefused, match="at least one"):
        comparing.back_test(version, [], by=author)
    with pytest.raises(MoveRefused, match="no claims of 2031-01"):
        comparing.back_test(version, ["2031-01"], by=author)
    with pytest.raises(MoveRefused, match="duty"):
        comparing.back_test(version, ["2026-01"], by=make_account("reader", duties=[Duty.READ]))
    comparing.back_test(version, ["2026-01"], by=author)
    with pytest.raises(MoveRefused, match="going on"):
        comparing.back_test(version, ["2026-01"], by=author)


@here
def test_what_a_rule_needs_and_nobody_uploaded_is_said_before(three: Three, claims: Snapshot) -> None:
    version = written(three[0], PAGE.replace('natl_rule  = ["价格"]', 'natl_rule  = ["价格"]\nneeds = ["scan"]'))
    with pytest.raises(MoveRefused, match="scan"):
        comparing.back_test(version, ["2026-01"], by=three[0])


@here
def test_each_account_sees_of_a_result_what_is_about_its_territory(
    three: Three, tmp_path: Path, settings: Settings
) -> None:
    settings.WAREHOUSE = str(tmp_path / "warehouse")
    make_institution("H1", "990101")
    make_institution("H2", "990201")
    rows = [charge(1, 500), charge(2, 700, claim="2", institution="H2")]
    publish(tmp_path, {"charge": rows, "visit": [visit(), visit("2", institution="H2", insured_area="990200")]})
    nation = make_account("author of the nation", "000000")
    done = back_tested(written(nation), nation)
    months = list(done.months.values_list("pk", flat=True))
    sums = {}
    for name, place in (("nation", "000000"), ("here", "990100"), ("there", "990200"), ("nowhere", "990103")):
        result = results.of(months, make_account(name, place))
        sums[name] = (result.totals[0].findings, result.totals[0].after, len(result.samples[0][1]))
    assert sums == {
        "nation": (2, Decimal(1200), 2), "here": (1, Decimal(500), 1), "there": (1, Decimal(700), 1),
        "nowhere": (0, Decimal(0), 0),
    }  # fmt: skip
    hospital = make_account("hospital", institution=make_institution("H1"), duties=[Duty.INTAKE])
    assert not ChangedFinding.objects.visible_to(hospital).exists()
    assert not Comparison.objects.visible_to(hospital).exists()


@here
def test_a_trial_finds_beside_the_rules_in_force_and_counts_nowhere(three: Three, claims: Snapshot) -> None:
    author, checker, _publisher = three
    version = written(author)
    comparing.trials()
    assert not Comparison.objects.exists()
    on_trial(version, checker)
    turn = took_a_turn(version, claims)
    comparing.trials()
    assert version.comparisons.filter(kind="trial").count() == 1  # one turn a run
    trial = results.trial(version, checker)
    assert trial
    assert [row.findings for row in trial.result.totals] == [2, 0, 0]
    assert Finding.objects.count() == FindingTotal.objects.count() == 0
    later = Run.objects.create(snapshot=claims, knowledge_version=0, status=Run.Status.DONE)
    Step.objects.create(
        run=later, rule="x", month="2026-01", page_hash="0", inputs="0", done_at=dt.datetime.now(dt.UTC)
    )
    comparing.trials()
    assert version.comparisons.filter(kind="trial").count() == 2
    finish(version.comparisons.get(kind="trial", run=later.pk))
    again = results.trial(version, checker)
    assert again
    assert [row.findings for row in again.result.totals] == [2, 0, 0]  # the latest turn of each month, not both
    assert turn.pk != again.turns[0].pk
    workflow.do(version, "refuse", by=checker, text="no")
    Run.objects.create(snapshot=claims, knowledge_version=0, status=Run.Status.DONE)
    comparing.trials()
    assert version.comparisons.filter(kind="trial").count() == 2


# --- What may happen underway -------------------------------------------------------------------------


@here
def test_a_month_is_done_once_however_often_it_is_given_out(
    three: Three, claims: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "hurry", lambda comparison: None)
    made = comparing.back_test(written(three[0]), ["2026-01"], by=three[0])
    month = made.months.get()
    assert comparing.take(month.pk, uuid4())
    comparing.do_month(month.pk)  # held by another
    month.refresh_from_db()
    assert month.done_at is None
    ComparedMonth.objects.update(lease_until=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    comparing.do_month(month.pk)
    comparing.do_month(month.pk)
    assert told(made) == {"new": (2, Decimal(0), Decimal(620))}


@here
def test_who_lost_the_lease_writes_nothing(three: Three, claims: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "hurry", lambda comparison: None)
    made = comparing.back_test(written(three[0]), ["2026-01"], by=three[0])
    month = made.months.select_related("comparison__version", "comparison__snapshot").get()
    with pytest.raises(comparing.LeaseLost):
        comparing.write(month, uuid4(), comparing.found_in(month))
    assert not ChangeTotal.objects.exists()


@here
def test_a_page_that_is_stopped_ends_the_back_test_and_it_does_not_count(
    three: Three, claims: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "hurry", lambda comparison: None)
    author, checker, _publisher = three
    version = written(author)
    made = comparing.back_test(version, ["2026-01"], by=author)

    def stopped(*_job: object, **_facts: object) -> None:
        raise confined.Confined("It took too long.")

    with monkeypatch.context() as patch:
        patch.setattr(confined, "apart", stopped)
        finish(made)
    made.refresh_from_db()
    assert (made.status, made.months.get().parked) == ("failed", "It took too long.")
    workflow.do(version, "submit", by=author)
    with pytest.raises(MoveRefused, match="no back-test"):
        workflow.do(version, "approve", by=checker)


@here
def test_what_fails_three_times_is_given_up_with_its_reason(
    three: Three, claims: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "hurry", lambda comparison: None)
    monkeypatch.setattr(comparing, "WAIT", dt.timedelta(0))
    made = comparing.back_test(written(three[0]), ["2026-01"], by=three[0])
    monkeypatch.setattr(comparing, "found_in", lambda month: 1 // 0)
    for _time in range(3):
        finish(made)
    made.refresh_from_db()
    assert (made.status, made.months.get().tries) == ("failed", 3)
    assert "ZeroDivisionError" in made.months.get().parked


@here
def test_the_sweep_takes_up_what_was_forgotten(three: Three, claims: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(comparing, "hurry", lambda comparison: None)
        made = comparing.back_test(written(three[0]), ["2026-01"], by=three[0])
    Comparison.objects.update(asked_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    comparing.sweep()
    made.refresh_from_db()
    assert made.status == "done"


KILLED = """
import django; django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = {name!r}
settings.WAREHOUSE = {warehouse!r}
from supervision.laboratory import comparing
comparing.write = lambda *_facts: __import__("time").sleep(60)  # the work is done, and not yet written
print("taking", flush=True)
comparing.do_month({month})
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_underway_leaves_its_month_to_another(
    claims: Snapshot, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    author = make_account("author", duties=[Duty.READ, Duty.WRITE_RULES])
    with monkeypatch.context() as patch:
        patch.setattr(comparing, "hurry", lambda comparison: None)
        made = comparing.back_test(written(author), ["2026-01"], by=author)
    month = made.months.get()
    code = KILLED.format(name=connection.settings_dict["NAME"], warehouse=settings.WAREHOUSE, month=month.pk)
    worker = subprocess.Popen([sys.executable, "-c", code], env={**os.environ}, start_new_session=True)
    try:
        until = time.monotonic() + 60
        while not month.owner and time.monotonic() < until:
            time.sleep(0.2)
            month.refresh_from_db()
        assert month.owner
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    comparing.do_month(month.pk)
    month.refresh_from_db()
    assert month.done_at is None  # its lease still runs
    ComparedMonth.objects.filter(lease_until__gt=dt.datetime.now(dt.UTC)).update(lease_until=dt.datetime.now(dt.UTC))
    time.sleep(0.1)
    comparing.do_month(month.pk)
    made.refresh_from_db()
    assert (made.status, told(made)) == ("done", {"new": (2, Decimal(0), Decimal(620))})
    assert Change.NEW in told(made)
