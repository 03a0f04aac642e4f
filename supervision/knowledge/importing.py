"""Reads sheets into lines of our lists: published ones by their layouts, and our own list form.

A unit is what the publisher counts as a point: one code, or one pair of codes, of one row. It goes into one list or
several. In = lines that can be used + rejects + what another row of the import says already.
"""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from institutions.models.territory import NATION

from .layouts import Layout, RuleType, Target, layout_of, layouts, rule_types
from .lists import LISTS, Shape, Value
from .models import Point
from .reading import CODES, FRAME, Line, line
from .sheets import Row, Sheet

DAY = dt.timedelta(days=1)
CODE = re.compile(r"[0-9A-Z][0-9A-Za-z.+*/-]{2,39}")
WHOLE = re.compile(r"\b(\d+)\.0\b")  # a row number that went through a spreadsheet
WORDS = ("name", "other_name", "wording", "grounds")  # columns that say in words what the others say in figures
OWN = "own"  # the family of what comes in our own list form is its list


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
class Draft:
    """What a unit says in one list; columns that nobody has given yet are missing."""

    shape: Shape
    values: dict[str, Value]
    missing: dict[str, Sequence[Mapping[str, object]]]  # with the ways that are left
    about: tuple[str, ...] = ()  # the list, and the codes that the row gives
    line: Line | None = None
    taken: str = ""  # where a value was taken over from
    told: str = ""  # how sure it was said to be when this very point came in before

    @property
    def key(self) -> tuple[str, str]:
        return self.shape.name, "|".join(str(self.values[name]) for name in self.shape.key)

    @property
    def limit(self) -> tuple[tuple[str, Value], ...]:
        """What it says in figures."""
        return tuple(sorted((name, value) for name, value in self.values.items() if name not in WORDS))


@dataclass
class Unit:
    """One code or pair of a row."""

    sheet: Sheet
    row: int
    family: str
    rule: str
    code: str
    rank: int
    point: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    supersedes: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    column: str = ""
    reason: str = ""
    detail: str = ""
    said: bool = False  # another row of this import says it

    def refuse(self, reason: str, detail: str = "", column: str = "") -> None:
        if not self.reason:
            self.reason, self.detail = reason, detail
            self.column = column or self.column

    @property
    def place(self) -> tuple[str, str, int]:
        return self.sheet.file, self.sheet.sheet, self.row


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
            found.units += [_refused(sheet, row.number, CODES, "code_list") for row in sheet.rows]
        elif layout := layout_of(sheet):
            found.sheets += 1
            published.append((sheet, layout))
        else:
            found.left_aside.append(" ".join(filter(None, (sheet.file, sheet.sheet))))
    units = list(_units(published))
    _complete(units)
    _supersede(found, units)
    _weigh(units)
    found.units += units
    _within(found.units, place)
    found.lines = [
        draft.line for unit in found.units if not unit.reason and not unit.said for draft in unit.drafts if draft.line
    ]
    found.rejects = _told(found.units)
    return found


# --- Our own list form --------------------------------------------------------------------------------------


def _own(found: Import, sheet: Sheet, place: str) -> None:
    shape = LISTS[sheet.title]
    lacking = [name for name in (*FRAME, *(column.name for column in shape.columns)) if name not in sheet.columns]
    for number in sheet.torn:
        found.units.append(_refused(sheet, number, shape.name, "torn"))
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
        _settle(units)


def _refused(sheet: Sheet, row: int, family: str, reason: str) -> Unit:
    unit = Unit(sheet, row, family, family, "", 0)
    unit.refuse(reason)
    return unit


# --- Published sheets ---------------------------------------------------------------------------------------


def _units(published: Sequence[tuple[Sheet, Layout]]) -> Iterator[Unit]:
    named = {
        _joined(row, layouts()[layout.codes_in].joined_by, layout.name): (sheet, layout, row)
        for sheet, layout in published
        if layout.codes_in
        for row in sheet.rows
    }
    met = set()
    for sheet, layout in published:
        yield from (_refused(sheet, number, sheet.title, "torn") for number in sheet.torn)
        if layout.codes_in:
            continue
        for row in sheet.rows:
            if layout.rows_of:
                joined = _joined(row, layout.joined_by, layout.rows_of)
                met.add(joined)
                yield from _coded(sheet, layout, row, named.get(joined))
            else:
                yield from _of_row(sheet, layout, row, row.number, row.cells)
    for joined, (sheet, layout, row) in named.items():
        if joined not in met:  # no codes came for it
            yield from _of_row(sheet, layout, row, row.number, row.cells)


