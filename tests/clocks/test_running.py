"""Clocks start, are met, missed or stopped; what is overdue is noticed once."""

from datetime import timedelta

import pytest

from supervision.audit.models import Act, Entry
from supervision.clocks import running
from supervision.clocks.calendar import YearMissing
from supervision.clocks.limits import LimitMissing, limit, places_of
from supervision.clocks.models import CalendarYear, Clock, Light, Limit
from tests.clocks.building import make_clock, make_limit
from tests.clocks.calendars import at

pytestmark = pytest.mark.django_db
COUNTY = places_of("990101")


def test_a_clock_is_due_at_the_end_of_the_last_day_that_its_limit_gives() -> None:
    clock = make_clock("hearing_answer", since="2026-11-02 09:00")
    assert (clock.due_at, clock.place) == (
        at("2026-11-16 23:59") + timedelta(seconds=59, microseconds=999999),
        "990101",
    )
    assert clock.state == Clock.State.RUNNING


def test_it_turns_yellow_at_seventy_percent_and_red_when_it_is_due() -> None:
    clock = make_clock("C02", since="2026-11-02 00:00")  # three days
    assert clock.light(at("2026-11-04 00:00")) == Light.GREEN
    assert clock.light(at("2026-11-05 00:00")) == Light.YELLOW
    assert clock.light(at("2026-11-06 00:00")) == Light.RED


@pytest.mark.parametrize(("when", "state"), [("2026-11-16 23:59", "met"), ("2026-11-17 00:00", "missed")])
def test_a_step_made_in_time_keeps_its_clock_and_one_made_later_misses_it(when: str, state: str) -> None:
    clock = running.meet(make_clock("hearing_answer", since="2026-11-02 09:00"), at(when))
    assert (clock.state, clock.ended_at) == (state, at(when))
    assert Clock.objects.get(pk=clock.pk).state == state


def test_what_has_ended_stays_as_it_ended() -> None:
    clock = running.stop(make_clock(since="2026-11-02 09:00"), at("2026-11-03 09:00"))
    running.meet(clock, at("2026-12-03 09:00"))
    assert Clock.objects.get(pk=clock.pk).state == Clock.State.STOPPED


def test_the_narrowest_place_with_a_limit_of_its_own_gives_it() -> None:
    make_limit("hearing_answer", "990100", amount=15)
    make_limit("hearing_answer", "990000", amount=12)
    day = at("2026-11-02 09:00").date()
    assert limit("hearing_answer", COUNTY, day).amount == 15
    assert limit("hearing_answer", places_of("990201"), day).amount == 12
    assert limit("hearing_answer", places_of("110101"), day).amount == 10


def test_a_limit_that_nobody_gave_is_not_made_up() -> None:
    with pytest.raises(LimitMissing, match="no_such_limit"):
        limit("no_such_limit", COUNTY, at("2026-11-02 09:00").date())
    with pytest.raises(LimitMissing):
        limit("P01", COUNTY, at("1999-11-02 09:00").date())


def test_no_clock_starts_through_a_year_whose_holidays_are_not_known() -> None:
    CalendarYear.objects.filter(year__gte=2027).delete()
    with pytest.raises(YearMissing, match="2027"):
        make_clock("hearing_answer", since="2026-12-25 09:00")
    assert not Clock.objects.exists()


def test_every_shipped_limit_says_where_it_comes_from_and_how_far_it_was_confirmed() -> None:
    expected = {f"P{n:02}" for n in range(1, 12)} | {f"C{n:02}" for n in range(1, 10)}
    assert expected <= set(Limit.objects.values_list("code", flat=True))
    assert not Limit.objects.filter(source="").exists()
    # What is called verified names the norm; what is a setting says so.
    assert not Limit.objects.filter(verified="verified", norm="").exists()


def test_the_sweep_marks_each_overdue_clock_once_and_writes_one_entry() -> None:
    late, too = (make_clock("hearing_answer", since="2026-11-02 09:00") for _ in range(2))
    make_clock("hearing_answer", since="2026-11-16 09:00")
    now = at("2026-11-17 08:00")
    assert [running.sweep(now), running.sweep(now)] == [2, 0]
    assert set(Clock.objects.filter(red_at=now)) == {late, too}
    entry = Entry.objects.get(act=Act.DEADLINE)
    assert (entry.account, entry.facts) == ("", {"clocks": [late.pk, too.pk]})
