"""A pause is asked for by one and approved by another; the clock is due later by exactly what did not count."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from institutions.models import Account, Duty
from supervision.audit.models import Act, Entry
from supervision.clocks import running
from supervision.clocks.calendar import DeadlineRefused, day_of, end_of, is_working_day
from supervision.clocks.models import Clock, Pause, Unit
from tests.builders import make_account
from tests.clocks.building import make_clock
from tests.clocks.calendars import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer() -> Account:
    return make_account("reviewer", duties=[Duty.READ, Duty.HEAR])


@pytest.fixture
def head() -> Account:
    return make_account("head", duties=[Duty.READ, Duty.DECIDE])


def paused(clock: Clock, since: str, *, by: Account, head: Account) -> Pause:
    return running.pause(
        clock, reason="an expert's opinion", asked_by=by, approved_by=head, since=at(since), at=at(since)
    )


def test_the_days_of_a_pause_do_not_count(reviewer: Account, head: Account) -> None:
    clock = make_clock("hearing_answer", since="2026-11-02 09:00")  # due 16 Nov
    paused(clock, "2026-11-04 10:00", by=reviewer, head=head)
    clock = running.resume(clock, by=head, at=at("2026-11-10 15:00"))  # 5, 6, 9 and 10 November did not count
    assert (clock.state, clock.due_at) == ("running", end_of(date(2026, 11, 20)))


def test_a_pause_that_lasts_keeps_the_clock_from_turning_red(reviewer: Account, head: Account) -> None:
    clock = make_clock("hearing_answer", since="2026-11-02 09:00")
    paused(clock, "2026-11-04 10:00", by=reviewer, head=head)
    assert running.sweep(at("2026-12-30 08:00")) == 0
    assert not Clock.objects.overdue(at("2026-12-30 08:00")).exists()


def test_a_step_made_in_a_pause_is_in_time(reviewer: Account, head: Account) -> None:
    clock = make_clock("hearing_answer", since="2026-11-02 09:00")
    paused(clock, "2026-11-16 10:00", by=reviewer, head=head)
    assert running.meet(clock, at("2026-12-18 08:00")).state == Clock.State.MET


def test_nothing_is_paused_before_a_second_person_approves(reviewer: Account, head: Account) -> None:
    clock = make_clock("hearing_answer", since="2026-11-02 09:00")
    asked = running.ask_pause(clock, reason="an expert's opinion", by=reviewer, at=at("2026-11-03 09:00"))
    assert Clock.objects.get().state == Clock.State.RUNNING
    running.refuse_pause(asked, by=head)
    assert Clock.objects.get().state == Clock.State.RUNNING
    with pytest.raises(DeadlineRefused, match="decided on already"):
        running.approve_pause(asked, by=head)


def test_nobody_approves_what_they_asked_for(head: Account) -> None:
    clock = make_clock("hearing_answer", since="2026-11-02 09:00")
    asked = running.ask_pause(clock, reason="an expert's opinion", by=head, at=at("2026-11-03 09:00"))
    with pytest.raises(DeadlineRefused, match="second person"):
        running.approve_pause(asked, by=head)


@pytest.mark.parametrize(
    ("territory", "duties", "why"),
    [
        ("990200", [Duty.READ, Duty.DECIDE], "nothing here"),
        ("990100", [Duty.READ, Duty.HEAR], "person in charge"),
    ],
)
def test_only_who_is_in_charge_of_the_place_approves(
    reviewer: Account, territory: str, duties: list[Duty], why: str
) -> None:
    clock = make_clock("hearing_answer", since="2026-11-02 09:00")
    asked = running.ask_pause(clock, reason="an expert's opinion", by=reviewer, at=at("2026-11-03 09:00"))
    with pytest.raises(DeadlineRefused, match=why):
        running.approve_pause(asked, by=make_account("other", territory, duties=duties))


@pytest.mark.parametrize(
    ("since", "now", "reason", "why"),
    [
        ("2026-11-17 09:00", "2026-11-17 09:00", "ill", "comes too late"),
        ("2026-11-01 09:00", "2026-11-03 09:00", "ill", "between the start"),
        ("2026-11-05 09:00", "2026-11-03 09:00", "ill", "between the start"),
        ("2026-11-03 09:00", "2026-11-03 09:00", "  ", "Say why"),
    ],
)
def test_a_pause_that_cannot_be_is_refused(reviewer: Account, since: str, now: str, reason: str, why: str) -> None:
    clock = make_clock("hearing_answer", since="2026-11-02 09:00")
    with pytest.raises(DeadlineRefused, match=why):
        running.ask_pause(clock, reason=reason, by=reviewer, since=at(since), at=at(now))
    assert not Pause.objects.exists()


def test_whose_deadline_it_is_not_asks_for_nothing() -> None:
    clock = make_clock("hearing_answer", since="2026-11-02 09:00")
    with pytest.raises(DeadlineRefused, match="not yours"):
        running.ask_pause(clock, reason="ill", by=make_account("booker", duties=[Duty.READ, Duty.BOOK]))


def test_every_step_of_a_pause_stands_in_the_chain_of_acts(reviewer: Account, head: Account) -> None:
    clock = make_clock("hearing_answer", since="2026-11-02 09:00")
    asked = running.ask_pause(clock, reason="an expert's opinion", by=reviewer, at=at("2026-11-04 10:00"))
    running.approve_pause(asked, by=head)
    running.let_run(clock, by=head, at=at("2026-11-05 10:00"))
    entries = Entry.objects.filter(act=Act.DEADLINE).order_by("number").values_list("account", "facts")
    assert [(who, min(facts)) for who, facts in entries] == [
        ("reviewer", "asked"), ("head", "approved"), ("head", "resumed"),
    ]  # fmt: skip


def test_reading_does_not_end_a_pause_but_keeping_the_clock_does(reviewer: Account, head: Account) -> None:
    clock = make_clock("hearing_answer", since="2026-11-02 09:00")
    paused(clock, "2026-11-04 10:00", by=reviewer, head=head)
    with pytest.raises(DeadlineRefused, match="not yours"):
        running.let_run(clock, by=make_account("reader", duties=[Duty.READ]), at=at("2026-11-05 10:00"))
    assert Clock.objects.get().state == Clock.State.PAUSED
    assert running.let_run(clock, by=reviewer, at=at("2026-11-05 10:00")).state == Clock.State.RUNNING


def test_a_pause_within_a_move_leaves_the_chain_to_the_move(reviewer: Account, head: Account) -> None:
    clock = make_clock("hearing_answer", since="2026-11-02 09:00")
    paused(clock, "2026-11-04 10:00", by=reviewer, head=head)
    running.resume(clock, by=head, at=at("2026-11-05 10:00"))
    assert not Entry.objects.filter(act=Act.DEADLINE).exists()


spans = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 20)), max_size=3)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans, st.sampled_from(["hearing_answer", "P05", "C01", "P11"]))
def test_a_clock_is_due_later_by_exactly_the_time_that_did_not_count(
    reviewer: Account, head: Account, spans: list[tuple[int, int]], code: str
) -> None:
    """A twin in plain Python: days are crossed off the wall calendar unless the clock stood still on them."""
    since = at("2026-03-02 09:00")
    clock = make_clock(code, since="2026-03-02 09:00")
    now, still, stood = since, set[date](), timedelta()
    for wait, lasting in spans:
        now += timedelta(hours=wait)
        if now > clock.due_at:
            break
        running.pause(clock, reason="an expert's opinion", asked_by=reviewer, approved_by=head, since=now, at=now)
        until = now + timedelta(days=lasting, hours=1)
        clock = running.resume(clock, by=head, at=until)
        still |= {day_of(now) + timedelta(days=n + 1) for n in range((day_of(until) - day_of(now)).days)}
        now, stood = until, stood + (until - now)
    limit = clock.limit
    match limit.unit:
        case Unit.WORKING_DAYS:
            left, day = limit.amount, day_of(since)
            while left:
                day += timedelta(days=1)
                left -= is_working_day(day) and day not in still
            assert clock.due_at == end_of(day)
        case Unit.HOURS:
            assert clock.due_at == since + timedelta(hours=limit.amount) + stood
        case unit:  # so many days later, and on to a working day
            last = day_of(since) + timedelta(days=90) if unit == Unit.DAYS else date(2026, 6, 2)
            last += timedelta(days=len(still))
            while not is_working_day(last):
                last += timedelta(days=1)
            assert clock.due_at == end_of(last)
