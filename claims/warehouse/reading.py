"""Reading the warehouse: one published version, never half a batch."""

import os
import shutil
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

import duckdb
import pyarrow.parquet as pq
from deltalake import DeltaTable
from django.conf import settings

from claims.models import Snapshot

from .tables import REGISTERS, TABLES, Table, latest

Connection = duckdb.DuckDBPyConnection
EngineError = duckdb.Error

JUDGED = ("charge", "stay", "visit", "diagnosis", "operation", "scan")
LEFT_AFTER = 24 * 3600  # seconds
SOUND = "WHERE sound"


def root() -> str:
    """The folder of the warehouse."""
    return str(settings.WAREHOUSE)


def place(table: str) -> str:
    return f"{root()}/{table}"


def published() -> Snapshot | None:
    """The newest version that counts."""
    return Snapshot.objects.first()


@lru_cache(maxsize=256)
def _listing(address: str, version: int) -> tuple[tuple[str, str], ...]:
    """(month, file) of every file of a table at a version, which never changes."""
    found = DeltaTable(address, version=version).file_uris()
    months = (Path(file).parent.name.removeprefix("month=") for file in found)
    return tuple(sorted(zip(months, found, strict=True)))


def listing(snapshot: Snapshot | None, table: str) -> tuple[tuple[str, str], ...]:
    if snapshot is None or table not in snapshot.tables:
        return ()
    return _listing(place(table), snapshot.tables[table])


def files(snapshot: Snapshot | None, table: str, months: Sequence[str] | None = None) -> list[str]:
    """The Parquet files of a table at the snapshot's version, of these months only."""
    return [file for month, file in listing(snapshot, table) if months is None or month in months]


def months(snapshot: Snapshot | None) -> list[str]:
    """The months that hold claims, earliest first."""
    return sorted({month for table in JUDGED for month, _file in listing(snapshot, table)})


def months_around(month: str, back: int, ahead: int = 0) -> list[str]:
    """This month with those before and after it, earliest first: ('2026-01', 1) is 2025-12 and 2026-01."""
    year, number = int(month[:4]), int(month[5:])
    counted = [year * 12 + number - 1 + step for step in range(-back, ahead + 1)]
    return [f"{count // 12:04}-{count % 12 + 1:02}" for count in counted]


def memory_share(part: float = 0.4) -> int:
    """A part of this machine's memory, in megabytes."""
    return int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * part) >> 20


