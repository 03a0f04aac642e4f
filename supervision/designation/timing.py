"""The clocks of applications and agreements: started and met by their moves."""

from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Duty
from supervision.clocks import limits, running
from supervision.clocks.calendar import months_after
from supervision.clocks.limits import LimitMissing
from supervision.clocks.models import Clock, Limit, Unit
from supervision.moves import Effect, Made, refuse_unless

from .models import Application, Contract


def start(
    subject: Application | Contract, code: str, *, since: datetime | None = None, duty: Duty | None = Duty.AGREE
) -> Clock:
    """A clock by the limit that holds in the pooling area; without a duty the institution owes it."""
    where, since = limits.places_of(subject.place), since or timezone.now()
    limit = limits.limit(code, where, timezone.localdate(since))
    named = subject.institution
    return running.start(
        code, subject=str(subject), title_zh=f"{limit.name_zh}（{named.name_zh}）"[:200],
        title_en=f"{limit.name_en} ({named.name_en or named.name_zh})"[:200], address=address(subject, duty),
        places=where, since=since, duty=duty or "", institution="" if duty else named.pk,
    )  # fmt: skip


def address(subject: Application | Contract, duty: Duty | None) -> str:
    """The page at the desk, or the institution's own."""
    if duty:
        return subject.get_absolute_url()
    name = "own_application" if isinstance(subject, Application) else "own_agreement"
    return reverse(f"designation:{name}", args=[subject.number])


def starts(code: str, duty: Duty | None = Duty.AGREE) -> Effect[Any]:
    """What must be done by then begins now, and what was to be done before is done."""

    def starting(subject: Application | Contract, made: Made[Any]) -> None:
        meets(subject, made)
        subject.clock = start(subject, code, duty=duty)

    starting.__doc__ = f"starts {code}"
    return starting


def meets(subject: Application | Contract, made: Made[Any]) -> None:
    """ends the clock"""
    if subject.clock is not None and subject.clock.ended_at is None:
        running.meet(subject.clock)
    subject.clock = None


def drops(subject: Application | Contract, made: Made[Any]) -> None:
    """stops the clock"""
    if subject.clock is not None and subject.clock.ended_at is None:
        running.stop(subject.clock)
    subject.clock = None


def has_run_out(subject: Application | Contract, by: Any) -> None:
    """its time is over"""
    refuse_unless(ran_out(subject), _("Its time is not over yet."))


def still_in_time(subject: Application | Contract, by: Any) -> None:
    """its time is not over"""
    refuse_unless(not ran_out(subject), _("The time for it is over."))


def ran_out(subject: Application | Contract) -> bool:
    return subject.clock is not None and subject.clock.has_run_out


def so_long_after(code: str, place: str, day: date) -> date:
    """The day so long after another as the limit says. Terms and bars count days, whether they are worked or not."""
    limit = span(code, place, day)
    match Unit(limit.unit):
        case Unit.DAYS:
            return day + timedelta(days=limit.amount)
        case Unit.MONTHS:
            return months_after(day, limit.amount)
        case Unit.YEARS:
            return months_after(day, 12 * limit.amount)
    raise LimitMissing(_("The limit %(code)s is not counted in days, months or years.") % {"code": code})


def so_long_before(code: str, place: str, day: date) -> date:
    """The first day from which on the limit reaches that day."""
    limit = span(code, place)
    if Unit(limit.unit) == Unit.DAYS:
        return day - timedelta(days=limit.amount)
    return months_after(day, -limit.amount * (12 if Unit(limit.unit) == Unit.YEARS else 1))


def span(code: str, place: str, on: date | None = None) -> Limit:
    """The limit itself."""
    return limits.limit(code, limits.places_of(place), on or timezone.localdate())