def _joined(row: Row, columns: Iterable[str], layout: str) -> tuple[str, ...]:
    return (layout, *(row.cells.get(column, "") for column in columns))


def _coded(sheet: Sheet, layout: Layout, row: Row, main: tuple[Sheet, Layout, Row] | None) -> Iterator[Unit]:
    """A row of codes, whose limit stands in the sheet of names."""
    if main is None:
        unit = Unit(sheet, row.number, layout.rule_type(row.cells), "", layout.of("codes", row.cells), layout.rank)
        unit.refuse("limit_not_readable", layout.of("name", row.cells))
        yield unit
        return
    own = layout.reads["codes"].column(row.cells)
    of_name = layouts()[layout.rows_of]
    joined = replace(of_name, reads={**of_name.reads, "codes": layout.reads["codes"]})
    cells = {**main[2].cells, own: row.cells.get(own, "")}
    yield from _of_row(sheet, joined, row, main[2].number, cells)


def _of_row(sheet: Sheet, layout: Layout, row: Row, number: int, cells: Mapping[str, str]) -> Iterator[Unit]:
    rule = layout.rule_type(cells)
    family = layout.of("family", cells) or rule
    kind = rule_types().get(rule)
    name, codes = layout.of("name", cells), layout.of("codes", cells).strip("|")
    if kind and kind.code_in_name and (split := re.match(kind.code_in_name, name)):
        codes, name = split[1], split[2]
    column = layout.reads["codes"].column(cells) if "codes" in layout.reads else ""
    for code in [codes] if not codes or (kind and kind.pair) else codes.split("|"):
        unit = Unit(sheet, row.number, family, rule, code, layout.rank, column=column)
        unit.facts = _facts(layout, kind, sheet, number, cells, name)
        unit.point = layout.of("number", cells) or f"{kind.code if kind and kind.code else rule}-{number:04}"
        unit.supersedes = layout.of("supersedes", cells)
        _fill(unit, layout, kind, cells, name)
        yield unit


def _fill(unit: Unit, layout: Layout, kind: RuleType | None, cells: Mapping[str, str], name: str) -> None:
    """Its drafts, or the reason why there are none."""
    if not unit.code:
        return unit.refuse("no_code", name)
    if kind is None:
        return unit.refuse("no_list", unit.rule, layout.reads["as"].column(cells))
    codes = unit.code.split("|") if kind.pair else [unit.code]
    if not all(CODE.fullmatch(code) for code in codes) or len(codes) != 1 + kind.pair:
        return unit.refuse("not_a_code", unit.code)
    if layout.of("doubted", cells):
        return unit.refuse("limit_inferred", name, layout.reads["doubted"].column(cells))
    try:
        unit.since = _day(layout.of("since", cells))
    except ValueError:
        return unit.refuse("faulty", layout.of("since", cells), layout.reads["since"].column(cells))
    text, limit = layout.of("text", cells).strip(), layout.of("limit", cells).strip()
    for target in kind.into:
        if not target.when or re.search(target.when, limit) or re.search(target.when, text):
            unit.drafts.append(_draft(target, codes, name, text, limit))
    unit.column = layout.reads["limit" if limit else "text"].column(cells) if "text" in layout.reads else unit.column
    return None


def _facts(
    layout: Layout, kind: RuleType | None, sheet: Sheet, number: int, cells: Mapping[str, str], name: str
) -> dict[str, str]:
    text = layout.of("text", cells).strip()
    rule = kind.name if kind else layout.rule_type(cells)
    return {
        "basis": f"{rule}：{text or name}",
        "source": WHOLE.sub(r"\1", layout.of("source", cells)) or f"NHSA: {layout.title_zh}, {sheet.title}, {number}",
        "national_rule": layout.of("national_rule", cells) or (kind.code if kind else ""),
        "published_in": layout.of("published_in", cells) or sheet.title[:60],
        "announcement": layout.of("announcement", cells),
    }


def _draft(target: Target, codes: Sequence[str], name: str, text: str, limit: str) -> Draft:
    shape = LISTS[target.list]
    given: dict[str, str] = dict(zip(shape.key, codes, strict=False))
    names = name.split("×") if len(codes) == 2 else [name]
    given |= dict(zip(("name", "other_name"), names, strict=False))
    draft = Draft(shape, {}, {}, (shape.name, *codes))
    for column in shape.columns:
        if column.name in given:
            draft.values[column.name] = column.value(given[column.name] or "-")
            continue
        found, left = _by_ways(target.ways.get(column.name, ()), text, limit)
        if found is None:
            draft.missing[column.name] = left
        else:
            draft.values[column.name] = column.value(found)
    return draft


