"""From files to typed rows: every row of a batch in the engine, with what is wrong with it."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from claims import warehouse
from claims.checking import STORED, Cell, cells, fault_list, literal, quoted
from claims.profiles import Origin, Profile, Shape, WordTable, words
from claims.rejects import BatchRejected
from claims.sources import Source
from institutions.models import Institution
from supervision.invisible import IN_DUCKDB

if TYPE_CHECKING:
    from claims.models import Snapshot
    from institutions.models import Account

FAULTS = 'STRUCT("column" VARCHAR, code VARCHAR, "value" VARCHAR)[]'

# What only a pair of columns shows. Quantities are 10^-4, prices 10^-6: their product is 10^-8 fen.
# Doubles decide where they can; within a thousandth of the border whole numbers do.
PRODUCT = (
    "abs(amount - CAST(quantity AS DOUBLE) * price / 1e8) > 0.999 AND abs(quantity) <= 100000000000 "
    "AND price BETWEEN 0 AND 1000000000000000 AND abs(amount) <= 100000000000 AND "
    "abs(CAST(amount AS HUGEINT) * 100000000 - CAST(quantity AS HUGEINT) * price) > 100000000"
)
IN_ORDER = [("until", "ends_before", "until < since", "CAST(t_until AS VARCHAR)")]
BETWEEN = {
    **dict.fromkeys(("practitioners", "permits", "equipment", "filings"), IN_ORDER),
    "stock": [("quantity", "negative", "quantity < 0", "CAST(t_quantity AS VARCHAR)")],
    "lines": [("amount", "line_product", PRODUCT, "CAST(t_amount AS VARCHAR)")],
    "claims": [
        ("discharged", "required", "kind = 'inpatient' AND t_discharged IS NULL", "NULL"),
        *((column, "negative", f"{column} < 0", f"CAST(t_{column} AS VARCHAR)")
          for column in ("total", "eligible", "fund_paid", "account_paid", "cash_paid")),
    ],
}  # fmt: skip


# Bytes of files that are read as one. Fee lines are kept apart by file, because a file mostly holds one month.
READ_AS_ONE = 64 << 20
READ_AS_ONE_LINES = 2 << 20


def alike(one: Source, other: Source, shape: Shape) -> bool:
    """Whether two files can be read as one."""
    same = ("parquet" in (one.kind, other.kind)) <= (one.kind == other.kind)
    return same and one.layout == other.layout and _wanted(one, shape) == _wanted(other, shape)


@dataclass
class Load:
    """A batch on its way in."""

    number: int
    profile: Profile
    con: warehouse.Connection
    work: Path
    sources: list[Source] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    progress: Callable[[str, float], None] = lambda stage, share: None

    within: str = "true"  # a condition on institutions that may stand in it
    prefix: str = ""  # of the divisions whose institutions its register may speak of

    def only_for(self, account: "Account | None") -> None:
        """Bound the batch to what the account may bring: its territory's claims and institutions, or its own claims.

        Divisions say what every account sees, so only who sees the nation brings any.
        """
        if account is None:
            return
        if account.institution_id:
            self.within = f"code = {literal(account.institution_id)}"
            self._leave_aside(lambda table: table.register)
        elif account.territory is None:
            self.within = "false"
        elif prefix := account.territory.prefix:
            self.prefix, self.within = prefix, f"starts_with(division, {literal(prefix)})"
            self._leave_aside(lambda table: table.name == "divisions")

    def _leave_aside(self, table: Callable[[WordTable], bool]) -> None:
        shapes = tuple(shape for shape in self.profile.shapes if not table(shape.table))
        self.profile = replace(self.profile, shapes=shapes)

    def groups(self, table: str) -> Iterator[tuple[list[int], Shape]]:
        """The sources of a table of ours by their numbers; small ones of the same columns are read as one."""
        most = READ_AS_ONE_LINES if table == "lines" else READ_AS_ONE
        kept: list[int] = []
        of: Shape | None = None
        for number, shape in self._of(table):
            source = self.sources[number]
            fits = kept and shape is of and alike(self.sources[kept[0]], source, shape)
            if of is not None and not (fits and self._weight(kept) + source.size <= most):
                yield kept, of
                kept = []
            kept, of = [*kept, number], shape
        if of is not None:
            yield kept, of

    def _of(self, table: str) -> Iterator[tuple[int, Shape]]:
        for number, source in enumerate(self.sources):
            for shape in self.profile.shapes_of(source.stem):
                if shape.table.name == table and not shape.query:
                    yield number, shape

    def _weight(self, numbers: Sequence[int]) -> int:
        return sum(self.sources[number].size for number in numbers)

    def queries(self, table: str) -> list[Shape]:
        stems = {source.stem for source in self.sources}
        return [s for s in self.profile.shapes if s.table.name == table and s.query and stems.issuperset(s.files)]

    def read(self, query: str, numbers: Sequence[int]) -> None:
        """Run a query that reads sources. What a damaged file does to its parser is the file's fault."""
        try:
            self.con.execute(query)
        except warehouse.EngineError as error:
            read = [self.sources[number] for number in numbers]
            for source in read:
                if source.refusal is not None:
                    raise source.refusal from error
            by_us = warehouse.is_storage(error) or warehouse.is_exhausted(error)
            if by_us or not any(source.kind == "parquet" for source in read):
                raise
            raise BatchRejected("not_readable", f"{read[0].name}: {error}"[:300]) from error
        for number in numbers:
            self._note_torn(number)

    def _note_torn(self, number: int) -> None:
        if torn := self.sources[number].torn:  # where several tables come out of one file, each finds them
            self.con.executemany(
                "INSERT OR IGNORE INTO torn VALUES (?, ?, ?)", [(number, row, text) for row, text in torn]
            )
            self.sources[number].torn = []

    def one(self, query: str) -> tuple[object, ...]:
        row = self.con.execute(query).fetchone()
        assert row is not None
        return tuple(row)


