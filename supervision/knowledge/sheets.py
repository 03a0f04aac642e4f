"""The sheets that knowledge is published in: CSV, workbooks and JSON, packed or not, as rows with their place."""

import csv
import gzip
import io
import json
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supervision.workbooks import WorkbookRefused, open_workbook, text

LARGEST = 60 << 20  # bytes of a file, and of what it unpacks to
MOST_CELLS = 10_000_000  # of a file, and of a batch: a few bytes of a file are hundreds once they are rows
SUFFIXES = (".csv", ".csv.gz", ".json", ".json.gz", ".xlsx")
PACKED, BOOK = b"\x1f\x8b", b"PK"


@dataclass(frozen=True)
class Row:
    """One row: its number in the sheet (the head is row 1), and its cells by the heads of their columns."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """One table of a file."""

    file: str
    title: str  # of the sheet in a workbook, else the file's name without its endings
    columns: tuple[str, ...]
    rows: Sequence[Row]
    torn: Sequence[int] = ()  # rows with more or fewer cells than columns, or with a formula

    @property
    def sheet(self) -> str:
        """The sheet's name where the file has several."""
        return self.title if self.file.lower().endswith(".xlsx") else ""


class SheetRefused(Exception):
    """The file cannot be read; the reason is a code of rejecting.FAILURES."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(f"{name}: {code}")
        self.code = code
        self.name = name


def listed(paths: Iterable[Path]) -> list[Path]:
    """The files at these places, folders opened all the way down."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        found += [file for file in inside if file.is_file() and file.name.lower().endswith(SUFFIXES)]
    return found


def opened(name: str, content: bytes) -> list[Sheet]:
    """The tables of a file: what it is shows in its content."""
    if len(content) > LARGEST:
        raise SheetRefused("too_big", name)
    if content[:2] == BOOK:
        return _workbook(name, content)
    if content[:2] == PACKED:
        content = _unpacked(name, content)
    told = _decoded(name, content)
    stem = name.partition(".")[0]
    if told.lstrip()[:1] in ("{", "["):
        if "\\u0000" in told:  # a zero character that no database holds
            raise SheetRefused("not_text", name)
        return [_index(name, stem, told)]
    return [_table(name, stem, told)]


def of_batch(files: Iterable[tuple[str, bytes]]) -> list[Sheet]:
    """The tables of several files (name and content), as long as all of them together stay within the bound."""
    found, cells = [], 0
    for name, content in files:
        for sheet in opened(name, content):
            cells += len(sheet.rows) * (len(sheet.columns) + 1)
            if cells > MOST_CELLS:
                raise SheetRefused("too_big", name)
            found.append(sheet)
    return found


def _unpacked(name: str, content: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            found = packed.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise SheetRefused("not_readable", name) from error
    if len(found) > LARGEST:
        raise SheetRefused("bomb", name)
    return found


def _decoded(name: str, content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            told = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in told:
            break
        return told
    raise SheetRefused("not_text", name)


def _table(name: str, stem: str, told: str) -> Sheet:
    reader = csv.reader(io.StringIO(told), strict=True)
    rows, torn = [], []
    try:
        head = [cell.strip() for cell in next(reader, [])]
        if not any(head) or len(set(head)) < len(head):
            raise SheetRefused("no_header", name)
        # A quoted cell may hold line breaks: the number of a row is that of its first line.
        begins, seen = reader.line_num + 1, 0
        for cells in reader:
            seen += len(cells) + 1
            if seen > MOST_CELLS:
                raise SheetRefused("too_big", name)
            if len(cells) == len(head):
                rows.append(Row(begins, dict(zip(head, (cell.strip() for cell in cells), strict=True))))
            elif cells:
                torn.append(begins)
            begins = reader.line_num + 1
    except csv.Error as error:
        raise SheetRefused("not_readable", name) from error
    return Sheet(name, stem, tuple(head), rows, torn)


def _workbook(name: str, content: bytes) -> list[Sheet]:
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:  # its parsers want a file that they can walk about in
        file.write(content)
        file.flush()
        try:
            books = open_workbook(Path(file.name), name)
        except WorkbookRefused as refusal:
            raise SheetRefused(refusal.code, name) from refusal
    return [_of_workbook(name, one.title, one.header, one.rows, one.wrong) for one in books]


def _of_workbook(
    name: str, title: str, header: Sequence[str], found: Sequence[Sequence[object]], wrong: Mapping[int, str]
) -> Sheet:
    head = tuple(cell.strip() for cell in header)
    rows, torn = [], []
    for number, cells in enumerate(found, 2):
        told = [(text(cell) or "").strip() for cell in cells]
        if number in wrong:
            torn.append(number)
        elif any(told):
            rows.append(Row(number, {column: cell for column, cell in zip(head, told, strict=False) if column}))
    return Sheet(name, title, tuple(filter(None, head)), rows, torn)


def _index(name: str, stem: str, told: str) -> Sheet:
    """The merged index of the 2025 library: a row for each item and rule type, and one for each pair of charges."""
    try:
        found = json.loads(told)
        rows = list(_entries(found)) if isinstance(found, dict) and "constraints" in found else None
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise SheetRefused("not_readable", name) from error
    if rows is None:
        return Sheet(name, stem, (), [])
    columns = dict.fromkeys(column for row in rows for column in row)
    return Sheet(name, stem, tuple(columns), [Row(number, row) for number, row in enumerate(rows, 1)])


def _entries(found: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for item, entries in found["constraints"].items():
        for entry in entries:
            for category in entry["categories"]:
                said = {f"cond.{key}": _flat(value) for key, value in entry.get("cond", {}).items()}
                of_category = [ref for ref in entry["refs"] if f"-{category}-" in ref] or entry["refs"]
                yield {
                    "family": str(entry["family"]), "category": str(category), "item_name": str(item),
                    "basis": str(entry.get("basis") or ""), "codes": "|".join(entry["codes"]),
                    "ref": str(of_category[0]) if of_category else "", **said,
                }  # fmt: skip
    for pair in found.get("exclusive_pairs", []):
        yield {
            "family": "mutual_exclusive", "category": "医疗服务项目重复收费",
            "item_name": f"{pair['a']}×{pair['b']}", "basis": "", "codes": "", "ref": str(pair["refs"][0]),
            "cond.window": str(pair["window"]),
        }  # fmt: skip


def _flat(value: object) -> str:
    return "Y" if value is True else "" if value in (None, False) else str(value)
