"""Clocks run from an event on; who made the step meets them, and the sweep notices what is overdue."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from supervision.audit.chain import record
from supervision.audit.models import Act

from .calendar import day_of, end_of
from .extending import approve_extension, ask_extension, extend, refuse_extension
from .handing import hand_over
from .limits import limit
from .models import Clock, Limit
from .pausing import approve_pause, ask_pause, end_pause, let_run, pause, refuse_pause, resume
from .reckoning import reckon, remind

__all__ = [
    "approve_extension", "approve_pause", "ask_extension", "ask_pause", "extend", "hand_over", "let_run", "meet",
    "pause", "refuse_extension", "refuse_pause", "resume", "start", "stop", "sweep",
]  # fmt: skip

SWEPT = 1000  # clocks marked in one go


def start(
    code: str, *, subject: str, title_zh: str, title_en: str, address: str, places: Sequence[str], since: datetime,
    institution: str = "", duty: str = "", holder: Any = None, found: Limit | None = None, until: date | None = None,
) -> Clock:  # fmt: skip
    """Start the clock of a limit, in the first of the places; the limit may come from any of them, or the nation.

    Whoever has `found` it already, for its words, hands it over. Where a notice has set a day (`until`), the clock of
    an institution runs to the end of that day, whatever the limit's length.
    """
    clock = Clock(
        limit=found or limit(code, places, day_of(since)), subject=subject, title_zh=title_zh, title_en=title_en,
        address=address, place=places[0], institution=institution, duty=duty, holder=holder, since=since,
    )  # fmt: skip
    if until is not None:
        clock.due_at = end_of(until)
        remind(clock)
    else:
        reckon(clock)
    clock.save()
    return clock


@transaction.atomic
def meet(clock: Clock, at: datetime | None = None) -> Clock:
    """The step was made: in time, or later than it was due."""
    at = at or timezone.now()
    locked = end_pause(clock, at)
    return ended(clock, locked, Clock.State.MISSED if at > locked.due_at else Clock.State.MET, at)


def meet_if_going(clock: Clock | None) -> None:
    """The step was made; where no clock ran for it, or it has ended before, nothing is to be done."""
    if clock is not None and clock.ended_at is None:
        meet(clock)


@transaction.atomic
def stop(clock: Clock, at: datetime | None = None) -> Clock:
    """The step is no longer needed."""
    at = at or timezone.now()
    return ended(clock, end_pause(clock, at), Clock.State.STOPPED, at)


def ended(clock: Clock, locked: Clock, state: Clock.State, at: datetime) -> Clock:
    """What has ended stays as it ended."""
    if locked.ended_at is None:
        locked.state, locked.ended_at = state, max(at, locked.since)
        locked.save()
    for name in ("state", "ended_at", "due_at", "yellow_at"):
        setattr(clock, name, getattr(locked, name))
    return clock


@transaction.atomic
def sweep(at: datetime | None = None) -> int:
    """Mark what has become overdue, each once, and write it down as one entry."""
    at = at or timezone.now()
    due = Clock.objects.overdue(at).filter(red_at=None).order_by("pk").select_for_update(skip_locked=True)
    found = list(due.values_list("pk", flat=True)[:SWEPT])
    if found:
        Clock.objects.filter(pk__in=found).update(red_at=at)
        record(Act.DEADLINE, "", "overdue", clocks=found)
    return len(found)
