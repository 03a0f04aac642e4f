"""The desk: pages over one encounter and its member's recent history, run by SQLite in memory.

Days are days and moments seconds since 1970. The lists are loaded and indexed once; an encounter's rows come for a
review and go with it. A page is written for SQLite once for each of its sets of values, then kept by its hash.
"""

import datetime as dt
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from claims import warehouse
from supervision.knowledge.lists import LISTS

from . import dialect, gating, schema
from .rulebook import ANSWER, CERTAINTIES, Rule
from .schema import Tables
from .writing import EPOCH

Row = dict[str, object]
Values = Mapping[str, int | str | bool]
# A page may read, and reckon: nothing else is allowed while one is compiled.
READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}
FUNCTIONS = {"sum", "min", "max", "count", "lag", "row_number", "coalesce"}
LONGEST = 5.0  # seconds a page may take: a clerk waits
# Two ways into the history, no more: each costs every review, and what is judged is a few lines.
INDEXES = {"history": ("item", "generic"), "scan_history": ("code",)}
# What a row is kept under: the first of these that it says.
NAMED = ("finding", "charge", "claim", "subject")
# About as many rows as an encounter has with its member's recent history: the plans are made for that.
SPECIMEN = {
    "charge": 20, "history": 200, "stay": 1, "stay_history": 3, "visit": 1, "visit_history": 12, "diagnosis": 4,
    "diagnosis_history": 30, "operation": 1, "operation_history": 2, "scan": 10, "scan_history": 60, "member": 1,
}  # fmt: skip
MOMENT = dt.datetime.combine(EPOCH, dt.time())


class NotWhole(Exception):
    """A page's amounts went beyond what SQLite keeps exactly: such an answer is none."""


@dataclass(frozen=True)
class Page:
    """A rule's page for one set of values, ready to be asked."""

    sql: str
    gates: tuple[gating.Gate, ...]
    kinds: Mapping[str, str]


class Desk:
    """One worker's engine: a connection of its own, for one thread."""

    def __init__(self) -> None:
        self._con = sqlite3.connect(":memory:", isolation_level=None, cached_statements=1024)
        self._asking = False
        self._until = 0.0
        self._pages: dict[tuple[object, ...], Page] = {}
        self._handed: dict[str, Sequence[Mapping[str, object]]] = {}
        self._columns: dict[tuple[str, str], frozenset[object]] = {}
        self._con.set_authorizer(self._allowed)
        self._con.set_progress_handler(lambda: self._asking and time.monotonic() > self._until, 100_000)
        for relation in (*schema.CLAIMS, *schema.knowledge()):
            self._make(relation)

    def hand_over(self, rows: Tables) -> None:
        """These rows take the place of what the relations named held; all of it, or nothing."""
        self._con.execute("BEGIN")
        try:
            for relation, some in rows.items():
                self._fill(relation, some)
            self._con.execute("COMMIT")
        except BaseException:
            self._con.execute("ROLLBACK")
            raise

    def know(self, lists: Tables) -> None:
        """The lists as they stand. How much there is of everything is told once, with an encounter of usual size."""
        self.hand_over(lists)
        with self.review({name: [specimen(number) for number in range(count)] for name, count in SPECIMEN.items()}):
            self._con.execute("ANALYZE")

    @contextmanager
    def review(self, rows: Tables) -> Iterator["Desk"]:
        """An encounter and its surroundings, for as long as it is judged; in histories `judged` marks its own rows."""
        try:
            self.hand_over({relation: rows.get(relation, ()) for relation in schema.CLAIMS})
            yield self
        finally:
            self.hand_over(dict.fromkeys(schema.CLAIMS, ()))

    def answer(self, rule: Rule) -> Sequence[Row]:
        """What the rule says about the encounter, in its types, with its defaults."""
        variants = rule.variants()
        if len(variants) == 1:
            return self._answer(rule, variants[0])
        found = []
        for values in variants:
            rows = self._answer(rule, values)
            elsewhere = {
                row["finding"] for row in rows if row["role"] == "accused" and not self._holds(rule, values, row)
            }
            found += [row for row in rows if row["finding"] not in elsewhere]
        return found

    def _answer(self, rule: Rule, values: Values) -> list[Row]:
        page = self._page(rule, values)
        if not gating.is_open(page.gates, self._meet):
            return []
        self._asking, self._until = True, time.monotonic() + LONGEST
        try:
            rows = self._con.execute(page.sql).fetchall()
        finally:
            self._asking = False
        return [completed(rule, page, row) for row in rows]

    def _page(self, rule: Rule, values: Values) -> Page:
        key = (rule.hash, *sorted(values.items()))
        if key not in self._pages:
            self._pages[key] = Page(dialect.desk(rule.tree, values), gating.gates(rule.tree), kinds(rule))
        return self._pages[key]

    def _allowed(self, action: int, what: str | None, name: str | None, *_place: object) -> int:
        """SQLite asks before it compiles anything; what is compiled is kept, so a page is asked about once."""
        if not self._asking:
            return sqlite3.SQLITE_OK
        internal = action == sqlite3.SQLITE_READ and str(what).startswith("sqlite_")
        other = action == sqlite3.SQLITE_FUNCTION and str(name).lower() not in FUNCTIONS
        return sqlite3.SQLITE_DENY if action not in READING or internal or other else sqlite3.SQLITE_OK

    def _make(self, relation: str) -> None:
        columns = ", ".join(f'"{name}"' for name in schema.types(relation))
        self._con.execute(f"CREATE TABLE {relation} ({columns})")
        for key in keys(relation):
            self._con.execute(f"CREATE INDEX by_{relation}_{key} ON {relation} ({key})")

    def _fill(self, relation: str, rows: Sequence[Mapping[str, object]]) -> None:
        if self._handed.get(relation):
            self._con.execute(f"DELETE FROM {relation}")
        self._handed[relation] = rows
        for known in [known for known in self._columns if known[0] == relation]:
            del self._columns[known]
        if rows:
            names = list(schema.types(relation))
            stored = [[dialect.stored(row.get(name)) for name in names] for row in rows]
            self._con.executemany(f"INSERT INTO {relation} VALUES ({', '.join('?' * len(names))})", stored)

    def _meet(self, meeting: gating.Meeting) -> bool:
        return not self._in(meeting.judged, meeting.column).isdisjoint(self._in(meeting.listed, meeting.key))

    def _in(self, relation: str, column: str) -> frozenset[object]:
        """The values of a column, collected when they are first asked for."""
        known = self._columns.get((relation, column))
        if known is None:
            rows = self._handed.get(relation, ())
            if relation in schema.JUDGED:
                rows = [row for row in rows if row.get("judged")]
            known = frozenset(row.get(column) for row in rows) - {None}
            self._columns[relation, column] = known
        return known

    def _holds(self, rule: Rule, values: Values, row: Row) -> bool:
        """Whether these values are those of the claim's place and day."""
        for relation, day in (("stay", "admitted_on"), ("visit", "day")):
            for claim in self._handed.get(relation, ()):
                if claim["claim"] == row["claim"]:
                    return rule.values_at(str(claim["province"]), str(claim["area"]), claim[day]) == values  # type: ignore[arg-type]
        return True


