"""What else one could ask per encounter: the same pages of PostgreSQL, and of DuckDB, over the same history as rows.

Both are asked one encounter after the other, by one connection, with nothing to read from a message and nothing to
keep, and only about pages that may say anything. The desk is timed likewise, without the server around it.
"""

import datetime as dt
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from psycopg2 import extensions
from psycopg2.extras import execute_values

from claims.warehouse import TABLES
from supervision.knowledge import loading
from supervision.monitoring import engines, node, schema
from supervision.monitoring.desk import keys
from supervision.monitoring.rulebook import Rule
from supervision.review import recalling
from supervision.review.asking import answering, library, reading
from supervision.review.messages import read

from .asking import Template
from .histories import BUNDLED, DRAWS, FIRST, MEMBER, open_relations
from .peer import in_postgres, owner, pour
from .sheet import Sheet

MEMBERS = 10_000  # whose history lies in PostgreSQL as rows
ASKED = 100  # encounters
MOMENT = "review"
CLAIM = "p.institution || ':' || d.n || 'J' || d.j"
SOURCES = {"charge": BUNDLED, **{name: FIRST.format(name) for name in ("visit", "stay", "diagnosis")}}
WHOSE = dict.fromkeys(SOURCES, "member = current_setting('peer.member')")
INDEXES = {
    "charge": ("member, item", "member, generic", "member, day"),
    "visit": ("member",), "stay": ("member",), "diagnosis": ("member, code",),
}  # fmt: skip


def measure(sheet: Sheet, templates: Sequence[Template]) -> None:
    """The same encounters of the same members, asked of each."""
    encounters = [_judged(template, number) for number, template in enumerate(templates[:ASKED])]
    _tell(sheet, "the desk, with what it fetches", _desk(encounters))
    with postgres() as session:
        _tell(sheet, "PostgreSQL", _in_postgres(session, encounters))
        _tell(sheet, "DuckDB, history handed to it", _in_duckdb(session, encounters))


