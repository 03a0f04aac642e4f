"""Reads a folder of lists: what stands in its files, or every row that cannot be used, with the reason."""

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from django.utils.translation import gettext as _

from institutions.models.territory import NATION

from .lists import LISTS, Shape, Value

CODES = "code_list"
FRAME = ("point", "place", "since", "until", "basis", "source", "verified")
PUBLISHED = ("national_rule", "published_in", "announcement")  # columns that a list may have beside these
PLACE = re.compile(r"000000|\d{2}0000|\d{4}00")
PREFIX = re.compile(r"[A-Z0-9][A-Z0-9.xX+*/]*")


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be loaded."""

    file: str
    row: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.row}: {self.reason}"


class LoadRefused(Exception):
    """Nothing of the folder was loaded."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class Line:
    """One knowledge point as its file gives it; `until` is its last day."""

    list: str
    point: str
    key: str
    values: Mapping[str, Value]
    place: str
    since: dt.date | None
    until: dt.date | None
    basis: str
    source: str
    verified: str
    file: str
    row: int  # 0 where it is stored already
    national_rule: str = ""
    published_in: str = ""
    announcement: str = ""

    @property
    def said(self) -> str:
        """All that it says, wherever it stands."""
        told = (self.list, self.point, self.values, self.place, self.since, self.until)
        published = (self.national_rule, self.published_in, self.announcement)
        return json.dumps([*told, self.basis, self.source, self.verified, *published], default=str, sort_keys=True)

    def overlaps(self, later: "Line") -> bool:
        """Whether it still holds when a later one of the same key and place begins."""
        return self.until is None or later.since is None or later.since <= self.until


@dataclass(frozen=True)
class CodeRange:
    """The codes from low up to, not with, high."""

    list: str
    low: str
    high: str
    source: str


def read(folder: Path) -> tuple[list[Line], list[CodeRange]]:
    """All points and code ranges of a folder; LoadRefused names every row that is wrong."""
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise LoadRefused([Problem(folder.name, 0, _("no list lies here"))])
    problems: list[Problem] = []
    lines: list[Line] = []
    ranges: list[CodeRange] = []
    for file in files:
        if file.stem not in (*LISTS, CODES):
            problems.append(Problem(file.name, 0, _("no list has this name")))
            continue
        columns = ("list", "prefix", "source") if file.stem == CODES else (*FRAME, *_names(LISTS[file.stem]))
        for number, row in _rows(file, columns, problems):
            try:
                if file.stem == CODES:
                    ranges.append(_range(row))
                else:
                    lines.append(line(LISTS[file.stem], row, file.name, number))
            except ValueError as problem:
                problems.append(Problem(file.name, number, str(problem)))
    problems += overlapping(lines)
    if problems:
        raise LoadRefused(problems)
    return lines, ranges


def overlapping(lines: Sequence[Line]) -> list[Problem]:
    """Points that speak of the same key on the same days in the same place."""
    found = []
    ordered = sorted(lines, key=lambda line: (line.list, line.key, line.place, line.since or dt.date.min))
    for earlier, later in pairwise(ordered):
        same = (earlier.list, earlier.key, earlier.place) == (later.list, later.key, later.place)
        if same and earlier.overlaps(later):
            new, other = (later, earlier) if later.row else (earlier, later)
            told = {"key": new.key, "point": other.point, "file": other.file, "row": other.row}
            reason = _("%(key)s: overlaps point %(point)s of %(file)s, row %(row)s") % told
            found.append(Problem(new.file, new.row, reason))
    return found


def _names(shape: Shape) -> list[str]:
    return [column.name for column in shape.columns]


def _rows(file: Path, columns: Sequence[str], problems: list[Problem]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows of a file by its columns; physical row numbers, the header is row 1."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Problem(file.name, 0, _("is not in UTF-8")))
        return
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        head = [name.strip() for name in next(reader, [])]
        if missing := [name for name in columns if name not in head]:
            problems.append(Problem(file.name, 1, _("lacks the columns %(names)s") % {"names": ", ".join(missing)}))
            return
        for cells in reader:
            if len(cells) == len(head):
                yield reader.line_num, dict(zip(head, (cell.strip() for cell in cells), strict=True))
            elif cells:
                problems.append(Problem(file.name, reader.line_num, _("has more or fewer cells than columns")))
    except csv.Error as problem:
        problems.append(Problem(file.name, reader.line_num, str(problem)))


def line(shape: Shape, row: Mapping[str, str], file: str, number: int, *, place: str = NATION) -> Line:
    """One row of a list; where it names no place it holds in this one. ValueError says what is wrong."""
    values = {column.name: column.value(row[column.name]) for column in shape.columns}
    since, until = _day(row["since"]), _day(row["until"])
    place = row["place"] or place
    if not row["point"] or not row["source"]:
        raise ValueError(_("every point has a number and a source"))
    if not PLACE.fullmatch(place):
        raise ValueError(_("%(place)s is neither 000000 nor a province nor a pooling area") % {"place": place})
    if since and until and until < since:
        raise ValueError(_("ends before it begins"))
    key = "|".join(str(values[name]) for name in shape.key)
    told = {name: row[name] for name in ("point", "basis", "source", "verified")}
    told |= {name: row.get(name, "") for name in PUBLISHED}
    return Line(
        shape.name, key=key, values=values, place=place, since=since, until=until, file=file, row=number, **told
    )


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _range(row: Mapping[str, str]) -> CodeRange:
    """'C34' is all that begins so; 'A15-A19' all from A15 to what begins with A19."""
    first, dash, last = row["prefix"].partition("-")
    last = last if dash else first
    if not (row["list"] and row["source"] and PREFIX.fullmatch(first) and PREFIX.fullmatch(last)) or last < first:
        raise ValueError(_("a code list has a name, a prefix or a range such as A15-A19, and a source"))
    return CodeRange(row["list"], first, last[:-1] + chr(ord(last[-1]) + 1), row["source"])