def specimen(number: int) -> Mapping[str, object]:
    """A row like any other; of forty items, or readings of as many packs."""
    return {"member": "m", "item": f"i{number % 40}", "generic": f"g{number % 30}", "code": f"c{number % 40}"}


def keys(relation: str) -> tuple[str, ...]:
    """The columns by which the desk looks a relation up."""
    if relation == "code_list":
        return ("code", "list")
    if schema.is_list(relation):
        shape = LISTS[relation.removeprefix("k_")]
        return tuple(name for name in shape.key if shape.types()[name] == "VARCHAR")
    return INDEXES.get(relation, ())


def completed(rule: Rule, page: Page, row: Sequence[object]) -> Row:
    """An answer with what a page need not say; refused where an amount is no whole number any more."""
    said = dict(zip(rule.answered, row, strict=True))
    for name in ("at_stake", "units"):
        if not isinstance(said.get(name, 0), int | None):
            raise NotWhole(f"{rule.code}: {name} is {said[name]!r}")
    if said["at_stake"] is None:
        raise NotWhole(f"{rule.code}: at_stake is unknown")
    answer = {name: said.get(name) for name in ANSWER}
    answer["role"] = "accused" if answer["role"] is None else answer["role"]
    answer["finding"] = next((answer[name] for name in NAMED if answer[name] is not None), None)
    lower = CERTAINTIES[: CERTAINTIES.index(rule.certainty)]
    answer["certainty"] = answer["certainty"] if answer["certainty"] in lower else rule.certainty
    return answer | {name: natural(page.kinds[name], said[name]) for name in rule.evidence}


def natural(kind: str, value: object) -> object:
    """A value of SQLite in the type that the page means."""
    if value is None or not isinstance(value, int):
        return value
    match kind:
        case "DATE":
            return EPOCH + dt.timedelta(value)
        case "TIMESTAMP":
            return MOMENT + dt.timedelta(seconds=value)
        case "BOOLEAN":
            return bool(value)
    return value


@cache
def _shapes() -> warehouse.Connection:
    """Relations without rows, to ask of what type a column is: SQLite does not know."""
    con = warehouse.connect(memory_mb=100, threads=1)
    for relation in (*schema.CLAIMS, *schema.knowledge()):
        columns = ", ".join(f'"{name}" {kind}' for name, kind in schema.types(relation).items())
        con.execute(f"CREATE TABLE {relation} ({columns})")
    return con


def kinds(rule: Rule) -> Mapping[str, str]:
    """The types of the columns that a rule answers."""
    described = _shapes().execute(f"DESCRIBE {dialect.node(rule.tree, rule.values)}").fetchall()
    return {row[0]: row[1] for row in described}
