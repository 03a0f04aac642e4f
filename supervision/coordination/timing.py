"""By when a department takes a package on and answers it: the clocks of transfers, watched by who drafted it."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from institutions.models import Account, Duty
from supervision.clocks import limits, running
from supervision.clocks.calendar import day_of
from supervision.clocks.models import Clock
from supervision.moves import Effect, Made

from .models import Package

RECEIPT, ANSWER = "transfer_acknowledge", "transfer_feedback"
LEAD, TASK = "department_lead", "joint_task"


def start(
    code: str, *, subject: str, title: str, place: str, address: str, holder: Account | None = None,
    duty: str = Duty.INVESTIGATE, until: date | None = None,
) -> Clock:  # fmt: skip
    """A clock from now on, by the limit that holds in the place, or to the day that was set."""
    places, now = limits.places_of(place), timezone.now()
    limit = limits.limit(code, places, day_of(now))
    return running.start(
        code, subject=subject, title_zh=f"{limit.name_zh}（{title}）"[:200],
        title_en=f"{limit.name_en} ({title})"[:200], places=places, since=now, found=limit,
        address=address, holder=holder, duty=duty, until=until,
    )  # fmt: skip


def starts(code: str) -> Effect[Package]:
    """The department must have done it by then; who drafted the package keeps an eye on it."""

    def starting(package: Package, made: Made[Package]) -> None:
        running.meet_if_going(package.clock)
        package.clock = start(
            code, subject=package.number, title=package.to.department.name_zh, place=package.place_id,
            address=reverse("coordination:package", args=[package.number]), holder=package.drafter,
        )  # fmt: skip

    starting.__doc__ = f"starts {code}, watched by who drafted it"
    return starting


def meets(package: Package, made: Made[Package]) -> None:
    """ends the clock"""
    running.meet_if_going(package.clock)
    package.clock = None


def stops(package: Package, made: Made[Package]) -> None:
    """stops the clock"""
    if package.clock is not None and package.clock.ended_at is None:
        running.stop(package.clock)
    package.clock = None
