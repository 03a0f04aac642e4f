"""Workbooks: looked into before any parser opens them, then read cell by cell; a formula is no value."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from claims.rejects import BatchRejected

LARGEST = 60 << 20  # bytes of the file
UNPACKED = 600 << 20
RATIO = 200  # a worksheet packs about 10 : 1
ENTRIES = 2000
CELLS = 20_000_000
ROWS_AT_ONCE = 20_000


@dataclass
class Sheet:
    """One sheet: the first row is its header."""

    title: str
    header: list[str]
    rows: list[list[object]]
    wrong: Mapping[int, str] = field(default_factory=dict)  # row: 'formula B7' or 'cell_error C7'

    def reader(self, wanted: Sequence[str]) -> pa.RecordBatchReader:
        schema = pa.schema([*((name, pa.string()) for name in wanted), ("_row", pa.int64()), ("_cell", pa.string())])
        place = {name.strip().lower(): index for index, name in enumerate(self.header)}
        indexes = [place[name] for name in wanted]

        def batches() -> Iterator[pa.RecordBatch]:
            filled = [number for number, row in enumerate(self.rows, 2) if any(cell != "" for cell in row)]
            for start in range(0, len(filled), ROWS_AT_ONCE):
                numbers = filled[start : start + ROWS_AT_ONCE]
                columns = [[text(self.rows[number - 2][index]) for number in numbers] for index in indexes]
                wrong = [self.wrong.get(number) for number in numbers]
                yield pa.RecordBatch.from_arrays(
                    [*(pa.array(column, pa.string()) for column in columns), pa.array(numbers, pa.int64()),
                     pa.array(wrong, pa.string())], schema=schema)  # fmt: skip

        return pa.RecordBatchReader.from_batches(schema, batches())


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def text(cell: object) -> str | None:
    """A cell as it would stand in a CSV file."""
    match cell:
        case "" | None:
            return None
        case bool():
            return "Y" if cell else "N"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        case datetime():
            whole = cell if cell.microsecond < 500_000 else cell + timedelta(seconds=1)
            return whole.replace(microsecond=0).isoformat(" ")
        case date() | time():
            return cell.isoformat()
        case _:
            return str(cell)


def open_workbook(path: Path, name: str) -> list[Sheet]:
    """The sheets of a workbook, after a look at what it would unpack to."""
    if path.stat().st_size > LARGEST:
        raise BatchRejected("too_big", name)
    try:
        with zipfile.ZipFile(path) as packed:
            _weigh(packed, name)
            wrong = {title: _wrong_cells(packed, part, name) for title, part in _parts(packed, name).items()}
        with path.open("rb") as file:
            workbook = CalamineWorkbook.from_filelike(file)
            return [sheet for title in workbook.sheet_names if (sheet := _sheet(workbook, title, wrong))]
    except (zipfile.BadZipFile, zlib.error, CalamineError, expat.ExpatError, KeyError, NotImplementedError,
            EOFError, OSError, RuntimeError, ValueError, UnicodeDecodeError) as error:  # fmt: skip
        # Every way a damaged package or a hostile sheet shows itself to its parsers.
        code = "locked" if "password" in str(error).lower() or "encrypted" in str(error).lower() else "not_readable"
        raise BatchRejected(code, f"{name}: {error}"[:300]) from error


def _sheet(workbook: CalamineWorkbook, title: str, wrong: Mapping[str, Mapping[int, str]]) -> Sheet | None:
    rows = workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
    if not rows:
        return None
    header = [text(cell) or "" for cell in rows[0]]
    return Sheet(title, header, [list(row) for row in rows[1:]], wrong.get(title, {})) if any(header) else None


def _weigh(packed: zipfile.ZipFile, name: str) -> None:
    entries = packed.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    heavy = any(
        entry.file_size > 1 << 20 and entry.file_size > RATIO * max(entry.compress_size, 1) for entry in entries
    )
    if len(entries) > ENTRIES or unpacked > UNPACKED or heavy:
        raise BatchRejected("bomb", name)


def _read(packed: zipfile.ZipFile, part: str, limit: int) -> bytes:
    with packed.open(part) as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise ValueError(f"{part} is too large")
    return content


def _parts(packed: zipfile.ZipFile, name: str) -> dict[str, str]:
    """Which part of the package holds which sheet."""
    if "xl/workbook.xml" not in packed.namelist():
        raise BatchRejected("not_readable", name)
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "sheet":
            ids[attributes.get("name", "")] = next(
                (value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), ""
            )

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Relationship":
            target = attributes.get("Target", "")
            targets[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    _parse(_read(packed, "xl/workbook.xml", 4 << 20), sheet)
    _parse(_read(packed, "xl/_rels/workbook.xml.rels", 4 << 20), relation)
    return {title: targets[key] for title, key in ids.items() if targets.get(key) in packed.namelist()}


def _refuse(*_: object) -> None:
    raise ValueError("a document type definition has no place in a workbook")


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    return parser


def _parse(content: bytes, start: Any) -> None:
    parser = _parser()
    parser.StartElementHandler = start
    parser.Parse(content, True)


def _wrong_cells(packed: zipfile.ZipFile, part: str, name: str) -> dict[int, str]:
    """Where a sheet has formulas or errors; also the look at how wide and deep it claims to be."""
    found: dict[int, str] = {}
    cell, row, widest, deepest = "", 0, 0, 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal cell, row, widest, deepest
        match tag.rpartition(":")[2]:
            case "c":
                cell = attributes.get("r", "")
                if place := re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", cell):
                    row = int(place[2])
                    widest, deepest = max(widest, column_number(place[1])), max(deepest, row)
                    if widest * deepest > CELLS:  # a parser lays out the whole rectangle
                        raise BatchRejected("bomb", f"{name}: {cell}")
                if attributes.get("t") == "e":
                    found.setdefault(row, f"cell_error {cell}")
            case "f":
                found[row] = f"formula {cell}"

    parser = _parser()
    parser.StartElementHandler = start
    _feed(parser, packed.open(part), packed.getinfo(part).file_size, name)
    return found


def _feed(parser: expat.XMLParserType, file: IO[bytes], declared: int, name: str) -> None:
    read = 0
    with file:
        while block := file.read(1 << 20):
            read += len(block)
            if read > declared:
                raise BatchRejected("bomb", name)
            parser.Parse(block, False)
    parser.Parse(b"", True)
