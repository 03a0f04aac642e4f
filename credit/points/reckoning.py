"""What points add up to, and what follows from them: from records and repairs, and from nothing else.

Every day can be worked out again. A year's points begin at nothing on the first of January; a hold that began lasts on.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from supervision.clocks.calendar import months_after

from .models.rules import Threshold

DAY = dt.timedelta(days=1)
SUSPENDED, TERMINATED = Threshold.Kind.SUSPENDED, Threshold.Kind.TERMINATED


@dataclass(frozen=True)
class Scored:
    """A record that took effect on a day."""

    act: str
    points: int
    on: dt.date
    main: bool = False  # of the main responsibility
    number: str = ""


@dataclass(frozen=True)
class Step:
    """What follows from so many points."""

    points: int
    kind: str
    months_least: int = 0
    months_most: int = 0
    at_once: bool = False  # where one record alone has them


@dataclass(frozen=True)
class Span:
    """Days on which the fund does not pay, and what they rest on."""

    kind: str
    since: dt.date
    until: dt.date | None
    barred_until: dt.date | None
    points: int
    number: str = ""


def gross(scored: Iterable[Scored], on: dt.date) -> int:
    """The points of the calendar year up to this day; of one act the highest record counts alone."""
    by_act: dict[str, int] = defaultdict(int)
    for one in scored:
        if one.on.year == on.year and one.on <= on:
            by_act[one.act] = max(by_act[one.act], one.points)
    return sum(by_act.values())


def total(scored: Iterable[Scored], repaired: Iterable[dt.date], on: dt.date) -> int:
    """What of them is left after the year's repairs, each of one point."""
    mended = sum(day.year == on.year and day <= on for day in repaired)
    return max(0, gross(scored, on) - mended)


def spans(scored: Sequence[Scored], repaired: Sequence[dt.date], steps: Sequence[Step]) -> list[Span]:
    """The days held back, in order. What comes on one day is taken together, so its order does not matter."""
    found = [span_of(day, scored, repaired, steps) for day in sorted({one.on for one in scored})]
    return [span for span in found if span is not None]


def span_of(day: dt.date, scored: Sequence[Scored], repaired: Sequence[dt.date], steps: Sequence[Step]) -> Span | None:
    """What the records of a day bring about, if they raised the sum at all; it holds from the next day on."""
    if gross(scored, day) <= (gross(scored, day - DAY) if day.month > 1 or day.day > 1 else 0):
        return None
    of_day = [one for one in scored if one.on == day]
    points, highest = total(scored, repaired, day), max(one.points for one in of_day)
    reached = [step for step in steps if step.kind != Threshold.Kind.INTERVIEW]
    reached = [step for step in reached if step.points <= (highest if step.at_once else points)]
    if not reached:
        return None
    step = max(reached, key=lambda one: (one.kind == TERMINATED, one.months_most, one.points))
    months = step.months_most if any(one.main for one in of_day) else step.months_least
    since = day + DAY
    last = months_after(since, months) - DAY
    heaviest = max(of_day, key=lambda one: (one.points, one.number))
    if step.kind == TERMINATED:
        return Span(TERMINATED, since, None, last, points, heaviest.number)
    return Span(SUSPENDED, since, last, None, points, heaviest.number)


def kind_on(spans: Iterable[Span], returned: Iterable[dt.date], on: dt.date) -> str:
    """Whether the person was terminated or suspended on a day, or neither; a termination ends by registering again."""
    back = list(returned)
    held = {
        span.kind
        for span in spans
        if span.since <= on
        and (span.until is None or span.until >= on)
        and not (span.kind == TERMINATED and any(span.since <= day <= on for day in back))
    }
    return TERMINATED if TERMINATED in held else SUSPENDED if SUSPENDED in held else ""


def to_interview(points: int, steps: Iterable[Step]) -> bool:
    """Whether so many points ask for an interview by the institution."""
    return any(step.kind == Threshold.Kind.INTERVIEW and step.points <= points for step in steps)
