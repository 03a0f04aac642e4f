"""Nested places: which point holds where, so that every key has at most one on a day in a place."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .lists import Shape, Value

EVERYWHERE = "000000"
FIRST, LAST = dt.date(1900, 1, 1), dt.date(9999, 12, 31)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Held:
    """What a point says in one place, from its first to its last day."""

    point: str
    values: Mapping[str, Value]
    place: str
    since: dt.date
    until: dt.date


def resolve(shape: Shape, points: Sequence[Held], children: Mapping[str, Sequence[str]]) -> list[Held]:
    """The points of one key; those of a wider place spelt out beside the narrower ones."""
    if len({point.place for point in points}) == 1:
        return list(points)
    return list(_within(shape, EVERYWHERE, [], points, children))


def _within(
    shape: Shape,
    place: str,
    wider: Sequence[Held],
    points: Sequence[Held],
    children: Mapping[str, Sequence[str]],
) -> Iterable[Held]:
    own = [point for point in points if point.place == place]
    here = [replace(held, place=place) for held in _combined(shape, wider, own)]
    if not any(point.place != place and _inside(point.place, place) for point in points):
        yield from here
        return
    for child in children.get(place, ()):
        yield from _within(shape, child, here, points, children)


def _inside(place: str, wider: str) -> bool:
    return wider == EVERYWHERE or (wider.endswith("0000") and place[:2] == wider[:2])


def _combined(shape: Shape, wider: Sequence[Held], own: Sequence[Held]) -> list[Held]:
    """Two layers of points over the same days, piece by piece."""
    begins = sorted({day for held in (*wider, *own) for day in (held.since, _next(held.until))})
    found: list[Held] = []
    for since, end in pairwise(begins):
        both = [next((held for held in layer if held.since <= since <= held.until), None) for layer in (wider, own)]
        layers = [held for held in both if held]
        if not layers:
            continue
        held = _both(shape, *layers) if len(layers) == 2 else layers[0]
        piece = replace(held, since=since, until=LAST if end == LAST else end - DAY)
        if (
            found
            and found[-1].until + DAY == since
            and found[-1] == replace(piece, since=found[-1].since, until=found[-1].until)
        ):
            found[-1] = replace(found[-1], until=piece.until)
        else:
            found.append(piece)
    return found


def _next(day: dt.date) -> dt.date:
    return day if day == LAST else day + DAY


def _both(shape: Shape, wider: Held, own: Held) -> Held:
    if shape.combine == "stricter":
        return min(own, wider, key=lambda held: held.values[shape.measure] or 0)
    if shape.combine == "add":
        lists = sorted({*str(wider.values["list"]).split("+"), *str(own.values["list"]).split("+")})
        return replace(own, values={**own.values, "list": "+".join(lists)})
    return own