def _tell(sheet: Sheet, who: str, seconds: Iterator[float]) -> None:
    taken = sorted(seconds)
    sheet.add(f"{who}: half of the encounters within", taken[len(taken) // 2] * 1000, "ms")
    sheet.add(f"{who}: 95 of 100 within", taken[len(taken) * 95 // 100] * 1000, "ms")
    sheet.add(f"{who}: one after the other", len(taken) / sum(taken), "encounters/s")


def _judged(template: Template, number: int) -> reading.Judged:
    request = template.signed(number=number, member=MEMBER.format(number * 97 % MEMBERS), run="peer")
    message = read(request.partition(b"\r\n\r\n")[2])
    place = recalling.institution(template.institution)
    (found,) = reading.judged(message, place, now=dt.datetime.now().replace(microsecond=0))  # noqa: DTZ005 - civil time
    return found


def _open(encounter: reading.Judged) -> list[Rule]:
    """The pages that may say anything of it."""
    with library.lent() as mine, mine.desk.review(encounter.tables) as desk:
        return [rule for rule in mine.known.of(MOMENT) if desk.opens(rule)]


def _desk(encounters: Sequence[reading.Judged]) -> Iterator[float]:
    with library.lent() as mine:
        answering.remarks(mine, encounters[0], MOMENT)  # a server has asked every page before
    for encounter in encounters:
        with library.lent() as mine:
            begun = time.perf_counter()
            answering.remarks(mine, encounter, MOMENT)
            yield time.perf_counter() - begun


# --- PostgreSQL -----------------------------------------------------------------------------------------


@contextmanager
def postgres() -> Iterator[extensions.connection]:
    """The lists, and a year of history of some members as rows, indexed as one would index them."""
    with owner() as session, session.cursor() as cursor:
        for relation in schema.CLAIMS:
            if relation not in schema.JUDGED:
                cursor.execute(f"CREATE UNLOGGED TABLE {relation} ({_columns(relation)})")
        for name, history in schema.HISTORIES.items():
            cursor.execute(f"CREATE UNLOGGED TABLE past_{name} ({_columns(name)})")
            cursor.execute(f"""CREATE VIEW {history} AS SELECT *, true AS judged FROM {name}
                UNION ALL SELECT *, false FROM past_{name} WHERE {WHOSE.get(name, "true")}""")
        con = open_relations()
        pipe = Path(settings.FUND_HOME) / "tmp" / "peer.csv"
        pipe.parent.mkdir(parents=True, exist_ok=True)
        for name, rows in SOURCES.items():
            cursor.execute(f"CREATE UNLOGGED TABLE source ({_columns(name)})")
            pour(con, f"SELECT {TABLES[name].select_list()} FROM ({rows})", session, "source", pipe)
            cursor.execute(_dealt(name))
            cursor.execute("DROP TABLE source")
            for on in INDEXES[name]:
                cursor.execute(f"CREATE INDEX ON past_{name} ({on})")
        for file in sorted(loading.relations(loading.version(), node.seen_codes()).glob("*.parquet")):
            cursor.execute(f"CREATE UNLOGGED TABLE {file.stem} ({_columns(file.stem)})")
            pour(con, f"SELECT * FROM read_parquet('{file}')", session, file.stem, pipe)
            cursor.execute(f"CREATE INDEX ON {file.stem} ({keys(file.stem)[0]})")
        cursor.execute("ANALYZE")
        yield session


def _columns(relation: str) -> str:
    return ", ".join(f'"{name}" {kind}' for name, kind in schema.types(relation).items())


def _dealt(name: str) -> str:
    """The same claims for the same members as the desk's history holds."""
    own = {"member": "d.member", "claim": CLAIM, "charge": f"{CLAIM} || ':' || split_part(s.charge, ':', 3)"}
    told = ", ".join(own.get(column, f's."{column}"') for column in schema.types(name))
    draws = DRAWS.format(first=0, last=MEMBERS - 1).replace("bench_pack", "public.bench_pack")
    return f"""INSERT INTO past_{name} SELECT {told} FROM ({draws}) AS d
        JOIN public.bench_pack AS p ON p.id = d.pack JOIN source AS s ON s.claim = p.claim"""


def _in_postgres(session: extensions.connection, encounters: Sequence[reading.Judged]) -> Iterator[float]:
    session.autocommit = False
    with session.cursor() as cursor:
        for encounter in encounters:
            pages = [in_postgres(rule) for rule in _open(encounter)]
            begun = time.perf_counter()
            _hand_over(cursor, encounter)
            for page in pages:
                cursor.execute(page)
                cursor.fetchall()
            yield time.perf_counter() - begun
            session.rollback()
    session.autocommit = True


def _hand_over(cursor: extensions.cursor, encounter: reading.Judged) -> None:
    cursor.execute("SELECT set_config('peer.member', %s, false)", [encounter.member])
    for relation in schema.HISTORIES:
        if rows := encounter.tables[relation]:
            names = list(schema.types(relation))
            columns = ", ".join(f'"{name}"' for name in names)
            values = [[row.get(name) for name in names] for row in rows]
            execute_values(cursor, f"INSERT INTO {relation} ({columns}) VALUES %s", values)


# --- DuckDB ---------------------------------------------------------------------------------------------


def _in_duckdb(session: extensions.connection, encounters: Sequence[reading.Judged]) -> Iterator[float]:
    engine = engines.Node()
    folder = loading.relations(loading.version(), node.seen_codes())
    engine.hand_over({name: library.rows(folder / f"{name}.parquet") for name in schema.knowledge()})
    for encounter in encounters:
        rules, tables = _open(encounter), _tables(session, encounter)
        begun = time.perf_counter()
        engine.hand_over(tables)
        for rule in rules:
            engine.answer(rule)
        yield time.perf_counter() - begun


def _tables(session: extensions.connection, encounter: reading.Judged) -> dict[str, Sequence[Mapping[str, Any]]]:
    """The encounter and its member's year, as rows of Python."""
    tables: dict[str, Sequence[Mapping[str, Any]]] = {name: encounter.tables[name] for name in schema.CLAIMS}
    with session.cursor() as cursor:
        cursor.execute("SELECT set_config('peer.member', %s, false)", [encounter.member])
        for name, history in schema.HISTORIES.items():
            cursor.execute(f"SELECT *, false AS judged FROM past_{name} WHERE {WHOSE.get(name, 'true')}")
            columns = [column[0] for column in cursor.description or ()]
            past = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
            tables[history] = [*encounter.tables[history], *past]
    return tables
