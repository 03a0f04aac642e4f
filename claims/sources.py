"""The files of a batch: what each one is, proved by its content, and its rows with the place each stood in."""

import codecs
import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from claims.rejects import BatchRejected
from supervision import invisible
from supervision.workbooks import RATIO, Sheet, WorkbookRefused, open_workbook

BLOCK = 4 << 20
LONGEST = 1 << 20  # bytes of a line
WIDEST = 2000  # columns; the national tables have 106
SUFFIXES = {".csv", ".txt", ".tsv", ".parquet", ".xlsx"}


@dataclass
class Source:
    """One table of rows in a file: a CSV or Parquet file, or a sheet of a workbook."""

    path: Path
    name: str
    kind: str
    digest: str
    size: int
    stem: str
    columns: dict[str, str]  # lower-case name: name in the file
    sheet: str = ""
    padded: bool = True  # a value may have spaces around it
    strange: bool = True  # a value may hold characters that cannot be printed
    quoted: bool = True
    delimiter: str = ","
    skip_bytes: int = 0
    layout: str = ""  # types of the columns, where the file has any
    workbook: Sheet | None = None
    torn: list[tuple[int, str]] = field(default_factory=list)  # rows without the right number of values
    refusal: BatchRejected | None = None  # why reading stopped

    def batches(self, wanted: Sequence[str], empty: Sequence[str] = ()) -> pa.RecordBatchReader:
        """The wanted columns as text with `_row`, the physical row, and `_cell`, what is wrong with its cells."""
        if self.workbook is not None:
            return self.workbook.reader(wanted)
        return _csv_reader(self, wanted, empty)


def stem_of(name: str) -> str:
    """'lines-2026-01.csv' holds lines."""
    stem = name.lower()
    for mark in ("-", "."):
        stem = stem.partition(mark)[0]
    return stem


