"""Finds the limit that holds in a place on a day: that of the narrowest place that has one of its own."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _

from .calendar import DeadlineRefused
from .models import Limit

NATION = "000000"


class HasPlace(Protocol):
    @property
    def place(self) -> str: ...


Placed = TypeVar("Placed", bound=HasPlace)


class LimitMissing(DeadlineRefused):
    """Nobody has said how long this may take."""


def limit(code: str, places: Sequence[str], on: date) -> Limit:
    """The limit of a code, looked for in these places and in the nation."""
    found = Limit.objects.filter(code=code, place__in={*places, NATION}, valid__contains=on)
    if (holds := narrowest(found)) is None:
        raise LimitMissing(_("There is no limit %(code)s on %(day)s.") % {"code": code, "day": on.isoformat()})
    return holds


def narrowest(rows: Iterable[Placed]) -> Placed | None:
    """Of rows of a place and those above it, that of the narrowest place."""
    return max(rows, key=lambda row: len(row.place.rstrip("0")), default=None)


def places_of(division: str) -> list[str]:
    """A division and those above it, the narrowest first."""
    above = [division[:digits].ljust(6, "0") for digits in (6, 4, 2)]
    return list(dict.fromkeys([*above, NATION]))
