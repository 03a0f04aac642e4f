"""Finds the number that holds for a place and a day: that of the narrowest place that has one of its own."""

from datetime import date

from django.utils.translation import gettext as _

from supervision.clocks.limits import narrowest, places_of
from supervision.refusal import Refused

from .models import Rate


class RateMissing(Refused):
    """Nobody has set this number for the place and day."""


def rate(code: Rate.Code, place: str, on: date) -> Rate:
    found = Rate.objects.filter(code=code, place__in=places_of(place), valid__contains=on)
    if (holds := narrowest(found)) is None:
        raise RateMissing(_("Nobody has set the %(what)s for this place.") % {"what": code.label})
    return holds
