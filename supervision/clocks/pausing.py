"""A clock stands still: one person asks with a reason, another approves, and only then does the time not count."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.audit.chain import record
from supervision.audit.models import Act

from .asking import lock, may_approve, may_ask, may_resume, refuse_unless
from .models import Clock, Pause
from .reckoning import reckon

# The chain of acts is one lock for everybody, so an act within a move leaves it to the move, which writes it last.


@transaction.atomic
def pause(
    clock: Clock, *, reason: str, asked_by: Any, approved_by: Any, since: datetime | None = None,
    at: datetime | None = None,
) -> Pause:  # fmt: skip
    """Asked for by one and approved by another in one go, as a move that two people make brings it about."""
    return approved(asked(clock, reason, asked_by, since, at), approved_by, at)


@transaction.atomic
def resume(clock: Clock, *, by: Any, at: datetime | None = None) -> Clock:
    """It runs again, within a move that says who may; it is due later by as much as it stood still."""
    at, locked = at or timezone.now(), lock(clock)
    refuse_unless(locked.reaches(by) and not by.institution_id, _("This is not yours to resume."))
    refuse_unless(locked.state == Clock.State.PAUSED, _("It is not paused."))
    return end_pause(clock, at, by=by)


@transaction.atomic
def ask_pause(
    clock: Clock, *, reason: str, by: Any, since: datetime | None = None, at: datetime | None = None
) -> Pause:
    """Ask that it stand still from now, or from an event since it started, such as the day of a hearing."""
    wanted = asked(clock, reason, by, since, at)
    record(Act.DEADLINE, by, str(wanted.clock), asked="pause", reason=wanted.reason)
    return wanted


@transaction.atomic
def approve_pause(pause: Pause, *, by: Any, at: datetime | None = None) -> Pause:
    """From its beginning on the time does not count, until somebody resumes or the step is made."""
    given = approved(pause, by, at)
    record(Act.DEADLINE, by, str(given.clock), approved="pause", reason=given.reason)
    return given


@transaction.atomic
def refuse_pause(pause: Pause, *, by: Any, at: datetime | None = None) -> Pause:
    pause = decidable(pause, by)
    pause.refused_by, pause.refused_at = by, at or timezone.now()
    pause.save()
    record(Act.DEADLINE, by, str(pause.clock), refused="pause")
    return pause


@transaction.atomic
def let_run(clock: Clock, *, by: Any, at: datetime | None = None) -> Clock:
    """Somebody resumes it by itself, not within a move."""
    refuse_unless(may_resume(lock(clock), by), _("This is not yours to resume."))
    running = resume(clock, by=by, at=at)
    record(Act.DEADLINE, by, str(running), resumed=running.due_at.isoformat())
    return running


def asked(clock: Clock, reason: str, by: Any, since: datetime | None, at: datetime | None) -> Pause:
    at = at or timezone.now()
    since, locked = since or at, lock(clock)
    may_ask(locked, by, reason)
    last = locked.pauses.approved().exclude(until=None).order_by("-until").first()
    refuse_unless(locked.state == Clock.State.RUNNING, _("Only what is running can be paused."))
    refuse_unless(since <= locked.due_at, _("It was due by then: a pause comes too late."))
    refuse_unless(locked.since <= since <= at, _("A pause begins between the start of the clock and now."))
    refuse_unless(last is None or (last.until or at) <= since, _("It was paused at that time already."))
    refuse_unless(not locked.pauses.undecided().exists(), _("A pause has been asked for already."))
    return locked.pauses.create(since=since, reason=reason.strip(), asked_by=by, asked_at=at)


def decidable(pause: Pause, by: Any) -> Pause:
    """The pause, locked with its clock, if this account may decide on it."""
    locked = lock(pause.clock)
    pause = Pause.objects.select_for_update(of=("self",)).get(pk=pause.pk)
    may_approve(locked, pause, by)
    pause.clock = locked
    return pause


def approved(pause: Pause, by: Any, at: datetime | None) -> Pause:
    pause = decidable(pause, by)
    locked = pause.clock
    refuse_unless(locked.state == Clock.State.RUNNING, _("Only what is running can be paused."))
    pause.approved_by, pause.approved_at = by, at or timezone.now()
    pause.save()
    locked.state, locked.red_at = Clock.State.PAUSED, None
    locked.save()
    return pause


def end_pause(clock: Clock, at: datetime, *, by: Any = None) -> Clock:
    """The clock, locked, without the pause that lasted or was asked for, and due when that says."""
    locked = lock(clock)
    open_pause = locked.pauses.filter(until=None, refused_at=None).first()
    if open_pause is None:
        return locked
    if open_pause.approved_at is None:
        if by is None:  # the step was made before anybody decided
            open_pause.refused_at = at
            open_pause.save()
        return locked
    open_pause.until, open_pause.resumed_by = max(at, open_pause.since), by
    open_pause.save()
    locked.state = Clock.State.RUNNING
    reckon(locked)
    locked.save()
    return locked
