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

LARGEST = 60 << 20  # bytes of the file
UNPACKED = 600 << 20
RATIO = 200  # a worksheet packs about 10 : 1
ENTRIES = 2000
CELLS = 20_000_000  # of all sheets, empty ones too: a parser lays out the whole rectangle
SPARSE = 2_000_000  # cells; a larger rectangle has at least one cell in FILLED that says something
FILLED = 50
ROWS_AT_ONCE = 20_000
OTHERS = {"content.xml", "xl/workbook.bin"}  # the parser would take the package for a workbook of another kind
ADDRESS = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")


class WorkbookRefused(Exception):
    """The file is not opened: bomb, too_big, locked or not_readable, and where."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail


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


@dataclass
class Look:
    """What a sheet holds, found before the parser lays it out."""

    part: str
    wrong: dict[int, str] = field(default_factory=dict)
    cells: int = 0
    texts: int = 0  # cells that point at a text of the package
    widest: int = 0
    deepest: int = 0

    @property
    def area(self) -> int:
        return self.widest * self.deepest


def open_workbook(path: Path, name: str) -> list[Sheet]:
    """The sheets of a workbook, after a look at what it would unpack to."""
    if path.stat().st_size > LARGEST:
        raise WorkbookRefused("too_big", name)
    try:
        with zipfile.ZipFile(path) as packed:
            _weigh(packed, name)
            looks = {title: _look(packed, part, name) for title, part in _parts(packed, name).items()}
            _weigh_cells(packed, list(looks.values()), name)
        with path.open("rb") as file:
            workbook = CalamineWorkbook.from_filelike(file)
            if workbook.sheet_names != list(looks):
                raise ValueError("not every sheet could be looked into")
            return [sheet for title, look in looks.items() if (sheet := _sheet(workbook, title, look.wrong))]
    except (zipfile.BadZipFile, zlib.error, CalamineError, expat.ExpatError, LookupError, NotImplementedError,
            EOFError, OSError, RuntimeError, ValueError) as error:  # fmt: skip
        # Every way a damaged package or a hostile sheet shows itself to its parsers.
        code = "locked" if "password" in str(error).lower() or "encrypted" in str(error).lower() else "not_readable"
        raise WorkbookRefused(code, f"{name}: {error}"[:300]) from error


def _sheet(workbook: CalamineWorkbook, title: str, wrong: Mapping[int, str]) -> Sheet | None:
    rows = workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
    if not rows:
        return None
    header = [text(cell) or "" for cell in rows[0]]
    return Sheet(title, header, [list(row) for row in rows[1:]], wrong) if any(header) else None


def _weigh(packed: zipfile.ZipFile, name: str) -> None:
    entries = packed.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    heavy = any(
        entry.file_size > 1 << 20 and entry.file_size > RATIO * max(entry.compress_size, 1) for entry in entries
    )
    if len(entries) > ENTRIES or unpacked > UNPACKED or heavy:
        raise WorkbookRefused("bomb", name)
    # Whatever two readers of a package could understand differently, the parser might open unseen.
    names = {entry.filename.lower() for entry in entries}
    if len(names) < len(entries) or names & OTHERS or packed.comment:
        raise WorkbookRefused("not_readable", name)


def _read(packed: zipfile.ZipFile, part: str, limit: int) -> bytes:
    with packed.open(part) as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise ValueError(f"{part} is too large")
    return content


def _parts(packed: zipfile.ZipFile, name: str) -> dict[str, str]:
    """Which part of the package holds which sheet."""
    if "xl/workbook.xml" not in packed.namelist():
        raise WorkbookRefused("not_readable", name)
    ids: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "sheet":
            ids.append((attributes["name"], attributes["r:id"]))

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Relationship":
            target = attributes.get("Target", "")
            targets[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    _parse(_read(packed, "xl/workbook.xml", 4 << 20), sheet)
    _parse(_read(packed, "xl/_rels/workbook.xml.rels", 4 << 20), relation)
    found = {title: targets[key] for title, key in ids}
    if len({*found.values()}) < len(ids):
        raise ValueError("two sheets of one name, or of one part")
    return found


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


def _look(packed: zipfile.ZipFile, part: str, name: str) -> Look:
    """Where a sheet has formulas or errors, and how wide and deep it claims to be."""
    look = Look(part)
    cell, row, of_row, column = "", 0, 0, 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal cell, row, of_row, column
        match tag.rpartition(":")[2]:
            case "c":
                cell, row, column = attributes.get("r", ""), of_row, column + 1
                if cell:
                    row, column = _place(cell)
                look.cells += 1
                look.widest, look.deepest = max(look.widest, column), max(look.deepest, row)
                kind = attributes.get("t")
                if kind == "s":
                    look.texts += 1
                elif kind == "e":
                    look.wrong.setdefault(row, f"cell_error {cell}")
            case "f":
                look.wrong[row] = f"formula {cell}"
            case "row":
                # An address may be left out; then it follows from the one before.
                of_row, column = _place(f"A{attributes['r']}")[0] if "r" in attributes else of_row + 1, 0

    _walk(packed, part, name, start)
    return look


def _place(cell: str) -> tuple[int, int]:
    """Row and column of an address."""
    if not (found := ADDRESS.fullmatch(cell)):
        raise ValueError(f"{cell[:20]} is no address of a cell")
    return int(found[2]), column_number(found[1])


def _weigh_cells(packed: zipfile.ZipFile, looks: Sequence[Look], name: str) -> None:
    """Refuse what a small package can make of itself: vast rectangles, and long texts that many cells point at."""
    sparse = any(look.area > max(SPARSE, FILLED * look.cells) for look in looks)
    if sparse or sum(look.area for look in looks) > CELLS:
        raise WorkbookRefused("bomb", name)
    pointing = sum(look.texts for look in looks)
    if not pointing:
        return
    lengths = _text_lengths(packed, name)
    most = max(lengths, default=0) * pointing
    # Which text each cell points at is only looked up where it could matter.
    if most > UNPACKED and sum(_written(packed, look.part, lengths, name) for look in looks) > UNPACKED:
        raise WorkbookRefused("bomb", name)


def _text_lengths(packed: zipfile.ZipFile, name: str) -> list[int]:
    """How long each text is that cells may point at."""
    lengths: list[int] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "si":
            lengths.append(0)

    def characters(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)

    for part in packed.namelist():
        if part.lower() == "xl/sharedstrings.xml":
            _walk(packed, part, name, start, characters)
    return lengths


def _written(packed: zipfile.ZipFile, part: str, lengths: Sequence[int], name: str) -> int:
    """How long the texts are together that the cells of a sheet point at: the parser gives each cell a copy."""
    total, number, points, reading = 0, "", False, False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal number, points, reading
        match tag.rpartition(":")[2]:
            case "c":
                points = attributes.get("t") == "s"
            case "v":
                number, reading = "", points

    def characters(text: str) -> None:
        nonlocal number
        number += text if reading else ""

    def end(tag: str) -> None:
        nonlocal total, reading
        if reading and tag.rpartition(":")[2] == "v":
            total, reading = total + lengths[int(number)], False

    _walk(packed, part, name, start, characters, end)
    return total


def _walk(packed: zipfile.ZipFile, part: str, name: str, start: Any, characters: Any = None, end: Any = None) -> None:
    parser = _parser()
    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, characters, end
    _feed(parser, packed.open(part), packed.getinfo(part).file_size, name)


def _feed(parser: expat.XMLParserType, file: IO[bytes], declared: int, name: str) -> None:
    read = 0
    with file:
        while block := file.read(1 << 20):
            read += len(block)
            if read > declared:
                raise WorkbookRefused("bomb", name)
            parser.Parse(block, False)
    parser.Parse(b"", True)
