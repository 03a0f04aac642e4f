"""The rows of rules that hold in a place on a day: of each kind those of the narrowest place that has its own."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

from django.utils.translation import gettext as _

from supervision.clocks import limits
from supervision.refusal import Refused

from .models import CommitmentText, Matter, RepairActivity, RepairCap, Responsibility, Threshold
from .models.rules import Placed
from .reckoning import Step

Row = TypeVar("Row", bound=Placed)


class RuleMissing(Refused):
    """Nobody has said what holds here."""


def rows(model: type[Row], place: str, on: dt.date, *, same: Callable[[Row], object]) -> list[Row]:
    """Those that hold, in the model's order; what a narrower place says stands in the place of the wider one's."""
    groups: dict[object, list[Row]] = defaultdict(list)
    places = {*limits.places_of(place), limits.NATION}
    for row in model._default_manager.filter(place__in=places, valid__contains=on):
        groups[same(row)].append(row)
    narrowest = (limits.narrowest(group) for group in groups.values())
    return [row for row in narrowest if row is not None]


def matters(place: str, on: dt.date) -> list[Matter]:
    return rows(Matter, place, on, same=lambda row: row.code)


def responsibilities(place: str, on: dt.date) -> list[Responsibility]:
    return rows(Responsibility, place, on, same=lambda row: row.code)


def thresholds(place: str, on: dt.date) -> list[Threshold]:
    return rows(Threshold, place, on, same=lambda row: (row.points, row.at_once))


def activities(place: str, on: dt.date) -> list[RepairActivity]:
    return rows(RepairActivity, place, on, same=lambda row: row.code)


def most_repaired(place: str, on: dt.date) -> int:
    """How many points may be repaired in a year; where nobody has said it, none."""
    found = rows(RepairCap, place, on, same=lambda _row: "")
    return found[0].most if found else 0


def steps(place: str, on: dt.date) -> list[Step]:
    return [Step(one.points, one.kind, one.months_least, one.months_most, one.at_once) for one in thresholds(place, on)]


def commitment(on: dt.date) -> CommitmentText:
    """The words of the service commitment that are in force."""
    found = CommitmentText.objects.filter(valid__contains=on).order_by("-valid").first()
    if found is None:
        raise RuleMissing(_("Nobody has set the words of the service commitment."))
    return found