def check_columns(load: Load) -> None:
    """Refuse a file without a required column, and say which columns and files are left aside."""
    known = [source for source in load.sources if load.profile.knows(source.stem)]
    for source in load.sources:
        if source not in known and source.stem not in load.profile.ignored:
            load.warnings.append(("unknown_file", f"{source.name} {source.sheet}".strip()))
    if not known:
        raise BatchRejected("unknown_files", ", ".join(source.name for source in load.sources)[:300])
    load.sources = known
    _check_files(load)
    for source in known:
        used: set[str] = set()
        for shape in load.profile.shapes_of(source.stem):
            used |= _check_shape(source, shape)
        if all(shape.check_columns for shape in load.profile.shapes_of(source.stem)):
            for column in sorted(set(source.columns) - used):
                load.warnings.append(
                    ("unknown_column", f"{source.name} {source.sheet}: {column[:60]}".replace(" :", ":"))
                )


def _check_files(load: Load) -> None:
    """Refuse a batch that brings some of the files a table is put together from, and not all."""
    stems = {source.stem for source in load.sources}
    for shape in load.profile.shapes:
        missing = set(shape.files) - stems
        if shape.query and missing and missing != set(shape.files):
            raise BatchRejected("missing_file", f"{shape.table.name}: {', '.join(sorted(missing))}")


def _check_shape(source: Source, shape: Shape) -> set[str]:
    used: set[str] = set()
    if shape.query:
        return used
    for name, origin in shape.origins.items():
        columns = {column.lower() for column in origin.columns}
        used |= columns
        missing = columns - set(source.columns) - {"repeat_value", "repeat_number"}
        if missing and shape.required(shape.table.words[name]):
            raise BatchRejected(
                "missing_column", f"{source.name} {source.sheet}: {', '.join(sorted(missing))}".replace(" :", ":")
            )
    return used


def read_all(load: Load, tables: Sequence[str]) -> None:
    """Make in_<table> for each table, with every row that was found."""
    for name in tables:
        _empty(load, name)
    load.con.execute("CREATE TABLE torn (file_no INTEGER, row BIGINT, text VARCHAR, PRIMARY KEY (file_no, row))")
    _read_raw(load)
    for name in tables:
        for numbers, query in rows_of(load, name):
            load.read(f"INSERT INTO in_{name} BY NAME {query}", numbers)


def keep_to_territory(load: Load, snapshot: "Snapshot | None") -> None:
    """Refuse register rows that speak of institutions, or of insured persons, outside the account's territory.

    Persons are registered where they are insured, which is a prefecture's business; a county may speak of all of it.
    """
    if not load.prefix:
        return
    brought = [code for (code,) in load.con.execute("SELECT DISTINCT code FROM in_institutions").fetchall()]
    others = Institution.objects.filter(pk__in=brought).exclude(division__code__startswith=load.prefix)
    area = load.prefix[:4]
    member = warehouse.relation(warehouse.TABLES["member"], warehouse.files(snapshot, "member"))
    latest = f"FROM ({member}) {warehouse.latest('member')}"
    elsewhere = f"member IN (SELECT member FROM ({latest}) WHERE NOT starts_with(insured_area, ?))"
    for table, column, code, condition, value in (
        ("institutions", "code", "unknown_institution", "code IN (SELECT unnest(?))",
         list(others.values_list("pk", flat=True))),
        ("institutions", "division", "unknown_division", "NOT starts_with(division, ?)", load.prefix),
        *(
            (table, column, "insured_elsewhere", condition, area)
            for table in ("members", "filings")
            for column, condition in (("insured_area", "NOT starts_with(insured_area, ?)"), ("member", elsewhere))
        ),
    ):  # fmt: skip
        fault = f"{{'column': '{column}', 'code': '{code}', 'value': {column}}}"
        faults = f"list_append(coalesce(faults, CAST([] AS {FAULTS})), {fault})"
        load.con.execute(f"UPDATE in_{table} SET faults = {faults} WHERE {condition}", [value])


