"""Finds the number or the checklists that hold for a place and a day."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.clocks.limits import narrowest, places_of
from supervision.refusal import Refused

from .models import Checklist, Number


class NumberMissing(Refused):
    """Nobody has set this number for the place and day."""


def number(code: Number.Code, place: str, on: date | None = None) -> Number:
    """The row that holds for a division's code on a day (today where none is named)."""
    found = Number.objects.filter(code=code, place__in=places_of(place), valid__contains=on or timezone.localdate())
    if (holds := narrowest(found)) is None:
        raise NumberMissing(_("Nobody has set the %(what)s for this place.") % {"what": code.label})
    return holds


def checklists(place: str, on: date | None = None) -> list[Checklist]:
    """Of each code the list of the narrowest place, in the order of codes."""
    found = Checklist.objects.filter(place__in=places_of(place), valid__contains=on or timezone.localdate())
    by_code: dict[str, list[Checklist]] = {}
    for one in found.order_by("code"):
        by_code.setdefault(one.code, []).append(one)
    return [holds for rows in by_code.values() if (holds := narrowest(rows)) is not None]
