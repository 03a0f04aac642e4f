"""The clocks of complaints. What a citizen does counts from the day, never from the hour."""

from datetime import date, datetime, time
from typing import Protocol

from django.utils import timezone

from institutions.models import Duty
from supervision.clocks import limits, running
from supervision.clocks.calendar import DeadlineRefused, add, end_of
from supervision.clocks.models import Clock
from supervision.clocks.models.reference import Unit
from supervision.clocks.wording import amount
from supervision.moves import Effect, Made

from .models import Complaint, Kind, State


class Timed(Protocol):
    """What has a number, a place and a page."""

    number: str
    place_id: str

    def get_absolute_url(self) -> str: ...


ACCEPTANCE, FILING, TOLD = "complaint_acceptance", "P01", "complaint_told"
GRIEVANCE, OBJECTION, OBJECTION_DECIDED = "complaint_grievance", "complaint_objection", "complaint_objection_decided"


def start(subject: Timed, code: str, *, since: datetime, duty: Duty = Duty.COMPLAINTS) -> Clock:
    """A clock of this complaint or reward, by the limit that holds in its place."""
    places = limits.places_of(subject.place_id)
    limit = limits.limit(code, places, timezone.localdate(since))
    return running.start(
        code, subject=subject.number, title_zh=f"{limit.name_zh}（{subject.number}）"[:200],
        title_en=f"{limit.name_en} ({subject.number})"[:200], address=subject.get_absolute_url(), places=places,
        since=since, duty=duty, found=limit,
    )  # fmt: skip


def begin(complaint: Complaint) -> None:
    """The clock of acceptance, from the day it came; a year that is not known yet holds no citizen up."""
    try:
        complaint.clock = start(complaint, ACCEPTANCE, since=midnight(complaint.received_on))
    except DeadlineRefused:
        complaint.clock = None  # made up for by `catch_up`


def catch_up() -> int:
    """Start the clocks that could not be reckoned when their complaints came."""
    waiting = Complaint.objects.filter(clock=None, state__in=[State.RECEIVED, State.REGISTERED])
    for complaint in waiting:
        begin(complaint)
        if complaint.clock is not None:
            Complaint.objects.filter(pk=complaint.pk, clock=None).update(clock=complaint.clock)
    return len(waiting)


def starts(code: str) -> Effect[Complaint]:
    """The step that begins now must be done by then."""

    def starting(complaint: Complaint, made: Made[Complaint]) -> None:
        meets(complaint, made)
        complaint.clock = start(complaint, code, since=timezone.now())

    starting.__doc__ = f"starts {code}"
    return starting


def starts_telling(complaint: Complaint, made: Made[Complaint]) -> None:
    """starts complaint_told where the reporter gave a name"""
    meets(complaint, made)
    if complaint.named and complaint.is_tip:
        complaint.clock = start(complaint, TOLD, since=timezone.now())


def starts_handling(complaint: Complaint, made: Made[Complaint]) -> None:
    """starts P01 for a report, complaint_grievance for a complaint about one's own rights"""
    starts(FILING if complaint.kind == Kind.TIP else GRIEVANCE)(complaint, made)


def meets(complaint: Complaint, made: Made[Complaint]) -> None:
    """ends the clock"""
    running.meet_if_going(complaint.clock)
    complaint.clock = None


def may_object_until(complaint: Complaint) -> date | None:
    """The last day on which the reporter may object to what was decided."""
    if complaint.concluded_on is None:
        return None
    limit = limits.limit(OBJECTION, limits.places_of(complaint.place_id), complaint.concluded_on)
    return add(midnight(complaint.concluded_on), limit.amount, Unit(limit.unit)).date()


def in_words(code: str, place: str, on: date) -> str:
    """How long a limit gives, as people say it: 15 working days."""
    limit = limits.limit(code, limits.places_of(place), on)
    return amount(limit.amount, Unit(limit.unit))


def accepted_within(complaint: Complaint) -> str:
    """How long the decision on acceptance may take; the clock of a report that has just come knows it."""
    clock = complaint.clock
    if clock is not None and clock.limit.code == ACCEPTANCE:
        return amount(clock.limit.amount, Unit(clock.limit.unit))
    return in_words(ACCEPTANCE, complaint.place_id, complaint.received_on)


def midnight(day: date) -> datetime:
    """When a day begins in Beijing."""
    return timezone.make_aware(datetime.combine(day, time.min))


def window_is_over(complaint: Complaint) -> bool:
    last = may_object_until(complaint)
    return last is None or timezone.now() > end_of(last)
