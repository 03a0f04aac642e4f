"""Finds what a level means in a place on a day, and which level an amount or a number reaches."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.clocks.limits import narrowest, places_of
from supervision.refusal import Refused

from .models import Ground, IssueLevel, Level


class LevelMissing(Refused):
    """Nobody has said what this level means in the place."""


class GroundMissing(Refused):
    """Nobody has said on what such an interview rests."""


def level(number: int, place: str, on: date | None = None) -> IssueLevel:
    """The level's row of the narrowest place."""
    found = IssueLevel.objects.filter(level=number, place__in=places_of(place), valid__contains=on or today())
    if (holds := narrowest(found)) is None:
        raise LevelMissing(_("Nobody has said what %(level)s means in this place.") % {"level": Level(number).label})
    return holds


def levels(place: str, on: date | None = None) -> list[IssueLevel]:
    """What the levels mean in a place, the gravest first; a level that nobody has described is left out."""
    rows = IssueLevel.objects.filter(place__in=places_of(place), valid__contains=on or today())
    found = [narrowest([row for row in rows if row.level == number]) for number in Level.values]
    return [row for row in found if row is not None]


def reached(
    rows: Iterable[IssueLevel], *, amount: Decimal = Decimal(0), institutions: int = 0, divisions: int = 0
) -> IssueLevel | None:  # fmt: skip
    """Of levels, the gravest first, that which one of these reaches: an amount in yuan, institutions, places."""

    def reaches(row: IssueLevel) -> bool:
        said = ((row.amount, amount), (row.institutions, institutions), (row.divisions, divisions))
        return any(least is not None and told >= least for least, told in said)

    return next((row for row in rows if reaches(row)), None)


def ground(kind: str, place: str, on: date | None = None) -> Ground:
    """On what an interview of this kind of party rests."""
    found = Ground.objects.filter(kind=kind, place__in=places_of(place), valid__contains=on or today())
    if (holds := narrowest(found)) is None:
        raise GroundMissing(_("Nobody has said on what such an interview rests."))
    return holds


def today() -> date:
    return timezone.localdate()
