"""The desk: pages over one encounter and its member's recent history, run by SQLite in memory.

Days are days and moments seconds since 1970. The lists are loaded and indexed once; an encounter's rows come for a
review and go with it. A page is written for SQLite once for each of its sets of values, then kept by its hash.
"""

import datetime as dt
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
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

_asking = threading.Lock()  # one thread at a time asks DuckDB for types


class NotWhole(Exception):
    """A page's amounts went beyond what SQLite keeps exactly: such an answer is none."""


@dataclass(frozen=True)
class Page:
    """A rule's page for one set of values, ready to be asked."""

    values: Values
    sql: str
    gates: tuple[gating.Gate, ...]
    kinds: Mapping[str, str]
    answered: tuple[str, ...]
    evidence: tuple[str, ...]


Pages = dict[str, tuple[Page, ...]]  # by the hash of the rule's page


@dataclass(frozen=True)
class Shape:
    """How a relation is laid down: its columns, and which of them hold days or moments."""

    names: tuple[str, ...]
    timed: tuple[int, ...]
    insert: str


class Desk:
    """An engine of its own, for one thread at a time."""

    def __init__(self, *, like: "Desk | None" = None, pages: "Pages | None" = None) -> None:
        """An empty one, or one like another, with its lists. Pages that were written before need not be again."""
        self._con = sqlite3.connect(":memory:", isolation_level=None, cached_statements=1024, check_same_thread=False)
        self._asking = False
        self._until = 0.0
        self._handed: dict[str, Sequence[Mapping[str, object]]] = {}
        self._columns: dict[str, dict[str, frozenset[object]]] = {}
        self.pages: Pages = like.pages if like else dict(pages or {})
        if like:
            like._con.backup(self._con)
            self._handed |= like._handed
        self._con.set_authorizer(self._allowed)
        self._con.set_progress_handler(lambda: self._asking and time.monotonic() > self._until, 100_000)
        if not like:
            for relation in (*schema.CLAIMS, *schema.knowledge()):
                self._make(relation)

    def close(self) -> None:
        self._con.close()

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

    def add(self, relation: str, rows: Sequence[Mapping[str, object]]) -> None:
        """These rows, too."""
        self._insert(relation, rows)
        handed = self._handed.get(relation, ())
        if relation in schema.JUDGED and handed and not any(row.get("judged") for row in rows):
            return  # gates ask for what is judged alone
        self._handed[relation] = [*handed, *rows]
        self._columns.pop(relation, None)

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
        pages = self.written(rule)
        if len(pages) == 1:
            return self._answer(rule, pages[0])
        found = []
        for page in pages:
            rows = self._answer(rule, page)
            elsewhere = {
                row["finding"] for row in rows if row["role"] == "accused" and not self._holds(rule, page.values, row)
            }
            found += [row for row in rows if row["finding"] not in elsewhere]
        return found

    def rehearse(self, rules: Iterable[Rule]) -> None:
        """Write these rules' pages and ask each once of nothing, so that it is compiled when it is needed."""
        for rule in rules:
            for page in self.written(rule):
                with suppress(sqlite3.Error):  # it will say so when it is asked in earnest
                    self._rows(page)

    def opens(self, rule: Rule) -> bool:
        """Whether the rule may say anything about what is judged."""
        return any(gating.is_open(page.gates, self._meet) for page in self.written(rule))

    def written(self, rule: Rule) -> tuple[Page, ...]:
        """The rule's pages, written when they are first asked for."""
        found = self.pages.get(rule.hash)
        if found is None:
            found = self.pages[rule.hash] = written(rule)
        return found

    def _answer(self, rule: Rule, page: Page) -> list[Row]:
        if not gating.is_open(page.gates, self._meet):
            return []
        return [completed(rule, page, row) for row in self._rows(page)]

    def _rows(self, page: Page) -> list[Sequence[object]]:
        return self.ask(page.sql)

    def ask(self, sql: str) -> list[Sequence[object]]:
        """What a page says that is no rule's."""
        self._asking, self._until = True, time.monotonic() + LONGEST
        try:
            return self._con.execute(sql).fetchall()
        finally:
            self._asking = False

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
        self._columns.pop(relation, None)
        if rows:
            self._insert(relation, rows)

    def _insert(self, relation: str, rows: Sequence[Mapping[str, object]]) -> None:
        shape = shape_of(relation)
        laid = [list(map(row.get, shape.names)) for row in rows]
        for row in laid:
            for place in shape.timed:
                if row[place] is not None:
                    row[place] = dialect.stored(row[place])
        self._con.executemany(shape.insert, laid)

    def values(self, relation: str, column: str) -> frozenset[object]:
        """What stands in a column of a list, or of what is judged."""
        return self._in(relation, column)

    def _meet(self, meeting: gating.Meeting) -> bool:
        return not self._in(meeting.judged, meeting.column).isdisjoint(self._in(meeting.listed, meeting.key))

    def _in(self, relation: str, column: str) -> frozenset[object]:
        """The values of a column, collected when they are first asked for."""
        columns = self._columns.setdefault(relation, {})
        if column not in columns:
            rows = self._handed.get(relation, ())
            if relation in schema.JUDGED:
                rows = [row for row in rows if row.get("judged")]
            columns[column] = frozenset(row.get(column) for row in rows) - {None}
        return columns[column]

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
    said = dict(zip(page.answered, row, strict=True))
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
    return answer | {name: natural(page.kinds[name], said[name]) for name in page.evidence}


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


def written(rule: Rule) -> tuple[Page, ...]:
    """The rule's page for each set of values that may hold somewhere."""
    answered = tuple(rule.answered)
    evidence = tuple(name for name in answered if name not in ANSWER)
    gates, told = gating.gates(rule.tree), kinds(rule)
    return tuple(
        Page(values, dialect.desk(rule.tree, values), gates, told, answered, evidence) for values in rule.variants()
    )


@cache
def shape_of(relation: str) -> Shape:
    types = schema.types(relation)
    timed = tuple(place for place, kind in enumerate(types.values()) if kind in ("DATE", "TIMESTAMP"))
    return Shape(tuple(types), timed, f"INSERT INTO {relation} VALUES ({', '.join('?' * len(types))})")


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
    with _asking:
        described = _shapes().execute(f"DESCRIBE {dialect.node(rule.tree, rule.values)}").fetchall()
    return {row[0]: row[1] for row in described}
