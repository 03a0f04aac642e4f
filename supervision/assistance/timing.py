"""The clocks of requests for assistance: each is owed by the region whose turn it is."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Division, Duty
from supervision.clocks import limits, running
from supervision.clocks.calendar import day_of
from supervision.clocks.models import Clock
from supervision.moves import Effect, Made, refuse_unless

from .models import Request

ACCEPT, REPLY, URGED = "assist_accept", "assist_reply", "assist_urged"
SUPERIOR = "assist_superior"  # what the common superior owes once it lies there


def start(
    request: Request, code: str, place: Division, until: date | None = None, duty: Duty = Duty.INVESTIGATE
) -> Clock:
    """A clock that the place owes, by the limit that holds there."""
    places, at = limits.places_of(place.pk), timezone.now()
    limit = limits.limit(code, places, day_of(at))
    return running.start(
        code, subject=request.number, title_zh=f"{limit.name_zh}（{request.number}）",
        title_en=f"{limit.name_en} ({request.number})", address=request.get_absolute_url(), places=places, since=at,
        duty=duty, found=limit, until=until,
    )  # fmt: skip


def starts(code: str) -> Effect[Request]:
    """What was to be done before is done, and this begins."""

    def starting(request: Request, made: Made[Request]) -> None:
        running.meet_if_going(request.clock)
        request.clock = start(request, code, request.handler_place)

    starting.__doc__ = f"starts {code}"
    return starting


def meets(request: Request, made: Made[Request]) -> None:
    """meets the clock; what the superior owed is no longer needed"""
    if request.clock is not None and request.clock.limit.code == SUPERIOR:
        stops(request, made)
    else:
        running.meet_if_going(request.clock)


def goes_up(request: Request, made: Made[Request]) -> None:
    """ends what was missed, and starts assist_superior, which the common superior owes"""
    running.meet_if_going(request.clock)
    place = Division.objects.get(pk=request.superior)
    request.clock = start(request, SUPERIOR, place, duty=Duty.DECIDE)


def stops(request: Request, made: Made[Request]) -> None:
    """stops the clock"""
    if request.clock is not None and request.clock.ended_at is None:
        running.stop(request.clock)


def extends(request: Request, made: Made[Request]) -> None:
    """asks for the whole extension in the name of who handles it, and gives it"""
    clock, handler = request.clock, request.handler
    refuse_unless(clock is not None and handler is not None, _("Its time is over already."))
    assert clock is not None
    running.extend(
        clock, amount=clock.limit.extension, reason=made.note, asked_by=handler, approved_by=made.by
    )  # fmt: skip
    request.clock = Clock.objects.get(pk=clock.pk)


def has_run_out(request: Request, by: Account) -> None:
    """once its time is over"""
    refuse_unless(request.clock is not None and request.clock.has_run_out, _("Its time is not over yet."))


def urges(request: Request, made: Made[Any]) -> None:
    """meets what the superior owed, and starts assist_urged to the day that it sets"""
    until = made.facts["assist_until"]
    refuse_unless(isinstance(until, date) and until >= timezone.localdate(), _("That day is over already."))
    running.meet_if_going(request.clock)
    request.clock = start(request, URGED, request.handler_place, until)
