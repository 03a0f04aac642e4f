"""The clocks of evaluations and repairs."""

import datetime as dt

from django.utils import timezone

from institutions.models import Duty, Institution
from supervision.clocks import limits, running
from supervision.clocks.calendar import end_of
from supervision.clocks.models import Clock

OBJECTION, REVIEW, REPAIR = "credit_objection", "credit_review", "credit_repair"


def start(
    code: str, institution: Institution, *, subject: str, address: str, duty: Duty, owed_by_it: bool = False
) -> Clock:
    """A clock by the limit that holds where the institution lies; `owed_by_it`: the institution has the time."""
    places, now = limits.places_of(institution.division_id), timezone.now()
    limit = limits.limit(code, places, timezone.localdate(now))
    return running.start(
        code, subject=subject, title_zh=f"{limit.name_zh}（{institution.name_zh}）"[:200],
        title_en=f"{limit.name_en} ({institution.name_en or institution.name_zh})"[:200], address=address,
        places=places, since=now, institution=institution.pk if owed_by_it else "", duty=duty,
    )  # fmt: skip


def meet(clock: Clock | None) -> None:
    if clock is not None:
        running.meet(clock)


def is_over(day: dt.date | None) -> bool:
    return day is not None and timezone.now() > end_of(day)
