"""Reviews: what a person decides stays; what it does to sums, to later runs, and to a rule that is often wrong."""

import threading
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from institutions.models import Account
from supervision.audit.models import Act, Entry
from supervision.monitoring import exempting, planning, reviewing, runs
from supervision.monitoring.guards import Demotion, Review
from supervision.monitoring.models import Finding
from tests.builders import make_account, make_finding, make_institution
from tests.claims.building import publish
from tests.monitoring.guarded import corrected, found, monitor, open_total
from tests.monitoring.small import Library, charge, dear, visit

UPHELD, WITHDRAWN = Review.Outcome.UPHELD, Review.Outcome.WITHDRAWN
TABLES = {"charge": [charge(1, 500), charge(2, 300)], "visit": [visit()]}


@pytest.fixture
def judged(folder: Path, library: Library, impatient: None) -> Library:
    library["dear"], library["also"] = dear(), dear(code="also", certainty="high")
    publish(folder, TABLES)
    monitor()
    return library


def the(rule: str, number: int = 1) -> Finding:
    return Finding.objects.get(rule=rule, key=f"H1:1:{number}")


def test_upheld_it_stays_whatever_later_runs_say_and_is_labelled(
    judged: Library, account: Account, folder: Path
) -> None:
    reviewing.review(the("dear"), UPHELD, by=account, note="the bill shows it")
    judged["dear"] = dear(limit=600)
    monitor()
    upheld = the("dear")
    assert (upheld.status, upheld.owned, upheld.relabelled) == ("open", Decimal(500), "knowledge")
    assert the("dear", 2).status == "withdrawn"
    judged["dear"] = dear()
    monitor()
    assert the("dear").relabelled == ""
    corrected(folder, {"charge": [charge(2, 300)], "visit": [visit()]})
    monitor()
    assert (the("dear").status, the("dear").relabelled) == ("open", "claims")


def test_withdrawn_its_amount_falls_to_the_next_at_once(judged: Library, account: Account) -> None:
    assert (the("dear").owned, the("also").owned) == (Decimal(500), Decimal(0))
    reviewing.review(the("dear"), WITHDRAWN, by=account, cause="documented", note="a prescription is there")
    gone = the("dear")
    assert (gone.status, gone.withdrawn_because, gone.owned) == ("withdrawn", "reviewed", Decimal(0))
    assert (the("also").owned, open_total()) == (Decimal(500), (3, 800))
    entry = Entry.objects.get(act=Act.REVIEW)
    assert (entry.account, entry.subject, entry.facts["cause"]) == (
        account.username,
        f"finding {gone.pk}",
        "documented",
    )


def test_withdrawn_it_is_not_found_again_unless_it_says_something_else(
    judged: Library, account: Account, folder: Path
) -> None:
    reviewing.review(the("dear"), WITHDRAWN, by=account, cause="documented", note="a prescription is there")
    publish(folder, {"charge": [charge(9, 900, claim="2")], "visit": [visit("2")]})
    monitor()
    assert the("dear").status == "withdrawn"
    judged["dear"] = dear(because="{item} at {at_stake}")
    monitor()
    again = the("dear")
    assert (again.status, again.relabelled, again.acted_on, again.owned) == ("open", "knowledge", False, Decimal(500))
    assert again.reviews.get().outcome == WITHDRAWN


def test_a_later_review_stands_in_the_place_of_an_earlier_one(judged: Library, account: Account) -> None:
    reviewing.review(the("dear"), UPHELD, by=account, note="so it seems")
    reviewing.review(the("dear"), WITHDRAWN, by=account, cause="data_error", note="on appeal")
    reviewing.review(the("dear"), UPHELD, by=account, note="after all")
    assert list(Review.objects.order_by("pk").values_list("outcome", "stands")) == [
        (UPHELD, False), (WITHDRAWN, False), (UPHELD, True),
    ]  # fmt: skip
    assert (the("dear").status, the("dear").owned) == ("open", Decimal(500))


def test_what_is_held_back_or_gone_cannot_be_reviewed(account: Account) -> None:
    place = make_institution()
    for facts in ({"status": "held"}, {"status": "withdrawn", "withdrawn_because": "gone"}):
        with pytest.raises(reviewing.ReviewRefused):
            reviewing.review(make_finding(place, **facts), UPHELD, by=account, note="x")  # type: ignore[arg-type]
    assert not Review.objects.exists()


def test_whoever_withdraws_says_why(account: Account) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        reviewing.review(make_finding(make_institution()), WITHDRAWN, by=account, note="because")