def _empty(load: Load, name: str) -> None:
    columns = ", ".join(f"{word.name} {STORED[word.type]}" for word in words()[name].words.values())
    load.con.execute(f"CREATE TABLE in_{name} ({columns}, faults {FAULTS}, file_no INTEGER, row BIGINT)")


def rows_of(load: Load, table: str) -> Iterator[tuple[list[int], str]]:
    """SQL of a table's typed rows with the sources it reads. Run each once, before the next is asked for."""
    for numbers, shape in load.groups(table):
        load.progress("reading", numbers[0] / max(len(load.sources), 1))
        relation, types = _relation(load, numbers, shape)
        read = [load.sources[number] for number in numbers]
        checked = cells(shape, types, padded=any(s.padded for s in read), strange=any(s.strange for s in read))
        yield numbers, _typed(shape.table, checked, relation)
        load.con.unregister("raw")
    for shape in load.queries(table):
        found = load.con.execute(f"DESCRIBE {shape.query}").fetchall()
        types = {str(row[0]).lower(): str(row[1]) for row in found}
        checked = cells(_as_named(shape, types), types, padded=True, strange=True)
        yield [], _typed(shape.table, checked, f"SELECT *, NULL AS _cell FROM ({shape.query})")


def _as_named(shape: Shape, types: Mapping[str, str]) -> Shape:
    """A query already answers in our words."""
    return replace(shape, origins={name: Origin(column=name) for name in shape.table.words if name in types})


def _typed(table: WordTable, checked: Sequence[Cell], relation: str) -> str:
    text = ", ".join(f"{cell.text} AS t_{cell.word.name}" for cell in checked)
    values = ", ".join(f"{cell.value} AS {cell.word.name}" for cell in checked)
    named = ", ".join(cell.word.name for cell in checked)
    between = BETWEEN.get(table.name, [])
    faults = [fault for cell in checked for fault in cell.each()] + between
    quick = [cell.quick for cell in checked if cell.quick != "false"] + [condition for _c, _k, condition, _t in between]
    anything = " OR ".join(f"({condition})" for condition in [*quick, "_cell IS NOT NULL"])
    listed = (
        f"list_concat(CASE WHEN _cell IS NOT NULL THEN [{{'column': split_part(_cell, ' ', 2), "
        f"'code': split_part(_cell, ' ', 1), 'value': CAST(NULL AS VARCHAR)}}] ELSE [] END, {fault_list(faults)})"
    )
    return (
        f"SELECT {named}, CASE WHEN {anything} THEN {listed} END AS faults, file_no, row FROM ("
        f"SELECT *, {values} FROM (SELECT {text}, _cell, _file AS file_no, _row AS row FROM ({relation})))"
    )


def _relation(load: Load, numbers: Sequence[int], shape: Shape) -> tuple[str, dict[str, str]]:
    """SQL of the sources' rows as they came, and the types of their columns."""
    source = load.sources[numbers[0]]
    wanted = _wanted(source, shape)
    if source.kind == "parquet":
        relation, types = _parquet(load, numbers, wanted)
        odd = _odd(load, numbers, relation, types)
        for number in numbers:
            load.sources[number].padded = load.sources[number].strange = odd
    else:
        load.con.register("raw", _text_reader(load, numbers, wanted))
        types = dict.fromkeys(wanted, "VARCHAR")
        anything = ", ".join(quoted(column) for column in wanted)
        relation = f"SELECT * FROM raw WHERE coalesce({anything}, _cell) IS NOT NULL"  # a blank line is no row
    kept = [
        *(f"coalesce(CAST({quoted(column)} AS VARCHAR), '') <> {literal(value)}"
          for column, value in shape.skip.items() if column.lower() in types),
        *(f"CAST({quoted(column)} AS VARCHAR) = {literal(value)}" for column, value in shape.only.items()),
    ]  # fmt: skip
    if kept:
        relation = f"SELECT * FROM ({relation}) WHERE {' AND '.join(kept)}"
    if shape.repeat:
        listed = ", ".join(
            f"{{'repeat_number': {number}, 'repeat_value': CAST({quoted(column)} AS VARCHAR)}}"
            for number, column in enumerate(shape.repeat, 1) if column.lower() in types
        )  # fmt: skip
        relation = (
            f"SELECT * FROM (SELECT *, unnest([{listed}], recursive := true) FROM ({relation})) "
            "WHERE repeat_value IS NOT NULL"
        )
        types |= {"repeat_number": "BIGINT", "repeat_value": "VARCHAR"}
    return relation, types