def _by_ways(
    ways: Sequence[Mapping[str, object]], text: str, limit: str
) -> tuple[str | None, Sequence[Mapping[str, object]]]:
    """The value that the first open way leads to; or the ways that are left from `known` on."""
    for place, way in enumerate(ways):
        if "known" in way:
            return None, ways[place:]
        if (found := _by_way(way, text, limit)) is not None:
            return found, ()
    return None, ()


def _by_way(way: Mapping[str, object], text: str, limit: str) -> str | None:
    match way:
        case {"value": str(value)}:
            return value
        case {"limit": dict(words)}:
            return words.get(limit)
        case {"stated": list(patterns)}:
            return _first(patterns, limit)
        case {"text": list(patterns)}:
            return _first(patterns, text)
        case {"whole": "limit"}:
            return limit or None
        case {"whole": _}:
            return tidied(text) or None
    return None


def _first(patterns: Sequence[Sequence[str]], text: str) -> str | None:
    for pattern, template in patterns:
        if found := re.search(pattern, text):
            return found.expand(template)
    return None


def tidied(text: str) -> str:
    """A published wording on one line, without its full stop."""
    return " ".join(text.split()).rstrip("。")


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


# --- What one sheet says and another leaves out -------------------------------------------------------------


def _complete(units: Sequence[Unit]) -> None:
    """Fill in what is missing from points about the same thing; then refuse what still lacks something."""
    open_ = [unit for unit in units if not unit.reason and any(draft.missing for draft in unit.drafts)]
    if open_:
        beside = _beside(units)
        stored = _stored({draft.about for unit in open_ for draft in unit.drafts if draft.missing})
        for unit in open_:
            for draft in unit.drafts:
                said, own = stored.get(draft.about, (None, {}))
                _take(draft, *beside[draft.about], said)
                draft.told = own.get(unit.point, "")
        _share(open_)
        _inherit(open_, units)
    for unit in units:
        if not unit.reason:
            _close(unit)


About = tuple[str, ...]
Known = tuple[Mapping[str, Value], str] | None


def _beside(units: Iterable[Unit]) -> dict[About, list[Known]]:
    """What the sheets of this import say of each thing, those that go before the others first."""
    found: dict[About, list[Known]] = defaultdict(list)
    ranks: dict[About, list[int]] = defaultdict(list)
    for unit in sorted(units, key=lambda unit: -unit.rank):
        if unit.reason:
            continue
        for draft in unit.drafts:
            told, rank = found[draft.about], ranks[draft.about]
            if not rank or rank[-1] != unit.rank:
                told.append((dict(draft.values), unit.point))
                rank.append(unit.rank)
            elif told[-1] and not _agree(told[-1], draft.values):
                told[-1] = None
    return found


def _agree(known: Known, values: Mapping[str, Value]) -> bool:
    """Whether both say the same, as far as both say anything."""
    return known is not None and all(
        known[0][name] == values[name] for name in values if name in known[0] and name not in WORDS
    )


def _stored(abouts: set[About]) -> dict[About, tuple[Known, dict[str, str]]]:
    """What is in force everywhere about the same things, None where several points differ; how sure each point is."""
    found: dict[About, tuple[Known, dict[str, str]]] = {}
    lengths = {about[0]: len(about) - 1 for about in abouts}
    points = Point.objects.in_force().filter(list__in=lengths, place=NATION).order_by("pk")
    for name, key, values, point, verified in points.values_list("list_id", "key", "values", "point", "verified"):
        about = (name, *key.split("|")[: lengths[name]])
        if about not in abouts:
            continue
        known, own = found.get(about, ((values, point), {}))
        found[about] = known if _agree(known, values) else None, own | {point: verified}
    return found


def _take(draft: Draft, *sources: Known) -> None:
    for source in sources:
        if source is None:
            continue
        values, point = source
        if "wording" in draft.values and tidied(str(values.get("wording") or "")) != draft.values["wording"]:
            continue
        for name in list(draft.missing):
            if draft.missing[name] and name in values:
                draft.values[name] = values[name]
                draft.taken = point
                del draft.missing[name]


