"""Stories told side by side, each move on its own day of the last months.

While a day is told, the clock of this process stands at it: moves, letters, deadlines and bookings are dated by it.
The chain of acts and the history of rows take their time from the database: they say when it was really written.
"""

from collections.abc import Callable, Generator, Iterable
from datetime import date, datetime, time, timedelta
from heapq import heapify, heappop, heappush
from itertools import count
from typing import Any

import time_machine
from django.utils import timezone

from supervision.clocks import calendar, running
from supervision.hearing import window

Story = Generator[int, None, Any]  # yields the working days until it goes on
Night = Callable[[], object]  # what apps above do by themselves
OFFICE_OPENS = time(8, 30)
BETWEEN = timedelta(minutes=1)


def tell(stories: Iterable[tuple[int, Story]], nights: Iterable[Night] = ()) -> None:
    """Each from so many working days ago until it ends or today comes; at night comes what comes by itself."""
    nightly = (window.expire_due, running.sweep, *nights)
    today, days, turn = timezone.localdate(), calendar.known(), count()
    waiting = [(working_days_before(today, ago, days), next(turn), story) for ago, story in stories]
    if not waiting:
        return
    heapify(waiting)
    day, told = waiting[0][0], 0
    while waiting and waiting[0][0] < today:
        due, _turn, story = heappop(waiting)
        if due > day:
            at_night(day, nightly)
            day, told = due, 0
        told += 1
        wait = gone_on(story, moment(day, told))
        if wait is not None:
            heappush(waiting, (days.after(day, wait), next(turn), story))
    at_night(day, nightly)


def working_days_before(today: date, number: int, days: calendar.Calendar) -> date:
    day = today
    while number:
        day -= timedelta(1)
        number -= days.is_working_day(day)
    return day


def moment(day: date, told: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, OFFICE_OPENS)) + told * BETWEEN


def gone_on(story: Story, at: datetime) -> int | None:
    """The story up to where it waits again, and for how long; None at its end."""
    with time_machine.travel(at, tick=True):
        return next(story, None)


def at_night(day: date, nightly: Iterable[Night]) -> None:
    """Windows that have run out are over, clocks that ran out are overdue, and whatever else a night brings."""
    with time_machine.travel(calendar.end_of(day) + timedelta(minutes=1), tick=True):
        for come in nightly:
            come()