def _odd(load: Load, numbers: Sequence[int], relation: str, types: Mapping[str, str]) -> bool:
    """Whether any text of a Parquet file has spaces around it or cannot be printed; one look saves a look a column."""
    texts = ", ".join(quoted(column) for column, kind in types.items() if kind == "VARCHAR" and column[0] != "_")
    if not texts:
        return False
    found = f"regexp_matches(concat_ws('|', {texts}), '{IN_DUCKDB}|(^|\\|)[ \u3000\u00a0]|[ \u3000\u00a0](\\||$)')"
    load.read(f"CREATE OR REPLACE TABLE odd AS SELECT 1 FROM ({relation}) WHERE {found} LIMIT 1", numbers)
    return load.one("SELECT count(*) FROM odd") != (0,)


def _wanted(source: Source, shape: Shape) -> list[str]:
    named = {column.lower() for origin in shape.origins.values() for column in origin.columns}
    named |= {column.lower() for column in (*shape.skip, *shape.only, *shape.repeat)}
    return sorted(named & set(source.columns))


def _text_reader(load: Load, numbers: Sequence[int], wanted: Sequence[str]) -> pa.RecordBatchReader:
    """The rows of text files one after the other, each with its file's number."""
    schema = pa.schema([*((column, pa.string()) for column in (*wanted,)), ("_row", pa.int64()), ("_cell", pa.string()),
                        ("_file", pa.int32())])  # fmt: skip

    def batches() -> Iterator[pa.RecordBatch]:
        for number in numbers:
            for batch in ahead(load.sources[number].batches(wanted, load.profile.empty)):
                file = pa.array(np.full(batch.num_rows, number, np.int32))
                yield pa.RecordBatch.from_arrays([*batch.columns, file], schema=schema)

    return pa.RecordBatchReader.from_batches(schema, batches())


def ahead(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Read a few batches ahead in a thread, so that parsing and checking go on side by side."""
    with ThreadPoolExecutor(1) as reader:
        source = iter(batches)
        waiting = deque(reader.submit(next, source, None) for _ in range(3))
        while (batch := waiting.popleft().result()) is not None:
            waiting.append(reader.submit(next, source, None))
            yield batch


def _parquet(load: Load, numbers: Sequence[int], wanted: Sequence[str]) -> tuple[str, dict[str, str]]:
    source = load.sources[numbers[0]]
    paths = [str(load.sources[number].path) for number in numbers]
    listed = ", ".join(literal(path) for path in paths)
    read = f"read_parquet([{listed}], file_row_number = true, filename = 'in_file', hive_partitioning = false)"
    names = ", ".join('"' + source.columns[column].replace('"', '""') + f'" AS {quoted(column)}' for column in wanted)
    file = f"list_extract({list(numbers)}, list_position([{listed}], in_file))" if len(paths) > 1 else str(numbers[0])
    place = f"file_row_number + 1 AS _row, CAST(NULL AS VARCHAR) AS _cell, {file} AS _file"
    relation = f"SELECT {names}, {place} FROM {read}"
    found = load.con.execute(f"DESCRIBE {relation}").fetchall()
    types = {str(row[0]): str(row[1]) for row in found}
    nested = [column for column in wanted if types[column].endswith("]") or types[column].startswith(("STRUCT", "MAP"))]
    if nested:
        raise BatchRejected("not_readable", f"{source.name}: {', '.join(nested)}")
    return relation, types


def _read_raw(load: Load) -> None:
    """Lay whole files under their own names, for profiles that put a table together from several."""
    wanted = {file for shape in load.profile.shapes if shape.query for file in shape.files} | set(load.profile.raw)
    made: set[str] = set()
    for number, source in enumerate(load.sources):
        if source.stem not in wanted:
            continue
        if source.kind == "parquet":
            relation, _types = _parquet(load, [number], list(source.columns))
        else:
            load.con.register("raw", _text_reader(load, [number], list(source.columns)))
            relation = "SELECT * FROM raw"
        into = f"INSERT INTO {source.stem} BY NAME" if source.stem in made else f"CREATE TABLE {source.stem} AS"
        load.read(f"{into} {relation}", [number])
        made.add(source.stem)
