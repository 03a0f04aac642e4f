"""Writing the warehouse: one writer, whole batches, nothing visible until it is published."""

import errno
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from deltalake import CommitProperties, DeltaTable, Field, Transaction
from deltalake.exceptions import DeltaError
from deltalake.transaction import AddAction, RemoveAction
from django.db import connection

from claims.models import Snapshot

from .reading import file_prefix, listing, place, published
from .tables import TABLES, Table

ARROW = {
    "VARCHAR": pa.string(),
    "BIGINT": pa.int64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
}
WRITER = 0x636C61696D73  # "claims": the advisory lock of the one writer


StoreError = DeltaError
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EFBIG)
FULL_TOLD = ("no space left", "os error 28", "disk quota", "input/output error", "could not write")


class Occupied(Exception):
    """Another process is writing the warehouse."""


def schema(table: Table) -> pa.Schema:
    return pa.schema([(column.name, ARROW[column.type]) for column in table.columns])


def _lock(statement: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, [WRITER])
        answer = cursor.fetchone()
    return bool(answer and answer[0])


@contextmanager
def writer(*, wait: float = 0.0) -> Iterator[None]:
    """Be the one writer, or raise Occupied. The lock dies with the process that holds it."""
    until = time.monotonic() + wait
    while not _lock("SELECT pg_try_advisory_lock(%s)"):
        if time.monotonic() >= until:
            raise Occupied
        time.sleep(0.2)
    try:
        yield
    finally:
        _lock("SELECT pg_advisory_unlock(%s)")


def still_writer() -> bool:
    """Whether this very session holds the lock; asked inside the publishing transaction."""
    return _lock("SELECT pg_try_advisory_xact_lock(%s)")


def _opened(table: Table) -> DeltaTable:
    address = place(table.name)
    if not DeltaTable.is_deltatable(address):
        Path(address).mkdir(parents=True, exist_ok=True)
        DeltaTable.create(address, schema(table), partition_by=["month"] if table.partitioned else None)
    delta = DeltaTable(address)
    known = {field.name for field in delta.schema().fields}
    if later := [column for column in table.columns if column.name not in known]:
        # Our own reader knows what older files lack; other engines ask the table.
        delta.alter.add_columns([Field.from_arrow(pa.field(one.name, ARROW[one.type])) for one in later])
        delta = DeltaTable(address)
    return delta


def restore(snapshot: Snapshot | None) -> None:
    """Set every table back to what is published: a killed writer's commits never counted."""
    for table in TABLES.values():
        if not DeltaTable.is_deltatable(place(table.name)):
            continue
        wanted = snapshot.tables.get(table.name, 0) if snapshot else 0
        delta = DeltaTable(place(table.name))
        if delta.version() > wanted and set(delta.file_uris()) != {
            file for _month, file in listing(snapshot, table.name)
        }:
            delta.restore(wanted)


def clear(batch: int) -> None:
    """Remove the files of a batch that never counted."""
    for table in TABLES:
        for file in Path(place(table)).rglob(f"{file_prefix(batch)}*.parquet"):
            file.unlink()


def stage(folder: Path, name: str, rows: pa.Table) -> Path:
    """Lay rows of a table out as the warehouse's files will be: a folder a month."""
    table, target = TABLES[name], folder / name
    rows = rows.select(table.names).cast(schema(table))
    months = pc.unique(rows["month"]).to_pylist() if table.partitioned else [None]
    for month in months:
        part = rows if month is None else rows.filter(pc.equal(rows["month"], month)).drop_columns(["month"])
        inside = target / f"month={month}" if month else target
        inside.mkdir(parents=True, exist_ok=True)
        pq.write_table(part, inside / "0.parquet")
    return target


def _moved_in(table: Table, staged: Path, batch: int) -> Iterable[AddAction]:
    """Bring a batch's files to their place, under names that say whose they are."""
    base = Path(place(table.name))
    for number, file in enumerate(sorted(staged.rglob("*.parquet"))):
        rows = pq.read_metadata(file).num_rows
        if not rows:
            continue
        inside = file.parent.relative_to(staged)
        target = base / inside / f"{file_prefix(batch)}{number}-{time.time_ns():x}.parquet"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(file, target)
        yield AddAction(
            path=str(target.relative_to(base)),
            size=target.stat().st_size,
            partition_values={"month": inside.name.removeprefix("month=")} if table.partitioned else {},
            modification_time=int(time.time() * 1000),
            data_change=True,
            stats=f'{{"numRecords": {rows}}}',
        )


def _ended(table: Table, snapshot: Snapshot | None, batch: int) -> Iterable[RemoveAction]:
    """Every file holds the rows of one batch only, so a batch ends by its files."""
    base = Path(place(table.name))
    for month, file in listing(snapshot, table.name):
        if Path(file).name.startswith(file_prefix(batch)):
            yield RemoveAction(
                path=str(Path(file).relative_to(base)),
                data_change=True,
                deletion_timestamp=int(time.time() * 1000),
                partition_values={"month": month} if table.partitioned else {},
            )


def write(batch: int, tables: Mapping[str, Path], *, ended: int | None = None, tried: int = 1) -> dict[str, int]:
    """Commit a batch's staged files and end another's; answers the version of every table, for the snapshot.

    Nobody sees any of it until a Snapshot names these versions. Call it as the one writer.
    """
    snapshot = published()
    restore(snapshot)
    clear(batch)
    versions = dict(snapshot.tables) if snapshot else {}
    for name, table in TABLES.items():
        actions: list[AddAction | RemoveAction] = []
        if ended is not None:
            actions += _ended(table, snapshot, ended)
        if name in tables:
            actions += _moved_in(table, tables[name], batch)
        if not actions:
            continue
        delta = _opened(table)
        delta.create_write_transaction(
            actions,
            "append",
            schema(table),
            partition_by=["month"] if table.partitioned else None,
            commit_properties=CommitProperties(app_transactions=[Transaction(f"batch-{batch}", tried)]),
        )
        committed = DeltaTable(place(name))
        if {Path(file).name for file in committed.file_uris()} != _names(table, snapshot, actions):
            raise Occupied  # a writer that has lost its turn, and not noticed yet, committed in between
        versions[name] = committed.version()
    return versions


def _names(table: Table, snapshot: Snapshot | None, actions: Iterable[AddAction | RemoveAction]) -> set[str]:
    """The files of a table at the snapshot's version, as these actions change them."""
    names = {Path(file).name for _month, file in listing(snapshot, table.name)}
    for action in actions:
        (names.add if isinstance(action, AddAction) else names.discard)(Path(action.path).name)
    return names


def forget(batch: int) -> None:
    """Remove what a failed batch has written. A store too full for that is set right by the next writer."""
    with suppress(OSError, DeltaError):
        clear(batch)
        restore(published())


def is_storage(error: Exception) -> bool:
    """Whether the storage failed, rather than the programme."""
    if isinstance(error, OSError) and error.errno in FULL:
        return True
    return any(told in str(error).lower() for told in FULL_TOLD)
