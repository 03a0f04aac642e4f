"""Finds the number that holds for a place and a day, and what of it an institution is told."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.clocks.limits import narrowest, places_of
from supervision.refusal import Refused

from .models import Leniency


class LeniencyMissing(Refused):
    """Nobody has set this number for the place and day."""


def number(code: Leniency.Code, place: str, on: date | None = None) -> Leniency:
    found = Leniency.objects.filter(code=code, place__in=places_of(place), valid__contains=on or timezone.localdate())
    if (holds := narrowest(found)) is None:
        raise LeniencyMissing(_("Nobody has set the %(what)s for this place.") % {"what": code.label})
    return holds


def told(place: str) -> list[Leniency]:
    """How self-reported sums are treated, for the page."""
    codes = (Leniency.Code.DAMAGES, Leniency.Code.POINTS, Leniency.Code.FALSE)
    return [number(code, place) for code in codes]
