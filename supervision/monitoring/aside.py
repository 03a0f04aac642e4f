"""Asks rules about claims that are in no warehouse: their tables are laid beside it, in an engine of their own.

They are judged with what the warehouse knows of the same members, and leave no trace.
"""

import logging
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from claims import warehouse
from claims.models import Snapshot
from supervision.knowledge import loading

from . import node, schema
from .desk import Desk, NotWhole
from .rulebook import Rule
from .shaping import Shaped, shape

# What surrounds a row: what was done for the same member; of a pack that was scanned, its other readings.
SHARED = dict.fromkeys(schema.HISTORIES, "member") | {"scan": "code"}
LAID_OUT = ("charge", "stay", "visit", "diagnosis", "operation", "scan")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Said:
    """What a rule says; nothing where it could not be asked."""

    rule: Rule
    shaped: Shaped | None


def answers(
    rules: Sequence[Rule], made: Mapping[str, Path], *, snapshot: Snapshot | None, knowledge_version: int
) -> Iterator[Said]:
    """What each rule says about the claims whose tables lie in these folders."""
    lists = loading.relations(knowledge_version, node.seen_codes())
    with warehouse.connect() as con:
        lay_out(con, made, snapshot, back=max((rule.back for rule in rules), default=0))
        for rule in rules:
            node.lay_out(con, rule, lists)
            answer = confined(con, rule) if rule.stored else node.answer(con, rule)
            yield Said(rule, None if answer is None else shape(rule, "", answer))


def confined(con: warehouse.Connection, rule: Rule) -> pa.Table | None:
    """A page that was written on the site is asked by the desk, which lets it only read, and ends it in time."""
    rows = {name: con.sql(f"FROM {name}").to_arrow_table().to_pylist() for name in rule.relations}
    desk = Desk()
    try:
        desk.hand_over(rows)
        return pa.Table.from_pylist([dict(row) for row in desk.answer(rule)])
    except (NotWhole, sqlite3.Error):
        log.exception("%s could not be asked aside", rule.code)
        return None


def lay_out(con: warehouse.Connection, made: Mapping[str, Path], snapshot: Snapshot | None, *, back: int) -> None:
    """The relations that pages read: the claims themselves are judged, and what surrounds them stands beside."""
    for table in LAID_OUT:
        con.execute(f"CREATE TABLE own_{table} AS {own(table, made)}")
        con.execute(f"CREATE VIEW {table} AS FROM own_{table} WHERE sound")
    con.execute("CREATE VIEW any_stay AS FROM own_stay; CREATE VIEW any_visit AS FROM own_visit")
    con.execute("CREATE TABLE own AS SELECT claim FROM own_stay UNION SELECT claim FROM own_visit")
    con.execute(node.CLAIMS)
    around = months_of(con, back)
    for table in LAID_OUT:
        con.execute(f"CREATE TABLE {schema.HISTORIES[table]} AS {surrounded(table, snapshot, around)}")
    con.execute(f"CREATE VIEW fault AS {own('fault', made)}")
    con.execute(f"CREATE VIEW stock AS {own('stock', made)}")
    con.execute("CREATE VIEW stock_history AS SELECT *, true AS judged FROM stock")
    for register in warehouse.REGISTERS:
        warehouse.view(con, register, snapshot, register, None, where=warehouse.latest_of(snapshot, register))


def own(table: str, made: Mapping[str, Path]) -> str:
    """SQL of the rows laid out for a table, in the columns of the warehouse."""
    shaped = warehouse.TABLES[table]
    found = sorted(str(file) for file in made[table].rglob("*.parquet")) if table in made else []
    return f"SELECT {shaped.select_list()} FROM ({warehouse.relation(shaped, found)})"


def surrounded(table: str, snapshot: Snapshot | None, around: Sequence[str]) -> str:
    """SQL of a history. A claim that the warehouse holds, too, is taken as it was told just now."""
    known = warehouse.selected(snapshot, table, around, where="WHERE sound")
    return (
        f"SELECT *, true AS judged FROM {table} UNION ALL SELECT *, false AS judged FROM ({known}) "
        f"WHERE {SHARED[table]} IN (SELECT {SHARED[table]} FROM {table}) "
        "AND coalesce(claim, '') NOT IN (SELECT claim FROM own)"
    )


def months_of(con: warehouse.Connection, back: int) -> list[str]:
    """The months in which the claims lie, and those before them that a page may look back to."""
    months = con.execute("SELECT DISTINCT month FROM own_stay UNION SELECT DISTINCT month FROM own_visit").fetchall()
    return sorted({around for (month,) in months for around in warehouse.months_around(month, back)})
