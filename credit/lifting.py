"""What if some records counted no more: the grade then, and which records stand in the way of a better one."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .grading import Fact, Grade, Point, Terms, work_out


@dataclass(frozen=True)
class Way:
    """To one better grade: the records that would have to count no more. Nothing where records alone do not do it."""

    letter: str
    keys: Sequence[int]
    open: bool


def without(terms: Terms, facts: Collection[Fact], keys: Collection[int], at: dt.date) -> Grade:
    return work_out(terms, [fact for fact in facts if fact.key not in keys], at)


def ways(terms: Terms, facts: Collection[Fact], at: dt.date) -> list[Way]:
    """One for each better grade, the nearest first."""
    now = work_out(terms, facts, at)
    better = [band.letter for band in terms.bands[: terms.rank(now.letter)]]
    return [way_to(terms, facts, now, letter, at) for letter in reversed(better)]


def way_to(terms: Terms, facts: Collection[Fact], now: Grade, letter: str, at: dt.date) -> Way:
    """What shuts the grade out goes first, as it must; then the heaviest records, until the points are enough."""
    chosen: list[int] = []
    rank = terms.rank(letter)
    must = [point for point in now.from_records if point.at_best and terms.rank(point.at_best) > rank]
    others = [point for point in now.from_records if point.points < 0 and point not in must]
    chosen += [point.fact.key for point in must]
    for point in [None, *sorted(others, key=weight)]:
        if point is not None:
            chosen.append(point.fact.key)
        if terms.rank(without(terms, facts, chosen, at).letter) <= rank:
            return Way(letter, tuple(chosen), open=repairable(now, chosen))
    return Way(letter, (), open=False)


def weight(point: Point) -> tuple[Decimal, int]:
    return (point.points, point.fact.key)


def repairable(now: Grade, keys: Collection[int]) -> bool:
    """Whether each of these records is of a kind that may be repaired."""
    return all(point.repairable for point in now.from_records if point.fact.key in keys)
