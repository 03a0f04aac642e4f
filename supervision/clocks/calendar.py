"""Reckons with days: which are worked, and when something is due. Days are those of Beijing.

The day of the event is not counted. What is counted in days, months or years and ends on a day of rest ends on the next
working day; hours run through. Where a calendar year is not loaded nothing is counted in working days.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from supervision.refusal import Refused

from .models import CalendarYear, SpecialDay, Unit

BEIJING = ZoneInfo(settings.TIME_ZONE)
DAY = timedelta(days=1)
SATURDAY = 5


class DeadlineRefused(Refused):
    """What cannot be done with a deadline, or cannot be reckoned; the sentence says why."""


class YearMissing(DeadlineRefused):
    """The holidays of a year are not known."""

    def __init__(self, year: int) -> None:
        super().__init__(
            _(
                "The holidays of %(year)d are not loaded, so working days through it cannot be counted. An "
                "administrator loads the State Council's notice of that year (manage.py load_calendar), then this can "
                "be done."
            )
            % {"year": year}
        )
        self.year = year


@dataclass(frozen=True)
class Calendar:
    """The years that are known, and in them the days that are not what their weekday says: True is worked."""

    years: frozenset[int]
    special: Mapping[date, bool] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool:
        if day.year not in self.years:
            raise YearMissing(day.year)
        return self.special.get(day, day.weekday() < SATURDAY)

    def after(self, day: date, working_days: int) -> date:
        """The last of so many working days after a day."""
        left = working_days
        while left:
            day += DAY
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, a: date, b: date) -> int:
        """How many working days lie after a, up to and including b; negative where b comes before a."""
        if b < a:
            return -self.working_days_between(b, a)
        return sum(self.is_working_day(a + DAY * n) for n in range(1, (b - a).days + 1))

    def settled(self, day: date) -> date:
        """The day itself, or the next working day where it is a day of rest."""
        try:
            return day if self.is_working_day(day) else self.after(day, 1)
        except YearMissing:
            return day  # the earliest that it can be; reckoned again when the year is loaded

    def add(self, start: datetime, amount: int, unit: Unit, *, more: timedelta = timedelta(0)) -> datetime:
        """When so much after a moment is due; `more` is time on top that does not count, of clocks that were paused."""
        if unit == Unit.HOURS:
            return start + timedelta(hours=amount) + more
        day = day_of(start)
        match unit:
            case Unit.WORKING_DAYS:
                return end_of(self.after(day, amount))
            case Unit.DAYS:
                day += DAY * amount
            case Unit.MONTHS:
                day = months_after(day, amount)
            case Unit.YEARS:
                day = months_after(day, 12 * amount)
            case Unit.PERCENT_A_DAY:
                raise ValueError("A rate is not a length of time.")
        return end_of(self.settled(day + DAY * more.days))


def known() -> Calendar:
    """The calendar as it is loaded."""
    special = SpecialDay.objects.values_list("day", "kind")
    return Calendar(
        frozenset(CalendarYear.objects.values_list("year", flat=True)),
        {day: kind == SpecialDay.Kind.WORK for day, kind in special},
    )


def add(start: datetime, amount: int, unit: Unit) -> datetime:
    return known().add(start, amount, unit)


def is_working_day(day: date) -> bool:
    return known().is_working_day(day)


def working_days_between(a: date, b: date) -> int:
    return known().working_days_between(a, b)


def day_of(moment: datetime) -> date:
    return moment.astimezone(BEIJING).date()


def end_of(day: date) -> datetime:
    """The last moment of a day."""
    return datetime.combine(day, time.max, BEIJING)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(first_of_next - DAY, date(year, month + 1, 1) + DAY * (day.day - 1))
