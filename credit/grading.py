"""Works out a grade: a pure function of a scheme's rows and of the records that were known by a day.

Nothing but rows goes in, so that the grade of any past day can be worked out again and each of its points shown with
the record it cites.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from supervision.clocks.calendar import months_after

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Band:
    letter: str
    from_points: Decimal


@dataclass(frozen=True)
class Line:
    """What a record of an indicator is worth from a sum on."""

    indicator: str
    points: Decimal
    above: Decimal = NOTHING
    at_best: str = ""
    months: int | None = None
    repairable: bool = True


@dataclass(frozen=True)
class Terms:
    """A scheme, as far as sums go by it."""

    base: Decimal
    least: Decimal
    most: Decimal
    bonus_most: Decimal
    bands: Sequence[Band]  # the best first
    lines: Sequence[Line]
    by_year: bool
    name: str = ""

    def line_of(self, fact: "Fact") -> Line | None:
        """The line of the highest threshold that the sum reaches."""
        fitting = (line for line in self.lines if line.indicator == fact.indicator and line.above <= fact.amount)
        return max(fitting, key=lambda line: line.above, default=None)

    def rank(self, letter: str) -> int:
        """Nought is the best; a letter that no band has is as good as the best."""
        return next((n for n, band in enumerate(self.bands) if band.letter == letter), 0)

    def letter_of(self, points: Decimal) -> str:
        return next((band.letter for band in self.bands if points >= band.from_points), self.bands[-1].letter)


@dataclass(frozen=True)
class End:
    why: str
    known_on: dt.date
    from_on: dt.date


@dataclass(frozen=True)
class Fact:
    """A record as grading sees it."""

    key: int
    indicator: str
    record_kind: str
    record: str
    happened_on: dt.date
    known_on: dt.date
    amount: Decimal = NOTHING
    ends: tuple[End, ...] = ()


@dataclass(frozen=True)
class Point:
    """One record and what it did to the grade."""

    fact: Fact
    points: Decimal
    at_best: str
    last_day: dt.date | None  # the last day on which it counts, as far as is known now
    repairable: bool


@dataclass(frozen=True)
class Grade:
    """A grade and all that it came from."""

    at: dt.date
    letter: str
    points: Decimal | None
    by_points: str = ""  # the letter that the points alone would give
    from_records: Sequence[Point] = field(default_factory=tuple)
    why_not: str = ""  # not evaluated: the reason
    scheme: str = ""

    @property
    def vetoes(self) -> list[Point]:
        """What keeps the grade below that of its points."""
        return [point for point in self.from_records if self.letter != self.by_points and point.at_best == self.letter]


def work_out(terms: Terms, facts: Iterable[Fact], at: dt.date) -> Grade:
    """The grade on a day from what was known by then; the order of the records does not matter."""
    points = sorted(counting(terms, facts, at), key=in_order)
    total = summed(terms, points)
    by_points = terms.letter_of(total)
    ranks = [terms.rank(by_points), *(terms.rank(point.at_best) for point in points if point.at_best)]
    return Grade(at, terms.bands[max(ranks)].letter, total, by_points, tuple(points), scheme=terms.name)


def counting(terms: Terms, facts: Iterable[Fact], at: dt.date) -> Iterable[Point]:
    for fact in facts:
        line = terms.line_of(fact)
        if line is None or fact.known_on > at or ended(fact, at):
            continue
        last = last_day(terms, line, fact)
        if last is None or at <= last:
            yield Point(fact, line.points, line.at_best, last, line.repairable)


def ended(fact: Fact, at: dt.date) -> bool:
    return any(end.known_on <= at and end.from_on <= at for end in fact.ends)


def last_day(terms: Terms, line: Line, fact: Fact) -> dt.date | None:
    """The end of its year, or of the months for which it is in force; never, where no months are set."""
    if terms.by_year:
        return dt.date(fact.known_on.year, 12, 31)
    return months_after(fact.known_on, line.months) - dt.timedelta(days=1) if line.months else None


def summed(terms: Terms, points: Sequence[Point]) -> Decimal:
    """What is added is held at its most before anything is taken away, so that no violation makes room for it."""
    added = min(sum((point.points for point in points if point.points > 0), NOTHING), terms.bonus_most)
    taken = sum((point.points for point in points if point.points < 0), NOTHING)
    return min(max(terms.base + added + taken, terms.least), terms.most)


def in_order(point: Point) -> tuple[dt.date, str, str, str, int]:
    fact = point.fact
    return (fact.known_on, fact.indicator, fact.record_kind, fact.record, fact.key)
