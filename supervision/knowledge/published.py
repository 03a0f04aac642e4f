"""Rows of published sheets, by their layouts, as units: each code or pair, and what it says in our lists."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from .layouts import Layout, RuleType, Target, layouts, rule_types
from .lists import LISTS
from .sheets import Row, Sheet
from .units import Draft, Unit, refused, tidied

CODE = re.compile(r"[0-9A-Z][0-9A-Za-z.+*/-]{2,39}")
WHOLE = re.compile(r"\b(\d+)\.0\b")  # a row number that went through a spreadsheet


def units(published: Sequence[tuple[Sheet, Layout]]) -> Iterator[Unit]:
    named = {
        _joined(row, layouts()[layout.codes_in].joined_by, layout.name): (sheet, layout, row)
        for sheet, layout in published
        if layout.codes_in
        for row in sheet.rows
    }
    met = set()
    for sheet, layout in published:
        yield from (refused(sheet, number, sheet.title, "torn") for number in sheet.torn)
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


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