def listed(paths: Sequence[Path]) -> list[Path]:
    """The files at these places, folders opened."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        found += [file for file in inside if file.is_file() and file.suffix.lower() in SUFFIXES]
    return found


def opened(path: Path, *, work: Path, name: str = "") -> list[Source]:
    """The tables in one file. `work` is a folder for a copy in UTF-8 where one is needed."""
    name = name or path.name
    with path.open("rb") as file:
        start = file.read(8)
    if start[:4] == b"PAR1":
        return [_parquet(path, name)]
    if start[:2] == b"PK":
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        return [
            Source(path, name, "xlsx", digest, path.stat().st_size, stem_of(sheet.title),
                   _columns(sheet.header, f"{name}/{sheet.title}"), sheet=sheet.title, workbook=sheet)
            for sheet in _sheets(path, name)
        ]  # fmt: skip
    if start == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise BatchRejected("locked", name)
    if start[:2] == b"\x1f\x8b" or start[:4] in (b"%PDF", b"\x28\xb5\x2f\xfd"):
        raise BatchRejected("not_readable", name)
    return [_csv(path, name, work)]


def _sheets(path: Path, name: str) -> list[Sheet]:
    try:
        return open_workbook(path, name)
    except WorkbookRefused as refusal:
        raise BatchRejected(refusal.code, refusal.detail) from refusal


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _columns(header: Sequence[str], name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for column in header:
        key = column.strip().lower()
        if "\0" in key:  # no store of ours holds one
            raise BatchRejected("not_readable", name)
        if key in found:
            raise BatchRejected("duplicate_column", f"{name}: {column[:60]}")
        if key:
            found[key] = column
    if not found:
        raise BatchRejected("no_header", name)
    if len(header) > WIDEST:
        raise BatchRejected("too_big", f"{name}: {len(header)} columns")
    return found


def _parquet(path: Path, name: str) -> Source:
    try:
        with pq.ParquetFile(path) as file:
            schema, described = file.schema_arrow, file.metadata
            groups = [described.row_group(number) for number in range(described.num_row_groups)]
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise BatchRejected("not_readable", f"{name}: {error}"[:300]) from error
    # A claim's row takes some bytes however it is packed; repeated values can be written to take none.
    least = max(path.stat().st_size, 1 << 20)
    rows, unpacked = sum(group.num_rows for group in groups), sum(group.total_byte_size for group in groups)
    if rows > least or unpacked > RATIO * least:
        raise BatchRejected("bomb", name)
    columns = _columns(schema.names, name)
    layout = schema.remove_metadata().to_string()
    return Source(path, name, "parquet", digest_of(path), path.stat().st_size, stem_of(name), columns, layout=layout)


# --- CSV ----------------------------------------------------------------------------------------------------


@dataclass
class Sight:
    """What one pass over the bytes of a text file saw."""

    digest: str = ""
    encoding: str = "utf-8"
    padded: bool = False
    strange: bool = False
    quoted: bool = False


def _look(path: Path, name: str) -> Sight:
    """Digest, encoding and oddities of a text file in one pass, whole lines at a time."""
    sight, digest = Sight(), hashlib.sha256()
    place, line, wide = 0, 1, False
    with path.open("rb") as file:
        while lines := file.read(BLOCK):
            lines += file.readline(LONGEST)
            if len(lines) >= BLOCK + LONGEST:
                raise BatchRejected("not_readable", name)
            digest.update(lines)
            if sight.encoding == "utf-8" and not lines.isascii():
                bad = _first_bad(lines, "utf-8")
                if bad < len(lines):
                    # Where letters of three bytes have made sense so far, this is broken UTF-8, not GB18030.
                    if wide or any(ord(letter) >= 0x800 for letter in lines[:bad].decode("utf-8")):
                        row = line + lines.count(b"\n", 0, bad)
                        raise BatchRejected("not_text", f"{name}: byte {place + bad + 1}, row {row}")
                    sight.encoding = "gb18030"
                wide = wide or bool(np.count_nonzero(np.frombuffer(lines, np.uint8) >= 0xE0))
            _note(sight, lines)
            place += len(lines)
            line += lines.count(b"\n")
    # A quotation mark left open swallows rows into a value; the line breaks in it give it away.
    sight.strange = sight.strange or sight.quoted
    sight.digest = digest.hexdigest()
    return sight


def _first_bad(block: bytes, encoding: str) -> int:
    try:
        block.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start
    return len(block)


def _note(sight: Sight, lines: bytes) -> None:
    sight.quoted = sight.quoted or b'"' in lines
    letters = np.frombuffer(lines, np.uint8)
    if not sight.strange:
        small = int(np.count_nonzero(letters < 32))
        sight.strange = small != lines.count(b"\n") + lines.count(b"\r") or b"\x7f" in lines
    sight.strange = sight.strange or invisible.stands_in(lines)
    if not sight.padded:
        spaces = np.flatnonzero(letters[1:-1] == 32)
        sight.padded = b"\t" in lines or bool(EDGE[letters[spaces]].any() or EDGE[letters[spaces + 2]].any())
    if not sight.padded and np.count_nonzero((letters == 0xE3) | (letters == 0xC2)):
        sight.padded = b"\xe3\x80\x80" in lines or b"\xc2\xa0" in lines  # spaces of other scripts


# What stands beside a value: delimiters, quotation marks, line ends, further spaces.
EDGE = np.zeros(256, bool)
EDGE[np.frombuffer(b',;|"\t\r\n ', np.uint8)] = True


def _in_utf8(path: Path, name: str, work: Path) -> Path:
    """A copy in UTF-8 of a file in GB18030, decoded strictly."""
    target = work / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.utf8"
    decoder = codecs.getincrementaldecoder("gb18030")("strict")
    place = 0
    with path.open("rb") as file, target.open("w", encoding="utf-8", newline="") as copy:
        while True:
            block = file.read(BLOCK)
            try:
                copy.write(decoder.decode(block, final=not block))
            except UnicodeDecodeError as error:
                bad = max(place + error.start, 0)
                with path.open("rb") as again:
                    line = again.read(bad).count(b"\n") + 1
                raise BatchRejected("not_text", f"{name}: byte {bad + 1}, row {line}") from error
            if not block:
                return target
            place += len(block) - len(decoder.getstate()[0])


def _csv(path: Path, name: str, work: Path) -> Source:
    sight = _look(path, name)
    size, text = path.stat().st_size, path
    if sight.encoding != "utf-8":
        text = _in_utf8(path, name, work)
        sight.padded = sight.strange = True
    with text.open("rb") as file:
        start = file.read(1 << 20)
    skip = 3 if start.startswith(codecs.BOM_UTF8) else 0
    first = start[skip:].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").partition("\n")[0]
    if "\0" in first or not first.strip():
        raise BatchRejected("not_readable" if "\0" in first else "no_header", name)
    delimiter = max(",\t;|", key=first.count)
    try:
        header = next(csv.reader(io.StringIO(first), delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        raise BatchRejected("no_header", name) from error
    return Source(
        text, name, "csv", sight.digest, size, stem_of(name), _columns(header, name), padded=sight.padded,
        strange=sight.strange, quoted=sight.quoted, delimiter=delimiter, skip_bytes=skip,
    )  # fmt: skip


def _csv_reader(source: Source, wanted: Sequence[str], empty: Sequence[str]) -> pa.RecordBatchReader:
    """Stream a CSV file; torn rows go to `source.torn` with their number."""
    names = [source.columns[column] for column in wanted]
    schema = pa.schema([*((column, pa.string()) for column in wanted), ("_row", pa.int64()), ("_cell", pa.string())])
    torn: list[tuple[int, str, int]] = []

    def skip(row: pyarrow.csv.InvalidRow) -> str:
        # A blank line counts as a line and is no row.
        torn.append((row.number, row.text, row.actual_columns))
        return "skip"

    def rows() -> Iterator[pa.RecordBatch]:
        before, folded = 0, 0
        with source.path.open("rb") as raw:
            raw.seek(source.skip_bytes)
            try:
                reader = pyarrow.csv.open_csv(
                    raw,
                    pyarrow.csv.ReadOptions(use_threads=False, block_size=BLOCK),
                    pyarrow.csv.ParseOptions(
                        delimiter=source.delimiter,
                        quote_char='"' if source.quoted else False,
                        newlines_in_values=source.quoted,
                        ignore_empty_lines=False,
                        invalid_row_handler=skip,
                    ),
                    pyarrow.csv.ConvertOptions(
                        column_types={name: pa.string() for name in names},
                        include_columns=names,
                        strings_can_be_null=True,
                        null_values=["", *empty],
                    ),
                )
                for batch in reader:
                    numbers = _row_numbers(batch.num_rows, before, torn)
                    before += batch.num_rows
                    places = pa.array(numbers)
                    if source.quoted:
                        places, folded = _unfold(batch, places, folded)
                    nothing = pa.nulls(batch.num_rows, pa.string())
                    yield pa.RecordBatch.from_arrays([*batch.columns, places, nothing], schema=schema)
            except pa.ArrowInvalid as error:
                # The engine that reads this stream shows no cause, so the refusal waits here.
                source.refusal = BatchRejected("quotes", f"{source.name}: {before + len(torn) + 2}")
                raise source.refusal from error
        source.torn += [(number, text[:200]) for number, text, width in torn if text.strip() and width]

    return pa.RecordBatchReader.from_batches(schema, rows())


def _row_numbers(count: int, before: int, torn: Sequence[tuple[int, str, int]]) -> np.ndarray:
    """Numbers of the next `count` good rows, the header being row 1 and torn rows taking theirs."""
    numbers = np.arange(before + 2, before + 2 + count, dtype=np.int64)
    if torn:
        # The i-th torn row has number t: i good or torn rows before it, so t - i good ones.
        holes = np.array([number - index for index, (number, _text, _width) in enumerate(torn)], dtype=np.int64)
        numbers += np.searchsorted(holes, numbers, side="right")
    return numbers


def _unfold(batch: pa.RecordBatch, places: pa.Array, folded: int) -> tuple[pa.Array, int]:
    """Count the line breaks inside quoted values, so that a row's number is that of its first line."""
    breaks = sum(
        np.asarray(pc.fill_null(pc.count_substring(column, "\n"), 0).to_numpy(zero_copy_only=False), dtype=np.int64)
        for column in batch.columns
    )
    total = np.cumsum(breaks)
    shift = folded + np.concatenate(([0], total[:-1])) if len(total) else np.array([], dtype=np.int64)
    return pa.array(places.to_numpy() + shift), folded + (int(total[-1]) if len(total) else 0)
