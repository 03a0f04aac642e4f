"""Runs the worked examples of a page: on the node's engine, and in the desk's dialect."""

import datetime as dt
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import pyarrow as pa
from sqlglot import exp

from claims import warehouse
from claims.warehouse.tables import UNITS
from supervision.knowledge.lists import LISTS

from . import dialect, node
from .rulebook import Example, Row, Rule

Value = str | int | bool | dt.date | dt.datetime | None
Values = dict[str, Value]
Tables = Mapping[str, Sequence[Mapping[str, Value]]]

ARROW = {
    "VARCHAR": pa.string(),
    "BIGINT": pa.int64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
}

HISTORIES = {"charge": "history"} | {
    name: f"{name}_history" for name in ("stay", "visit", "diagnosis", "operation", "scan")
}
JUDGED = {history: name for name, history in HISTORIES.items()}
DAY, NOON = dt.date(2026, 3, 5), dt.time(12)
# What an ordinary claim has where an example says nothing; "-" says that a cell is empty.
ORDINARY: Values = {
    "institution": "North", "province": "990000", "area": "990100", "insured_area": "990100", "level": 2,
    "member": "Li", "sex": "1", "age": 40, "kind": "outpatient", "item": "X", "quantity": 10_000, "days": 1,
    "amount": 10_000, "total": 10_000, "eligible": 10_000, "paid": 7_000, "fund_ratio": 7_000, "pay_method": "item",
    "event": "sale", "number": 1, "place": "000000", "since": dt.date(2000, 1, 1), "until": dt.date(9999, 12, 31),
    "minutes": 60, "sound": True, "day": DAY, "done_at": dt.datetime.combine(DAY, NOON),
}  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """What an example expects, and what the page says: yuan at stake and certainty, by charge or else by claim."""

    expected: Mapping[str, Sequence[str]]
    said: Mapping[str, tuple[str, str]]

    def wrong(self) -> list[str]:
        """Where they differ, in words."""
        found = [f"{key} is not accused" for key in self.expected if key not in self.said]
        for key, said in self.said.items():
            if key not in self.expected:
                found.append(f"{key} is accused: {' '.join(said)}")
            elif odd := [word for word in self.expected[key] if word not in ("yes", *said)]:
                found.append(f"{key} is {' '.join(said)}, not {' '.join(odd)}")
        return found


def types(relation: str) -> Mapping[str, str]:
    """The columns of a relation that a page may read, with their types."""
    if relation == "code_list":
        return {"list": "VARCHAR", "code": "VARCHAR"}
    if relation.startswith("k_"):
        return LISTS[relation.removeprefix("k_")].types()
    return {column.name: column.type for column in warehouse.TABLES[JUDGED.get(relation, relation)].columns}


def tables(rule: Rule, example: Example) -> Tables:
    """The relations that the page reads, and those that say whose a claim is."""
    return {name: rows_of(rule, example, name) for name in rule.relations | {"stay", "visit", "charge"}}


def rows_of(rule: Rule, example: Example, relation: str) -> list[Values]:
    """The rows of a relation; history holds what is judged, and what the example adds."""
    given = {**rule.given, **example.tables}
    sources = [JUDGED[relation], relation] if relation in JUDGED else [relation]
    return [
        complete(relation, f"{source}{number}", row)
        for source in sources
        for number, row in enumerate(given.get(source, ()), 1)
    ]


def complete(relation: str, name: str, row: Row) -> Values:
    """A row of an example with the columns it leaves out."""
    kinds = types(relation)
    if unknown := set(row) - set(kinds) - {"flagged"}:
        raise KeyError(f"{relation} has no column {', '.join(sorted(unknown))}")
    told = {key: read(relation, key, kinds[key], text) for key, text in row.items() if text and key in kinds}
    values = {**{key: value for key, value in ORDINARY.items() if key in kinds}, **derived(told, name), **told}
    absent = {key: False if kind == "BOOLEAN" else None for key, kind in kinds.items()}
    return {**absent, **{key: value for key, value in values.items() if key in kinds}}


def read(relation: str, name: str, kind: str, text: str) -> Value:
    """A cell, in yuan and natural quantities, as the engines hold it."""
    if text == "-":
        return None
    match kind:
        case "DATE":
            return dt.date.fromisoformat(text)
        case "TIMESTAMP":
            at = dt.datetime.fromisoformat(text)
            return at if len(text) > 10 else at.replace(hour=12)
        case "BOOLEAN":
            return text in ("yes", "Y")
        case "BIGINT" if relation.startswith("k_"):
            columns = LISTS[relation.removeprefix("k_")].columns
            return next(column.value(text) for column in columns if column.name == name)
        case "BIGINT":
            return int(Decimal(text) * UNITS.get(name, 1))
    return text


