"""How much time is left, as people say it."""

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from supervision.language import in_chinese

from .calendar import BEIJING, Calendar, day_of
from .models import Clock, Unit
from .reckoning import remaining

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def in_words(clock: Clock, calendar: Calendar, at: datetime | None = None) -> str:
    """ "Remaining: 3 working days (26 Nov)", or what became of it."""
    at = at or timezone.now()
    match clock.state:
        case Clock.State.PAUSED:
            return _("Stands still")
        case Clock.State.RUNNING:
            return of_running(clock, calendar, at)
    return f"{clock.get_state_display()} ({short_day(clock.ended_at or at, at)})"


def of_running(clock: Clock, calendar: Calendar, at: datetime) -> str:
    left, day = remaining(clock, calendar, at), short_day(clock.due_at, at)
    if left.unit == Unit.HOURS:
        day = f"{day} {clock.due_at.astimezone(BEIJING):%H:%M}"
    if left.over:
        words = _("Overdue by %(amount)s (%(day)s)") if left.amount else _("Overdue (%(day)s)")
    elif left.amount:
        words = _("Remaining: %(amount)s (%(day)s)")
    else:
        words = _("Due within the hour (%(day)s)") if left.unit == Unit.HOURS else _("Due today (%(day)s)")
    return words % {"amount": amount(left.amount, left.unit), "day": day}


def of_day(day: date, now: datetime) -> str:
    """What is due on a day for which no clock runs: counted in days, whether they are worked or not."""
    left = (day - day_of(now)).days
    if not left:
        words = _("Due today (%(day)s)")
    else:
        words = _("Remaining: %(amount)s (%(day)s)") if left > 0 else _("Overdue by %(amount)s (%(day)s)")
    noon = datetime.combine(day, time(12), BEIJING)
    return words % {"amount": amount(abs(left), Unit.DAYS), "day": short_day(noon, now)}


def amount(number: int, unit: Unit) -> str:
    """So many of a unit: 1 working day, 24 hours."""
    words = {
        Unit.WORKING_DAYS: ngettext("%(n)d working day", "%(n)d working days", number),
        Unit.DAYS: ngettext("%(n)d day", "%(n)d days", number),
        Unit.HOURS: ngettext("%(n)d hour", "%(n)d hours", number),
        Unit.MONTHS: ngettext("%(n)d month", "%(n)d months", number),
        Unit.YEARS: ngettext("%(n)d year", "%(n)d years", number),
        Unit.PERCENT_A_DAY: _("%(n)d per cent a day"),
    }
    return words[unit] % {"n": number}


def short_day(moment: datetime, now: datetime) -> str:
    """The day without its year, where that is this year."""
    day, this_year = day_of(moment), day_of(now).year
    if in_chinese():
        return (f"{day.year}年" if day.year != this_year else "") + f"{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if day.year != this_year else "")
