"""Finds the numbers, items and weights that hold for a place and a day."""

from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.clocks.limits import narrowest, places_of
from supervision.refusal import Refused

from .models import Item, Number, RiskBand

PLAIN = Decimal(1)  # where nobody has set a weight


class NumberMissing(Refused):
    """Nobody has set this number for the place and day."""


def number(code: Number.Code, place: str, on: date | None = None) -> Number:
    found = Number.objects.filter(code=code, place__in=places_of(place), valid__contains=on or timezone.localdate())
    if (holds := narrowest(found)) is None:
        raise NumberMissing(_("Nobody has set the %(what)s for this place.") % {"what": code.label})
    return holds


def items_of(place: str, on: date | None = None) -> QuerySet[Item]:
    """The list of items that a place inspects by: its own and those of the levels above."""
    return Item.objects.filter(place__in=places_of(place), valid__contains=on or timezone.localdate())


def bands_of(place: str, on: date | None = None) -> list[RiskBand]:
    """The weights of risk of the narrowest place that has set any, the highest share first."""
    rows = list(RiskBand.objects.filter(place__in=places_of(place), valid__contains=on or timezone.localdate()))
    holds = narrowest(rows)
    return sorted((row for row in rows if holds and row.place == holds.place), key=lambda row: -row.least)


def risk_factor(at_risk: int, bands: list[RiskBand]) -> Decimal:
    """What a share of charges in question (1/10000) weighs."""
    return next((band.value for band in bands if at_risk >= band.least), PLAIN)
