"""The calendars of the State Council's notices, and reckoning with them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.clocks.calendar import Calendar, YearMissing, day_of, end_of, months_after
from supervision.clocks.models import Unit
from tests.clocks.calendars import PLAIN, at, shipped

SHIPPED = shipped()
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2024-02-09", True),  # New Year's Eve was no holiday in 2024
        ("2024-02-10", False), ("2024-02-17", False),
        ("2024-02-18", True),  # a Sunday, worked
        ("2024-04-07", True), ("2024-05-11", True), ("2024-09-14", True), ("2024-10-12", True),
        ("2024-12-31", True),
        ("2025-01-01", False), ("2025-01-26", True), ("2025-01-28", False), ("2025-02-08", True),
        ("2025-05-31", False), ("2025-06-03", True), ("2025-10-08", False), ("2025-10-11", True),
        ("2026-01-02", False), ("2026-01-04", True), ("2026-02-14", True), ("2026-02-23", False),
        ("2026-02-28", True), ("2026-05-09", True), ("2026-09-20", True), ("2026-09-25", False),
        ("2026-10-10", True), ("2026-11-21", False),
    ],
)  # fmt: skip
def test_days_are_worked_as_the_notices_say(day: str, worked: bool) -> None:
    assert SHIPPED.is_working_day(date.fromisoformat(day)) is worked


@pytest.mark.parametrize(("year", "off", "made_up"), [(2024, 28, 8), (2025, 28, 5), (2026, 33, 6)])
def test_a_year_has_the_holidays_and_made_up_days_of_its_notice(year: int, off: int, made_up: int) -> None:
    of_year = [worked for day, worked in SHIPPED.special.items() if day.year == year]
    assert (of_year.count(False), of_year.count(True)) == (off, made_up)


@pytest.mark.parametrize(("year", "working_days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_its_working_days(year: int, working_days: int) -> None:
    days = (date(year, 1, 1) + DAY * n for n in range(366))
    assert sum(SHIPPED.is_working_day(day) for day in days if day.year == year) == working_days


@pytest.mark.parametrize(
    ("since", "amount", "unit", "due"),
    [
        # over the National Day, with the Sunday before it worked
        ("2026-09-18 10:00", 5, "wd", "2026-09-24"),
        ("2026-09-30 10:00", 3, "wd", "2026-10-10"),
        # over the Spring Festival
        ("2026-02-13 09:00", 6, "wd", "2026-02-28"),
        # from a day of rest, and from the last minute of a day: the day itself is not counted
        ("2026-11-21 12:00", 1, "wd", "2026-11-23"),
        ("2026-11-20 23:59", 1, "wd", "2026-11-23"),
        # ends on a day of rest: the next working day, which may be a made-up Saturday
        ("2026-11-06 09:00", 15, "cd", "2026-11-23"),
        ("2026-09-28 09:00", 3, "cd", "2026-10-08"),
        ("2025-10-01 09:00", 10, "cd", "2025-10-11"),
        # months: the same day, or the last one of a month without it; leap days
        ("2024-01-31 09:00", 1, "mo", "2024-02-29"),
        ("2025-01-31 09:00", 1, "mo", "2025-02-28"),
        ("2024-02-29 09:00", 1, "y", "2025-02-28"),
        ("2025-11-30 09:00", 3, "mo", "2026-02-28"),
        ("2024-12-31 09:00", 2, "mo", "2025-02-28"),
    ],
)
def test_what_is_counted_ends_on_its_day(since: str, amount: int, unit: str, due: str) -> None:
    assert SHIPPED.add(at(since), amount, Unit(unit)) == end_of(date.fromisoformat(due))


def test_hours_run_through_nights_and_holidays() -> None:
    assert SHIPPED.add(at("2026-10-01 09:30"), 24, Unit.HOURS) == at("2026-10-02 09:30")


def test_days_are_those_of_beijing() -> None:
    """Seven in the evening in London is the next day already."""
    assert day_of(at("2026-11-23 03:00")) == date(2026, 11, 23)


def test_working_days_are_not_counted_through_a_year_that_is_missing() -> None:
    with pytest.raises(YearMissing, match="2027"):
        SHIPPED.add(at("2026-12-25 09:00"), 5, Unit.WORKING_DAYS)
    assert SHIPPED.add(at("2026-12-25 09:00"), 4, Unit.WORKING_DAYS) == end_of(date(2026, 12, 31))


def test_days_that_end_in_a_missing_year_end_where_the_count_ends() -> None:
    """The earliest that they can end; the clock is reckoned again when the year is loaded."""
    assert SHIPPED.add(at("2026-12-01 09:00"), 90, Unit.DAYS) == end_of(date(2027, 3, 1))


days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
moments = days.map(lambda day: end_of(day) - timedelta(hours=5))
specials = st.dictionaries(st.dates(date(2024, 1, 1), date(2025, 12, 31)), st.booleans(), max_size=60)


def naive_add(calendar: Calendar, day: date, working_days: int) -> date:
    """Cross the days off one by one."""
    crossed: list[date] = []
    while len(crossed) < working_days:
        day += DAY
        if calendar.special.get(day, day.isoweekday() not in (6, 7)):
            crossed.append(day)
    return crossed[-1]


@given(specials, days, st.integers(1, 60))
def test_working_days_are_counted_as_one_would_on_a_wall_calendar(
    special: dict[date, bool], day: date, working_days: int
) -> None:
    calendar = Calendar(PLAIN.years, special)
    assert calendar.after(day, working_days) == naive_add(calendar, day, working_days)


@given(specials, days, st.integers(1, 40), st.integers(1, 40))
def test_so_many_and_then_more_are_the_sum_of_both(special: dict[date, bool], day: date, n: int, m: int) -> None:
    calendar = Calendar(PLAIN.years, special)
    assert calendar.after(calendar.after(day, n), m) == calendar.after(day, n + m)


@given(specials, days, st.integers(1, 60))
def test_between_takes_back_what_after_has_counted(special: dict[date, bool], day: date, n: int) -> None:
    calendar = Calendar(PLAIN.years, special)
    later = calendar.after(day, n)
    assert calendar.working_days_between(day, later) == n
    assert calendar.working_days_between(later, day) == -n


@given(moments, st.integers(1, 120), st.sampled_from(["wd", "cd", "h", "mo", "y"]))
def test_nothing_is_due_before_it_began_nor_on_a_day_of_rest(since, amount, unit) -> None:  # type: ignore[no-untyped-def]
    amount = min(amount, 4) if unit == "y" else amount
    due = PLAIN.add(since, amount, Unit(unit))
    assert due > since
    assert unit == "h" or PLAIN.is_working_day(day_of(due))


@given(moments, st.integers(1, 60), st.sampled_from(["wd", "cd", "h", "mo"]))
def test_more_time_never_ends_earlier(since, amount, unit) -> None:  # type: ignore[no-untyped-def]
    assert PLAIN.add(since, amount + 1, Unit(unit)) >= PLAIN.add(since, amount, Unit(unit))


@given(days, st.integers(0, 240))
def test_months_later_is_the_same_day_or_the_months_last(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + DAY).day == 1)
