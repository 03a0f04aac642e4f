"""Reads sheets into lines of our lists: published ones by their layouts, and our own list form.

A unit is what the publisher counts as a point: one code, or one pair of codes, of one row. It goes into one list or
several. In = units that can be used + rejects + what another row of the import says already.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from institutions.models.territory import NATION

from .completing import complete
from .layouts import layout_of
from .lists import LISTS
from .models import Point
from .published import units as units_of
from .reading import CODES, FRAME, Line, line
from .sheets import Sheet
from .units import Draft, Unit, refused
from .weighing import settle, supersede, weigh, within

# What a point can hold, in characters.
LONGEST = {
    name: int(getattr(Point._meta.get_field(name), "max_length", 0))
    for name in ("point", "key", "verified", "national_rule", "published_in")
}


@dataclass
class Reject:
    """A row, or part of it, that cannot be used; `points` is how many it would have made."""

    file: str
    sheet: str
    row: int
    column: str
    value: str
    family: str
    reason: str
    detail: str = ""
    points: int = 1


@dataclass
class Import:
    """What sheets were made into."""

    lines: list[Line] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    endings: dict[str, dt.date] = field(default_factory=dict)  # numbers that later points supersede, from which day
    units: list[Unit] = field(default_factory=list)
    left_aside: list[str] = field(default_factory=list)
    sheets: int = 0


def read(sheets: Sequence[Sheet], *, place: str = NATION) -> Import:
    """Everything that stands in the sheets; `place` is whose batch it is, where rows name none."""
    found = Import()
    published = []
    for sheet in sheets:
        if sheet.title in LISTS and {"point", "source"} <= set(sheet.columns):
            found.sheets += 1
            _own(found, sheet, place)
        elif sheet.title == CODES and "prefix" in sheet.columns:
            found.sheets += 1
            found.units += [refused(sheet, row.number, CODES, "code_list") for row in sheet.rows]
        elif layout := layout_of(sheet):
            found.sheets += 1
            published.append((sheet, layout))
        else:
            found.left_aside.append(" ".join(filter(None, (sheet.file, sheet.sheet))))
    units = list(units_of(published))
    complete(units)
    found.endings = supersede(units)
    weigh(units)
    found.units += units
    within(found.units, place)
    _fit(found.units)
    found.lines = [
        draft.line for unit in found.units if not unit.reason and not unit.said for draft in unit.drafts if draft.line
    ]
    found.rejects = _told(found.units)
    return found


def _fit(units: Iterable[Unit]) -> None:
    """A point whose number, key or other short words are longer than can be kept is refused, not cut."""
    for unit in units:
        lines = [draft.line for draft in unit.drafts if draft.line and not unit.reason]
        for name, most in LONGEST.items():
            if any(len(getattr(line, name)) > most for line in lines):
                unit.refuse(
                    "faulty", _("%(column)s: has more than %(most)d characters") % {"column": name, "most": most}
                )


def _own(found: Import, sheet: Sheet, place: str) -> None:
    shape = LISTS[sheet.title]
    lacking = [name for name in (*FRAME, *(column.name for column in shape.columns)) if name not in sheet.columns]
    for number in sheet.torn:
        found.units.append(refused(sheet, number, shape.name, "torn"))
    seen: dict[tuple[str, str, str], list[Unit]] = defaultdict(list)
    for row in sheet.rows:
        unit = Unit(sheet, row.number, shape.name, shape.name, "", 0, row.cells.get("point", ""))
        found.units.append(unit)
        try:
            if lacking:
                raise ValueError(", ".join(lacking))
            said = line(shape, row.cells, sheet.file, row.number, place=place)
        except ValueError as problem:
            column = str(problem).partition(":")[0]
            unit.refuse("faulty", str(problem), column if column in row.cells else "")
            continue
        unit.code = said.key
        unit.drafts = [Draft(shape, dict(said.values), {}, line=said)]
        seen[said.list, said.key, said.place].append(unit)
    for units in seen.values():
        settle(units)


def _told(units: Iterable[Unit]) -> list[Reject]:
    """The refused units, those of one row and reason together."""
    found: dict[tuple[object, ...], Reject] = {}
    for unit in units:
        if not unit.reason:
            continue
        key = (*unit.place, unit.family, unit.reason, unit.point)
        if known := found.get(key):
            known.points += 1
        else:
            file, sheet, row = unit.place
            found[key] = Reject(
                file,
                sheet[:60],
                row,
                unit.column[:60],
                unit.code[:200],
                unit.family[:60],
                unit.reason,
                unit.detail[:300],
            )
    return list(found.values())


def families(units: Iterable[Unit]) -> Counter[str]:
    return Counter(unit.family for unit in units)