def derived(told: Values, name: str) -> Values:
    """What intake works out of the rest."""
    found: Values = dict.fromkeys(("charge", "scan", "point"), name)
    found["claim"] = told.get("charge", name)
    item, illness = told.get("item"), told.get("illness")
    if isinstance(item, str):
        found |= {"name": item, "generic": item[: {"X": 10, "Z": 11}.get(item[0])]}
        found["item_kind"] = {"X": "drug", "Z": "drug", "T": "slice", "C": "consumable"}.get(item[0], "service")
    if isinstance(illness, str):
        found["category"] = illness[:3]
    if "amount" in told:
        found["eligible"] = told["amount"]
    return {**found, **times(told)}


def times(told: Values) -> Values:
    """Days of moments, and moments of days at noon."""
    found: Values = {}
    for at, on in (
        ("done_at", "day"),
        ("died_at", "died_on"),
        ("admitted", "admitted_on"),
        ("discharged", "discharged_on"),
    ):
        moment, day = told.get(at), told.get(on)
        if isinstance(moment, dt.datetime):
            found[on] = moment.date()
        elif isinstance(day, dt.date) and at == "done_at":
            found[at] = dt.datetime.combine(day, NOON)
    begin, end = found.get("admitted_on"), found.get("discharged_on")
    if isinstance(begin, dt.date) and isinstance(end, dt.date):
        found |= {"settled_at": told["discharged"], "bed_days": max(1, (end - begin).days)}
    return found


def on_node(rule: Rule, example: Example) -> Verdict:
    """The example by DuckDB, through the node's own queries."""
    return verdict(example, by_node(rule, tables(rule, example)), about=about(rule))


def on_desk(rule: Rule, example: Example) -> Verdict:
    """The example by SQLite, in the desk's dialect."""
    said = by_desk(rule, tables(rule, example))
    absent = {"role": "accused", "certainty": rule.certainty, "charge": None, "subject": None}
    return verdict(example, [{**absent, **row} for row in said], about=about(rule))


def about(rule: Rule) -> str:
    """The column that names whom the page accuses, where it accuses no claims: 'institution', 'practitioner'."""
    claims = [one.unalias() for one in rule.tree.selects if one.alias_or_name == "claim"]
    return rule.subject if all(isinstance(one, exp.Null) for one in claims) else ""


@cache
def engine() -> warehouse.Connection:
    """One for all examples: opening it takes longer than most of them."""
    return warehouse.connect(memory_mb=500, threads=1)


def by_node(rule: Rule, rows: Tables) -> list[Mapping[str, object]]:
    con = engine()
    for relation in sorted(rule.relations | {"stay", "visit", "charge"}):
        schema = pa.schema([(name, ARROW[kind]) for name, kind in types(relation).items()])
        con.register("rows", pa.Table.from_pylist(list(rows.get(relation, ())), schema))
        con.execute(f"CREATE OR REPLACE TABLE {relation} AS FROM rows")
    for table in ("stay", "visit"):
        con.execute(f"CREATE OR REPLACE VIEW any_{table} AS FROM {table}")
    con.execute(node.CLAIMS)
    answer: list[Mapping[str, object]] = node.answer(con, rule).to_pylist()
    return answer


def by_desk(rule: Rule, rows: Tables) -> list[Mapping[str, object]]:
    with closing(sqlite3.connect(":memory:")) as con:
        con.row_factory = sqlite3.Row
        for relation in sorted(rule.relations):
            names = list(types(relation))
            columns = ", ".join(f'"{name}"' for name in names)
            con.execute(f"CREATE TABLE {relation} ({columns})")
            stored = [[dialect.stored(row.get(name)) for name in names] for row in rows.get(relation, ())]
            con.executemany(f"INSERT INTO {relation} VALUES ({', '.join('?' * len(names))})", stored)
        return [dict(row) for row in con.execute(dialect.desk(rule.tree, rule.values))]


def verdict(
    example: Example, answer: Sequence[Mapping[str, object]], certainty: str = "", *, about: str = ""
) -> Verdict:
    stakes: dict[str, int] = defaultdict(int)
    sure: dict[str, str] = {}
    for row in answer:
        if row["role"] == "accused":
            key = str(row["charge"] or row["claim"] or row["subject"])
            stakes[key] += int(str(row["at_stake"] or 0))
            sure[key] = str(row["certainty"] or certainty)
    expected = {}
    for relation, rows in example.tables.items():
        for number, row in enumerate(rows, 1):
            if row.get("flagged"):
                values = complete(relation, f"{relation}{number}", row)
                named = (values.get("charge"), values.get("claim"), values.get("institution"))
                expected[str(values[about] if about else next(filter(None, named)))] = row["flagged"].split()
    return Verdict(expected, {key: (f"{Decimal(fen) / 100:.2f}", sure[key]) for key, fen in stakes.items()})
