"""When a clock is due: from its limit, its extension and its pauses, and from nothing else."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from .calendar import Calendar, YearMissing, day_of, known
from .models import Clock, Pause, Unit


def reckon(clock: Clock, calendar: Calendar | None = None) -> None:
    """Set when it is due and when it turns yellow. A pause that still lasts moves nothing until it ends.

    What an institution was told that it has, it keeps: another calendar gives it more time, never less.
    """
    calendar, limit = calendar or known(), clock.limit
    told = clock.due_at if clock.pk and clock.institution else None
    unit, amount = Unit(limit.unit), limit.amount
    pauses: list[Pause] = []
    if clock.pk:
        amount += sum(clock.extensions.approved().values_list("amount", flat=True))
        pauses = [pause for pause in clock.pauses.approved() if pause.until]
    if unit == Unit.WORKING_DAYS:
        amount += sum(calendar.working_days_between(day_of(p.since), day_of(ended(p))) for p in pauses)
        clock.due_at = calendar.add(clock.since, amount, unit)
    else:
        clock.due_at = calendar.add(clock.since, amount, unit, more=paused(pauses, unit))
    clock.due_at = max(told or clock.due_at, clock.due_at)
    remind(clock)


def remind(clock: Clock) -> None:
    """From when on it says that it is due soon."""
    clock.yellow_at = clock.since + (clock.due_at - clock.since) * clock.limit.yellow / 100


def ended(pause: Pause) -> datetime:
    return pause.until or timezone.now()


def paused(pauses: list[Pause], unit: Unit) -> timedelta:
    """How long it stood still: to the moment where hours are counted, else in whole days."""
    if unit == Unit.HOURS:
        return sum((ended(pause) - pause.since for pause in pauses), timedelta())
    return sum((day_of(ended(pause)) - day_of(pause.since) for pause in pauses), timedelta())


@dataclass(frozen=True)
class Remaining:
    """How much is left of a clock, or how much it is over, and in what it is counted."""

    amount: int
    unit: Unit
    over: bool


def remaining(clock: Clock, calendar: Calendar, at: datetime | None = None) -> Remaining:
    """Counted in the limit's unit where that is working days or hours, else in calendar days."""
    at = clock.ended_at or at or timezone.now()
    over = at > clock.due_at
    first, last = sorted((at, clock.due_at))
    if clock.limit.unit == Unit.HOURS:
        return Remaining(math.floor((last - first) / timedelta(hours=1)), Unit.HOURS, over)
    days = (day_of(last) - day_of(first)).days
    if clock.limit.unit == Unit.WORKING_DAYS:
        try:
            return Remaining(calendar.working_days_between(day_of(first), day_of(last)), Unit.WORKING_DAYS, over)
        except YearMissing:
            pass  # set before the year was taken out: the days still say how far off it is
    return Remaining(days, Unit.DAYS, over)