def _share(units: Sequence[Unit]) -> None:
    """The codes of a row share what the row says: what is known of one holds for all, where it is the same of all."""
    rows: dict[tuple[object, ...], list[Unit]] = defaultdict(list)
    for unit in units:
        rows[(*unit.place, unit.point)].append(unit)
    for of_row in rows.values():
        _spread([draft for unit in of_row for draft in unit.drafts], of_row)


def _inherit(open_: Sequence[Unit], units: Sequence[Unit]) -> None:
    """A row that supersedes another says of its codes what that said."""
    by_point: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        by_point[unit.point].append(unit)
    for unit in open_:
        if unit.supersedes:
            earlier = [draft for one in by_point.get(unit.supersedes, ()) for draft in one.drafts]
            _spread(earlier, [unit])


def _spread(known: Sequence[Draft], units: Sequence[Unit]) -> None:
    for name in {name for unit in units for draft in unit.drafts for name in draft.missing}:
        told = {
            (draft.shape.name, draft.values[name], draft.taken)
            for draft in known
            if name in draft.values and name not in draft.shape.key
        }
        for unit in units:
            for draft in unit.drafts:
                values = {value for shape, value, _taken in told if shape == draft.shape.name}
                if len(values) == 1 and draft.missing.get(name):
                    draft.values[name] = values.pop()
                    draft.taken = next(
                        taken for shape, _value, taken in sorted(told, key=str) if shape == draft.shape.name
                    )
                    del draft.missing[name]


def _close(unit: Unit) -> None:
    """Make its lines; what nobody knows takes the value after `known`, or refuses the unit."""
    for draft in unit.drafts:
        columns = {column.name: column for column in draft.shape.columns}
        for name, ways in list(draft.missing.items()):
            last = next((str(way["value"]) for way in ways if "value" in way), None)
            if last is None:
                return unit.refuse("limit_not_readable", name)
            draft.values[name] = columns[name].value(last)
            del draft.missing[name]
        ordered = {name: draft.values[name] for name in columns}
        how = draft.told or (f"published; limit as in {draft.taken}" if draft.taken else "published")
        draft.line = Line(
            draft.shape.name, unit.point[:120], draft.key[1], ordered, NATION, unit.since, unit.until,
            unit.facts["basis"], unit.facts["source"], how[:200], unit.sheet.file, unit.row,
            unit.facts["national_rule"], unit.facts["published_in"], unit.facts["announcement"],
        )  # fmt: skip
    return None


# --- Which of several rows counts ---------------------------------------------------------------------------


def _supersede(found: Import, units: Sequence[Unit]) -> None:
    """A point that another supersedes ends when that one begins."""
    for unit in units:
        if unit.supersedes and unit.since and unit.reason not in ("faulty", "not_a_code"):
            day = found.endings.get(unit.supersedes)
            found.endings[unit.supersedes] = min(day or unit.since, unit.since)
    for unit in units:
        if day := found.endings.get(unit.point):
            _end(unit, day)


def _end(unit: Unit, day: dt.date) -> None:
    """It holds until the day before, if it has begun by then."""
    if (unit.since or dt.date.min) < day and (unit.until is None or unit.until >= day):
        unit.until = day - DAY
        for draft in unit.drafts:
            if draft.line:
                draft.line = replace(draft.line, until=unit.until)


def _weigh(units: Sequence[Unit]) -> None:
    """Of rows about the same thing the better sheet counts; of one sheet the later from its day on."""
    keys: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in units:
        if not unit.reason:
            for draft in unit.drafts:
                keys[draft.key].append(unit)
    for together in keys.values():
        if len(together) > 1:
            _settle(together)


def _settle(units: Sequence[Unit]) -> None:
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


def _within(units: Iterable[Unit], place: str) -> None:
    """A batch of a place holds there or within; the nation's may hold anywhere."""
    prefix = prefix_of(place)
    for unit in units:
        for draft in unit.drafts:
            if draft.line and not unit.reason and not draft.line.place.startswith(prefix):
                unit.refuse("elsewhere", draft.line.place, "place" if unit.rank == 0 else "")


def prefix_of(place: str) -> str:
    """What the codes of all places within it begin with."""
    return place[:2].replace("00", "") if place.endswith("0000") else place[:4]


# --- What is told of the rows -------------------------------------------------------------------------------


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
            found[key] = Reject(
                *unit.place, unit.column[:60], unit.code[:200], unit.family[:60], unit.reason, unit.detail[:300]
            )
    return list(found.values())


def families(units: Iterable[Unit]) -> Counter[str]:
    return Counter(unit.family for unit in units)
