"""The knowledge points that a finding was judged by: those of the version it was last seen with."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from supervision.knowledge.lists import LISTS
from supervision.knowledge.models import Point

from .models import Finding, FindingLine
from .standing import lately

if TYPE_CHECKING:
    from institutions.models import Account

DAYS = ("day", "admitted_on", "operated_on", "discharged_on")  # evidence that says when it was


@dataclass(frozen=True)
class Ground:
    """A point, with its list's name; `address` is '' where the reader does not see the point's place."""

    point: Point
    list_title: str
    address: str


def grounds(finding: Finding, said: Sequence[FindingLine], account: "Account") -> list[Ground]:
    """What the lines' evidence calls `point`, resolved to list, basis and source; each once."""
    rule = lately().get(finding.rule)
    numbers = {number for line in said for number in numbers_in(line)}
    if rule is None or not numbers:
        return []
    known = Point.objects.at(finding.knowledge_version).filter(list__in=rule.lists, point__in=numbers)
    by_number: dict[str, list[Point]] = {}
    for point in known.order_by("list", "pk"):
        by_number.setdefault(point.point, []).append(point)
    found: dict[int, Point] = {}
    for line in said:
        for number in numbers_in(line):
            for point in meant(by_number.get(number, []), line.evidence):
                found.setdefault(point.pk, point)
    seen = set(Point.objects.visible_to(account).filter(pk__in=found).values_list("pk", flat=True))
    return [
        Ground(point, LISTS[point.list_id].name_in_words, point.get_absolute_url() if point.pk in seen else "")
        for point in found.values()
    ]


def numbers_in(line: FindingLine) -> list[str]:
    number = line.evidence.get("point")
    return [str(number)] if number else []


def meant(points: Iterable[Point], evidence: Mapping[str, object]) -> list[Point]:
    """Of the points of one number those that the evidence speaks of: a number may stand for many codes.

    Those that agree with most of the evidence, and that hold on its day; where several lists have one of the number,
    one of each.
    """
    day = next((found for name in DAYS if (found := _day(evidence.get(name)))), None)
    ranked: dict[str, tuple[tuple[int, bool], Point]] = {}
    for point in points:
        shared = [name for name in point.values if name in evidence]
        agrees = sum(str(point.values[name]) == str(evidence[name]) for name in shared)
        rank = agrees, day is None or _holds(point, day)
        if point.list_id not in ranked or rank > ranked[point.list_id][0]:
            ranked[point.list_id] = rank, point
    best = max((rank for rank, _point in ranked.values()), default=(0, False))
    return [point for rank, point in ranked.values() if rank == best]


def _holds(point: Point, day: dt.date) -> bool:
    lower, upper = point.valid.lower, point.valid.upper
    return (lower is None or lower <= day) and (upper is None or day < upper)


def _day(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None
