"""The same pages as set-based SQL in PostgreSQL, over the same claims, indexed as one would index them."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import sqlglot
from django.conf import settings
from psycopg2 import extensions
from sqlglot import exp
from sqlglot.dialects.postgres import Postgres
from sqlglot.generator import Generator
from sqlglot.generators.postgres import PostgresGenerator

from claims import warehouse
from supervision.knowledge import loading
from supervision.monitoring import dialect, node, schema
from supervision.monitoring.rulebook import Rule, rulebook

from .sheet import Sheet, watch

INDEXES = {
    "charge": ("item", "member, generic, day", "member, item, day", "claim", "charge"),
    "stay": ("member", "claim"),
    "visit": ("claim",),
    "diagnosis": ("member, code", "claim"),
    "operation": ("claim",),
    "scan": ("code",),
    "stock": ("item, institution",),
    "member": ("member",),
    "registration": ("practitioner",),
}
JUDGED = ("charge", "stay", "visit", "diagnosis", "operation", "scan")
LONGEST = 30  # seconds a page may take before it is given up


def division(writer: Generator, part: exp.IntDiv) -> str:
    return f"({writer.sql(part, 'this')} / {writer.sql(part, 'expression')})"


def difference(writer: Generator, part: exp.DateDiff) -> str:
    later, earlier = writer.sql(part, "this"), writer.sql(part, "expression")
    if part.text("unit").upper() == "DAY":
        return f"(CAST({later} AS DATE) - CAST({earlier} AS DATE))"
    return f"CAST(EXTRACT(EPOCH FROM {later} - {earlier}) AS BIGINT)"


class Writer(PostgresGenerator):
    """The pages' words in PostgreSQL: days subtract to whole numbers, moments to intervals."""

    TRANSFORMS = PostgresGenerator.TRANSFORMS | {exp.IntDiv: division, exp.DateDiff: difference}


class Peer(Postgres):
    Generator = Writer


def in_postgres(rule: Rule) -> str:
    """A page as PostgreSQL reads it."""
    return sqlglot.parse_one(dialect.node(rule.tree, rule.values), read="duckdb").sql(dialect=Peer)


@contextmanager
def owner() -> Iterator[extensions.connection]:
    """A session that may make tables, in a schema of its own that is dropped in the end."""
    place = settings.DATABASE_OWNER
    session = psycopg2.connect(
        dbname=place["NAME"],
        user=place["USER"],
        password=place["PASSWORD"],
        host=place["HOST"],
        port=place["PORT"] or None,
    )
    session.autocommit = True
    try:
        with session.cursor() as cursor:
            cursor.execute("DROP SCHEMA IF EXISTS peer CASCADE; CREATE SCHEMA peer; SET search_path = peer")
            cursor.execute("SET work_mem = '1GB'; SET maintenance_work_mem = '1GB'")
        yield session
    finally:
        with session.cursor() as cursor:
            cursor.execute("DROP SCHEMA IF EXISTS peer CASCADE")
        session.close()


def pour(con: warehouse.Connection, query: str, session: extensions.connection, table: str, pipe: Path) -> None:
    """Rows of a DuckDB query into a PostgreSQL table, through a named pipe."""
    pipe.unlink(missing_ok=True)
    os.mkfifo(pipe)
    command = f"COPY ({query}) TO '{pipe}' (FORMAT csv, HEADER false)"
    writing = threading.Thread(target=con.execute, args=[command])
    writing.start()
    with pipe.open("rb") as rows, session.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} FROM STDIN (FORMAT csv)", rows)
    writing.join()
    pipe.unlink()


def load(session: extensions.connection, con: warehouse.Connection, folder: Path) -> None:
    """Every relation that a page may read, months together; history is the same rows."""
    snapshot, pipe = warehouse.published(), Path(settings.FUND_HOME) / "tmp" / "peer.csv"
    pipe.parent.mkdir(parents=True, exist_ok=True)
    with session.cursor() as cursor:
        for name in (*JUDGED, "stock", "fault", *warehouse.REGISTERS):
            table = warehouse.TABLES[name]
            columns = ", ".join(f'"{column.name}" {column.type}' for column in table.columns)
            cursor.execute(f"CREATE UNLOGGED TABLE {name} ({columns})")
            where = "WHERE sound" if name in JUDGED else warehouse.latest_of(snapshot, name)
            warehouse.view(con, f"peer_{name}", snapshot, name, None, where=where)
            pour(con, f"SELECT {table.select_list()} FROM peer_{name}", session, name, pipe)
            for on in INDEXES.get(name, ()):
                cursor.execute(f"CREATE INDEX ON {name} ({on})")
            if history := schema.HISTORIES.get(name):
                cursor.execute(f"CREATE VIEW {history} AS SELECT *, true AS judged FROM {name}")
        for file in sorted(folder.glob("*.parquet")):
            shape = con.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(file)]).fetchall()
            columns = ", ".join(f'"{column[0]}" {column[1]}' for column in shape)
            cursor.execute(f"CREATE UNLOGGED TABLE {file.stem} ({columns})")
            pour(con, f"SELECT * FROM read_parquet('{file}')", session, file.stem, pipe)
            cursor.execute(f"CREATE INDEX ON {file.stem} ({shape[1][0]})")
        cursor.execute("ANALYZE")


def measure(sheet: Sheet) -> None:
    """Load all months, then ask every page over all of them at once: the way that suits PostgreSQL best."""
    con = warehouse.connect()
    folder = loading.relations(loading.version(), node.seen_codes())
    with owner() as session, session.cursor() as cursor:
        with watch() as loading_up:
            load(session, con, folder)
        cursor.execute("SELECT count(*) FROM charge")
        charges = int((cursor.fetchone() or [0])[0])
        sheet.add("charges loaded and indexed in PostgreSQL", charges, "charges")
        sheet.add("loading and indexing", charges / loading_up.seconds, "charges/s")
        cursor.execute(f"SET statement_timeout = '{LONGEST}s'")
        total, rules = 0.0, 0
        for code, rule in rulebook().items():
            with watch() as asking:
                try:
                    cursor.execute(f"SELECT count(*) FROM ({in_postgres(rule)}) AS answer")
                    told = f"{int((cursor.fetchone() or [0])[0]):,} rows"
                except psycopg2.errors.QueryCanceled:
                    told = f"given up after {LONGEST} s"
                except psycopg2.Error as refusal:
                    print(f"  {code} is not understood: {refusal}".rstrip())
                    continue
            total, rules = total + asking.seconds, rules + 1
            sheet.add(f"{code} in PostgreSQL, {told}", charges / asking.seconds, "charges/s")
        sheet.add("PostgreSQL, all rules together", total, "s")
        sheet.add("PostgreSQL, all rules together", charges * rules / total, "charge-rules/s")
