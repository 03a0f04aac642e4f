"""Which of several rows about the same thing counts, and until when."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .layouts import rule_types
from .lists import Value
from .units import Unit

DAY = dt.timedelta(days=1)


def supersede(units: Sequence[Unit]) -> dict[str, dt.date]:
    """A point that another supersedes ends when that one begins; the numbers that end so, with the day."""
    endings: dict[str, dt.date] = {}
    for unit in units:
        if unit.supersedes and unit.since and unit.reason not in ("faulty", "not_a_code"):
            day = endings.get(unit.supersedes)
            endings[unit.supersedes] = min(day or unit.since, unit.since)
    for unit in units:
        if day := endings.get(unit.point):
            _end(unit, day)
    return endings


def _end(unit: Unit, day: dt.date) -> None:
    """It holds until the day before, if it has begun by then."""
    if (unit.since or dt.date.min) < day and (unit.until is None or unit.until >= day):
        unit.until = day - DAY
        for draft in unit.drafts:
            if draft.line:
                draft.line = replace(draft.line, until=unit.until)


def weigh(units: Sequence[Unit]) -> None:
    """Of rows about the same thing the better sheet counts; of one sheet the later from its day on."""
    keys: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in units:
        if not unit.reason:
            for draft in unit.drafts:
                keys[draft.key].append(unit)
    for together in keys.values():
        if len(together) > 1:
            settle(together)


def settle(units: Sequence[Unit]) -> None:
    """Leave one to say it: the others say the same, or contradict and are refused."""
    best = max(_weight(unit) for unit in units)
    first = [unit for unit in units if _weight(unit) == best and not unit.reason]
    first.sort(key=lambda unit: _begin(unit) or dt.date.min)
    kept: list[Unit] = []
    for unit in first:
        before = kept[-1] if kept else None
        if before is None or not _overlap(before, unit):
            kept.append(unit)
        elif _begin(before) != _begin(unit) and unit.rank:
            _end(before, _begin(unit) or dt.date.min)
            kept.append(unit)
        elif _limits(before) == _limits(unit):
            unit.said = True
        else:  # neither may accuse anybody
            for one in (before, unit):
                one.refuse("contradiction", before.point if one is unit else unit.point)
    for unit in units:
        if unit not in first and not unit.reason:
            same = any(_limits(one) & _limits(unit) for one in first)
            if same:
                unit.said = True
            else:
                unit.refuse("contradiction", max(units, key=_weight).point)


def _weight(unit: Unit) -> tuple[int, bool]:
    return unit.rank, bool((kind := rule_types().get(unit.rule)) and kind.before)


def _begin(unit: Unit) -> dt.date | None:
    return unit.drafts[0].line.since if unit.drafts[0].line else unit.since


def _overlap(before: Unit, unit: Unit) -> bool:
    one, other = before.drafts[0].line, unit.drafts[0].line
    return bool(one and other and one.overlaps(other))


def _limits(unit: Unit) -> set[tuple[str, tuple[tuple[str, Value], ...]]]:
    return {(draft.shape.name, draft.limit) for draft in unit.drafts}


def within(units: Iterable[Unit], place: str) -> None:
    """A batch of a place holds there or within; the nation's may hold anywhere."""
    prefix = prefix_of(place)
    for unit in units:
        for draft in unit.drafts:
            if draft.line and not unit.reason and not draft.line.place.startswith(prefix):
                unit.refuse("elsewhere", draft.line.place, "place" if unit.rank == 0 else "")


def prefix_of(place: str) -> str:
    """What the codes of all places within it begin with."""
    return place[:2].replace("00", "") if place.endswith("0000") else place[:4]
