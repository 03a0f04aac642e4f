"""My work, and the pages of deadlines."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from institutions.models import Account, Duty
from supervision.clocks import running
from supervision.clocks.models import CalendarYear, Clock, Extension, Pause
from tests.builders import make_account, make_institution
from tests.clocks.building import make_clock, make_limit

pytestmark = pytest.mark.django_db
REVIEWER = [Duty.READ, Duty.HEAR]
DAY = timedelta(days=1)


@pytest.fixture
def reviewer() -> Account:
    return make_account("reviewer", duties=REVIEWER)


@pytest.fixture
def page(client: Client, reviewer: Account) -> Client:
    client.force_login(reviewer)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def days_ago(days: int) -> str:
    return (timezone.localtime() - DAY * days).strftime("%Y-%m-%d 09:00")


def text(page: Client, address: str) -> str:
    answer = page.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_overdue_stands_first_in_words_and_colour(page: Client) -> None:
    make_clock("P07", since=days_ago(40), title_en="Overdue thing", address="/desk/findings/1/")
    make_clock("P07", since=days_ago(1), title_en="Thing to do")
    shown = text(page, "/desk/work/")
    assert shown.index("Overdue thing") < shown.index("Thing to do")
    assert "badge-bad" in shown and "Overdue by" in shown and "Remaining: " in shown
    assert 'href="/desk/findings/1/"' in shown


def test_my_work_is_what_i_hold_and_what_my_duty_owes_where_nobody_is_named(page: Client, reviewer: Account) -> None:
    other = make_account("other", duties=REVIEWER)
    make_clock("P05", since=days_ago(1), title_en="Mine by name", duty="investigate", holder=reviewer)
    make_clock("P05", since=days_ago(1), title_en="Mine by duty")
    make_clock("P05", since=days_ago(1), title_en="Somebody's by name", holder=other)
    make_clock("P05", since=days_ago(1), title_en="Another duty's", duty="decide")
    make_clock("P05", since=days_ago(1), title_en="Elsewhere", division="990201")
    shown = text(page, "/desk/work/")
    titles = ("Mine by name", "Mine by duty", "Somebody's by name", "Another duty's", "Elsewhere")
    assert [title in shown for title in titles] == [True, True, False, False, False]


def test_what_an_institution_owes_waits_for_others(page: Client) -> None:
    make_institution("H99010100001", name_en="North Hospital")
    make_clock("P05", since=days_ago(1), title_en="To be answered", duty="answer", institution="H99010100001")
    shown = text(page, "/desk/work/")
    assert shown.index("Waiting for others") < shown.index("To be answered")
    assert "North Hospital" in shown


def test_time_that_was_asked_for_waits_for_the_person_in_charge(
    client: Client, page: Client, reviewer: Account
) -> None:
    clock = make_clock("P01", since=days_ago(1), title_en="Slow thing", holder=reviewer)
    running.ask_extension(clock, amount=2, reason="papers abroad", by=reviewer)
    assert "a second person decides" in text(page, "/desk/work/")
    client.force_login(make_account("head", duties=[Duty.READ, Duty.DECIDE]))
    shown = text(client, "/desk/work/")
    assert "for you to decide" in shown and "papers abroad" in shown


def test_what_lies_in_another_territory_is_neither_mine_to_decide_nor_to_hand_over(client: Client) -> None:
    there = make_account("there", "990200", duties=REVIEWER)
    head = make_account("head", duties=[Duty.READ, Duty.HEAR, Duty.DECIDE])
    clock = make_clock("P01", since=days_ago(1), division="990201", title_en="Theirs", holder=there)
    running.ask_extension(clock, amount=2, reason="papers abroad", by=there)
    make_clock("P01", since=days_ago(1), division="990201", title_en="Left behind there", holder=head)
    client.force_login(head)
    assert "papers abroad" not in text(client, "/desk/work/")
    assert "Left behind there" not in text(client, "/desk/work/hand-over/")
    assert client.get("/desk/work/hand-over/?of=there").status_code == 404


def test_an_empty_desk_says_so(page: Client) -> None:
    assert "Nothing with a deadline waits for you." in text(page, "/desk/work/")


def test_deadlines_are_filtered_in_the_address(page: Client, reviewer: Account) -> None:
    late = make_clock("P07", since=days_ago(40), title_en="Late")
    running.meet(make_clock("P05", since=days_ago(2), title_en="Done"))
    make_clock("P05", since=days_ago(2), title_en="Running")

    def listed(query: str) -> list[bool]:
        shown = text(page, f"/desk/clocks/?{query}")
        return [f">{title}</a>" in shown for title in ("Late", "Done", "Running")]

    assert listed("") == [True, False, True]
    assert listed("state=overdue") == [True, False, False]
    assert listed("state=met") == [False, True, False]
    assert listed("state=all&limit=P05") == [False, True, True]
    assert listed("limit=nonsense") == [True, False, True]
    running.hand_over([late], to=reviewer, reason="mine", by=reviewer)
    assert listed("whose=nobody") == [False, False, True]


def test_a_pause_is_asked_for_and_approved_on_the_clocks_page(client: Client, page: Client) -> None:
    clock = make_clock("P05", since=days_ago(3))
    address = f"/desk/clocks/{clock.pk}/"
    page.post(address + "change/", {"act": "ask_pause", "reason": "an appraisal"})
    assert "a second person decides" in text(page, address)
    client.force_login(make_account("head", duties=[Duty.READ, Duty.DECIDE]))
    client.post(address + "change/", {"act": "decide_pause", "decision": "approve"})
    assert "Stands still" in text(client, address)
    client.post(address + "change/", {"act": "resume"})
    assert Clock.objects.get().state == Clock.State.RUNNING
    assert Pause.objects.get().until is not None


def test_who_may_only_read_is_offered_no_end_of_a_pause_and_makes_none(client: Client, reviewer: Account) -> None:
    clock = make_clock("P05", since=days_ago(3))
    head = make_account("head", duties=[Duty.READ, Duty.DECIDE])
    running.pause(clock, reason="an appraisal", asked_by=reviewer, approved_by=head)
    address = f"/desk/clocks/{clock.pk}/"
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.force_login(make_account("reader", duties=[Duty.READ]))
    assert "Let it run again" not in text(client, address)
    answer = client.post(address + "change/", {"act": "resume"}, follow=True)
    assert "This is not yours to resume." in answer.content.decode()
    assert Clock.objects.get().state == Clock.State.PAUSED
    client.force_login(head)
    assert "Let it run again" in text(client, address)


def test_an_extension_beyond_the_limit_is_refused_in_words(page: Client) -> None:
    clock = make_clock("P01", since=days_ago(1))
    answer = page.post(
        f"/desk/clocks/{clock.pk}/change/", {"act": "ask_extension", "amount": 40, "reason": "x"}, follow=True
    )
    assert "15 at most" in answer.content.decode()
    assert not Extension.objects.exists()


def test_a_form_without_its_reason_is_refused_beside_nothing_lost(page: Client) -> None:
    clock = make_clock("P01", since=days_ago(1))
    answer = page.post(f"/desk/clocks/{clock.pk}/change/", {"act": "ask_pause"}, follow=True)
    assert "Reason: This field is required." in answer.content.decode()
    answer = page.post(f"/desk/clocks/{clock.pk}/change/", {"act": "stop_time"}, follow=True)
    assert "Nothing was chosen." in answer.content.decode()


def test_a_clock_is_handed_over_to_somebody_who_may_keep_it(page: Client, reviewer: Account) -> None:
    taker = make_account("taker", duties=REVIEWER)
    make_account("bookkeeper", duties=[Duty.READ, Duty.BOOK])
    clock = make_clock("P05", since=days_ago(1), holder=reviewer)
    shown = text(page, f"/desk/clocks/{clock.pk}/")
    assert "taker" in shown and "bookkeeper" not in shown
    page.post(f"/desk/clocks/{clock.pk}/change/", {"act": "hand_over", "to": taker.pk, "reason": "on leave"})
    assert Clock.objects.get().holder == taker


def test_everything_that_somebody_keeps_is_handed_over_at_once(client: Client, reviewer: Account) -> None:
    taker = make_account("taker", duties=REVIEWER)
    for _ in range(3):
        make_clock("P05", since=days_ago(1), holder=reviewer)
    client.force_login(make_account("head", duties=[Duty.READ, Duty.DECIDE]))
    client.post("/desk/work/hand-over/?of=reviewer", {"to": taker.pk, "reason": "has left"})
    assert set(Clock.objects.values_list("holder__username", flat=True)) == {"taker"}
    client.force_login(taker)
    assert client.get("/desk/work/hand-over/?of=reviewer").status_code == 404


def test_limits_show_source_and_confidence_of_the_nations_and_of_our_own(page: Client) -> None:
    make_limit("hearing_answer", "990100", amount=12, name_en="Ours", source="rule of Yunze")
    make_limit("hearing_answer", "990200", amount=13, name_en="Theirs", source="rule of Wangyu")
    shown = text(page, "/desk/clocks/limits/")
    assert "rule of Yunze" in shown and "rule of Wangyu" not in shown
    assert "from general knowledge, not confirmed" in shown and "read in the norm" in shown


def test_the_calendar_shows_holidays_make_up_days_and_what_is_missing(page: Client) -> None:
    CalendarYear.objects.filter(year__gt=2026).delete()
    shown = text(page, "/desk/clocks/calendar/")
    assert "15 Feb 2026" in shown and "23 Feb 2026" in shown and "28 Feb 2026" in shown
    assert f"The holidays of {max(timezone.localdate().year + 1, 2027)} are not loaded" in shown


@pytest.mark.parametrize("address", ["/desk/work/", "/desk/clocks/"])
def test_a_list_asks_as_much_of_the_database_for_many_as_for_few(page: Client, address: str) -> None:
    make_institution("H99010100001")
    text(page, address)  # what is read once and kept
    counts = []
    for _ in range(2):
        for _ in range(3):
            make_clock("P05", since=days_ago(1))
            make_clock("P05", since=days_ago(1), duty="answer", institution="H99010100001")
        with CaptureQueriesContext(connection) as asked:
            text(page, address)
        counts.append(len(asked))
    assert counts[0] == counts[1]