def connect(*, memory_mb: int | None = None, threads: int | None = None) -> Connection:
    """A private engine in memory that spills into the installation's own folder."""
    spills().mkdir(parents=True, exist_ok=True)
    con = duckdb.connect(
        config={
            "memory_limit": f"{memory_mb or memory_share()}MB",
            "threads": threads or os.cpu_count() or 1,
            # Engines that share a folder write over each other's files, and containers share numbers of processes.
            "temp_directory": str(spills() / f"spill-{uuid4().hex}"),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )
    con.execute("SET TimeZone = 'Asia/Shanghai'")
    return con


def spills() -> Path:
    return Path(settings.FUND_HOME) / "tmp"


def clear_spills() -> None:
    """Remove what killed engines have left: folders in which nothing was written for a day."""
    for folder in spills().glob("spill-*"):
        with suppress(FileNotFoundError):  # its engine may be closing it just now
            written = max(file.stat().st_mtime for file in (folder, *folder.iterdir()))
            if time.time() - written > LEFT_AFTER:
                shutil.rmtree(folder)


def is_exhausted(error: Exception) -> bool:
    """Whether the engine ran out of memory, rather than into a fault of what it read."""
    return isinstance(error, duckdb.OutOfMemoryException)


def relation(table: Table, found: Sequence[str]) -> str:
    """SQL of a table's rows in these files; of none, an empty relation of the same shape."""
    if not found:
        nothing = ", ".join(f"CAST(NULL AS {column.type}) AS {column.quoted}" for column in table.columns)
        return f"SELECT {nothing} WHERE false"
    return " UNION ALL ".join(_read(table, columns, files) for columns, files in _alike(table, found))


def _read(table: Table, present: frozenset[str], files: Sequence[str]) -> str:
    """SQL of files that hold these columns; the others, which came later, are empty."""
    listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    named = ", ".join(
        column.quoted if column.name in present else f"CAST(NULL AS {column.type}) AS {column.quoted}"
        for column in table.columns
    )
    return (
        f"SELECT {named} FROM read_parquet([{listed}], "
        f"hive_partitioning = {str(table.partitioned).lower()}, hive_types_autocast = false)"
    )


def _alike(table: Table, found: Sequence[str]) -> Iterator[tuple[frozenset[str], list[str]]]:
    """The files by the columns of the definition that they hold. One look a batch: its files were written together."""
    wanted, one = frozenset(table.names), {Path(file).name.partition("-")[0]: file for file in found}
    present = {batch: wanted & (_columns(file) | {"month"}) for batch, file in one.items()}
    for columns in sorted(set(present.values()), key=sorted):
        yield columns, [file for file in found if present[Path(file).name.partition("-")[0]] == columns]


@lru_cache(maxsize=4096)
def _columns(file: str) -> frozenset[str]:
    """The columns of a file; files are never changed."""
    return frozenset(pq.read_schema(file).names)


def view(
    con: Connection, name: str, snapshot: Snapshot | None, table: str, of: Sequence[str] | None, *, where: str = ""
) -> None:
    """Lay a table at the snapshot's version under a name of the engine."""
    con.execute(f"CREATE OR REPLACE VIEW {name} AS {selected(snapshot, table, of, where=where)}")


def selected(snapshot: Snapshot | None, table: str, of: Sequence[str] | None, *, where: str = "") -> str:
    """SQL of a table's rows in these months, or in all."""
    stored = relation(TABLES[table], files(snapshot, table, of))
    return f"SELECT {TABLES[table].select_list()} FROM ({stored}) {where}"


def brought(snapshot: Snapshot | None, table: str, batch: int, month: str | None = None) -> str:
    """SQL of a table's rows that a batch brought, all or those of a month: every file is of one batch."""
    found = [file for of, file in listing(snapshot, table) if is_of(file, batch) and month in (None, of)]
    return f"SELECT {TABLES[table].select_list()} FROM ({relation(TABLES[table], found)})"


def months_of(snapshot: Snapshot | None, table: str, batch: int) -> set[str]:
    """The months for which a batch brought rows of a table."""
    return {month for month, file in listing(snapshot, table) if is_of(file, batch)}


def brings(snapshot: Snapshot | None, table: str, batch: int) -> bool:
    """Whether a batch brought any rows of a table."""
    return any(is_of(file, batch) for _month, file in listing(snapshot, table))


def is_of(file: str, batch: int) -> bool:
    return Path(file).name.startswith(file_prefix(batch))


def file_prefix(batch: int) -> str:
    return f"b{batch}-"


def read(snapshot: Snapshot | None, table: str, of: Sequence[str], held: Mapping[str, str]) -> str:
    """SQL of a table's sound rows in these months: of those an engine holds under a name, the rest of the files."""
    parts = [f"FROM {held[month]}" for month in of if month in held]
    if files(snapshot, table, left := [month for month in of if month not in held]) or not parts:
        parts.append(selected(snapshot, table, left, where=SOUND))
    return " UNION ALL ".join(parts)


def attach(
    con: Connection,
    snapshot: Snapshot | None,
    *,
    month: str,
    back: int,
    ahead: int = 0,
    only: Collection[str] | None = None,
    held: Callable[[str], Mapping[str, str]] = lambda _table: {},
) -> None:
    """Lay out what a rule's page may read; `held` says which months of a table the engine holds, and as what."""
    for name, part in parts(month, back, ahead).items():
        if only is None or name in only:
            con.execute(f"CREATE OR REPLACE VIEW {name} AS {_laid_out(snapshot, part, held(part.table))}")
    for register in REGISTERS:
        if only is None or register in only:
            view(con, register, snapshot, register, None, where=latest_of(snapshot, register))


def _laid_out(snapshot: Snapshot | None, part: "Part", held: Mapping[str, str]) -> str:
    if not part.sound:
        mark = f", month = '{part.judged}' AS judged" if part.judged else ""
        return f"SELECT *{mark} FROM ({selected(snapshot, part.table, part.months)})"
    if not part.judged:
        return read(snapshot, part.table, part.months, held)
    others = [month for month in part.months if month != part.judged]
    rows = f"SELECT *, true AS judged FROM ({read(snapshot, part.table, [part.judged], held)})"
    if files(snapshot, part.table, others):
        rows += f" UNION ALL SELECT *, false AS judged FROM ({read(snapshot, part.table, others, held)})"
    return rows


@dataclass(frozen=True)
class Part:
    """What a relation of a page holds of a table: these months, sound claims only or all; which of them is judged."""

    table: str
    months: list[str]
    sound: bool = True
    judged: str = ""  # in a history only, whose column `judged` marks the rows of this month


def parts(month: str, back: int, ahead: int = 0) -> dict[str, Part]:
    """The relations of claims that a page over a month may read; registers are laid out whole."""
    around = months_around(month, back, ahead)
    own = {table: Part(table, [month]) for table in JUDGED}
    histories = {history(table): Part(table, around, judged=month) for table in JUDGED}
    unmarked = {name: Part(name, [month], sound=False) for name in ("fault", "stock")}
    return {**own, **histories, **unmarked, "stock_history": Part("stock", around, sound=False, judged=month)}


def latest_of(snapshot: Snapshot | None, register: str) -> str:
    """What keeps the latest word of a register; nothing where one batch brought all of it, or for another table."""
    if register not in REGISTERS:
        return ""
    batches = {Path(file).name.partition("-")[0] for file in files(snapshot, register)}
    return latest(register) if len(batches) > 1 else ""


def history(table: str) -> str:
    """The relation that holds what surrounds the judged month too."""
    return "history" if table == "charge" else f"{table}_history"