@pytest.mark.parametrize(
    ("upheld", "reviewed", "low", "high"),
    [(0, 0, None, None), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (8, 10, 0.4902, 0.9433), (1, 40, 0.0044, 0.1288)],
)
def test_the_interval_is_wilsons(upheld: int, reviewed: int, low: float | None, high: float | None) -> None:
    found = reviewing.wilson(upheld, reviewed)
    assert found is None if low is None else found == pytest.approx((low, high), abs=1e-4)


def many(page_hash: str, count: int, outcome: Review.Outcome, by: Account) -> None:
    for _number in range(count):
        finding = make_finding(make_institution("H1"), rule="dear", key=uuid4().hex, page_hash=page_hash)
        cause = "" if outcome == UPHELD else "knowledge"
        reviewing.review(finding, outcome, by=by, note="x", cause=cause)


def test_a_rule_that_is_surely_wrong_too_often_is_demoted_one_level_at_a_time(
    judged: Library, account: Account
) -> None:
    page = judged["dear"]
    many(page.hash, 9, WITHDRAWN, account)
    assert reviewing.judge(page).certainty == "high"  # type: ignore[union-attr]
    assert reviewing.judge(page) is None  # the same reviews do not demote it twice
    assert planning.running()["dear"].certainty == "high"
    assert Entry.objects.get(act=Act.DEMOTION).facts == {"certainty": "high", "upheld": 0, "reviewed": 9}
    assert ("dear", "2026-01") in runs.plan()
    monitor()
    assert set(Finding.objects.filter(rule="dear", acted_on=False).values_list("certainty", flat=True)) == {4}
    many(page.hash, 9, WITHDRAWN, account)
    assert reviewing.judge(page).certainty == "low"  # type: ignore[union-attr]


def test_below_the_lowest_bound_it_is_switched_off_and_what_it_found_is_withdrawn(
    judged: Library, account: Account
) -> None:
    page = judged["dear"]
    many(page.hash, 36, WITHDRAWN, account)
    assert reviewing.judge(page).certainty == ""  # type: ignore[union-attr]
    assert "dear" not in planning.running()
    monitor()
    assert set(Finding.objects.filter(rule="dear", acted_on=False).values_list("withdrawn_because", flat=True)) == {
        "rule_ended"
    }
    # A mended page starts anew.
    judged["dear"] = dear(limit=90)
    assert planning.running()["dear"].certainty == "certain"
    monitor()
    assert the("dear").status == "open"


def test_good_rules_unreviewed_ones_and_old_reviews_demote_nothing(judged: Library, account: Account) -> None:
    page = judged["dear"]
    many(page.hash, 20, UPHELD, account)
    with time_machine.travel("2020-01-01"):
        many(page.hash, 40, WITHDRAWN, account)
    many("0" * 64, 40, WITHDRAWN, account)  # another version of the page
    assert reviewing.judge(page) is None
    assert reviewing.judge(judged["also"]) is None
    assert not Demotion.objects.exists()


def test_a_run_demotes_before_it_begins(judged: Library, account: Account) -> None:
    many(judged["dear"].hash, 9, WITHDRAWN, account)
    assert not Demotion.objects.exists()
    monitor()
    assert Demotion.objects.get().rule == "dear"


def test_a_reminder_is_not_demoted_but_may_be_switched_off(judged: Library, account: Account) -> None:
    page = replace(judged["dear"], certainty="remind")
    many(page.hash, 9, WITHDRAWN, account)
    assert reviewing.judge(page) is None
    many(page.hash, 30, WITHDRAWN, account)
    assert reviewing.judge(page).certainty == ""  # type: ignore[union-attr]
    assert set(found().values()) == {"open", "withdrawn"}


@pytest.mark.django_db(transaction=True)
def test_a_review_and_a_step_that_finds_it_anew_take_turns(
    folder: Path, library: Library, impatient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The step has read the finding before the review is made: the review waits, and is not written over."""
    monkeypatch.setattr(runs, "hurry", lambda run: None)
    library["dear"] = dear()
    publish(folder, TABLES)
    monitor()
    by = make_account("reviewer", "990100")
    library["dear"] = dear(because="{item} at {at_stake}")
    run = runs.start()
    threads = []

    def decide() -> None:
        reviewing.review(the("dear"), UPHELD, by=by, note="seen")
        connection.close()

    original = exempting.mark

    def while_it_is_written(*facts: object) -> None:
        threads.append(threading.Thread(target=decide))
        threads[-1].start()
        threads[-1].join(1)
        assert threads[-1].is_alive()
        original(*facts)  # type: ignore[arg-type]

    monkeypatch.setattr(exempting, "mark", while_it_is_written)
    runs.do_step(run.steps.get().pk)
    threads[0].join()
    decided = the("dear")
    assert (decided.acted_on, decided.because_en) == (True, "T1 at 500.00")
    assert decided.reviews.get().outcome == UPHELD
