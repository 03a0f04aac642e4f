"""Runs the worked examples of a page: on the node's engine, and in the desk's dialect."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlglot import exp

from claims.warehouse.tables import UNITS
from supervision.knowledge.lists import LISTS

from . import engines
from .rulebook import Example, Row, Rule
from .schema import JUDGED, is_list, types

Value = str | int | bool | dt.date | dt.datetime | None
Values = dict[str, Value]
Tables = Mapping[str, Sequence[Mapping[str, Value]]]

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


def tables(rule: Rule, example: Example) -> Tables:
    """The relations that the page reads, and those that say whose a claim is."""
    return {name: rows_of(rule, example, name) for name in rule.relations | {"stay", "visit", "charge"}}


def rows_of(rule: Rule, example: Example, relation: str) -> list[Values]:
    """The rows of a relation; history holds what is judged, and what the example adds."""
    given = {**rule.given, **example.tables}
    sources = [JUDGED[relation], relation] if relation in JUDGED else [relation]
    return [
        complete(relation, f"{source}{number}", row if source == relation else {**row, "judged": "yes"})
        for source in sources
        for number, row in enumerate(given.get(source, ()), 1)
    ]


def complete(relation: str, name: str, row: Row) -> Values:
    """A row of an example with the columns it leaves out."""
    kinds = types(relation)
    if unknown := set(row) - set(kinds) - {"flagged", "judged"}:
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
        case "BIGINT" if is_list(relation):
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


def on(scale: str, rule: Rule, example: Example) -> Verdict:
    """The example by one of the engines: desk, node or cluster."""
    return verdict(example, by(scale, rule, tables(rule, example)), about=about(rule))


def on_node(rule: Rule, example: Example) -> Verdict:
    """The example by DuckDB, through the node's own queries."""
    return on("node", rule, example)


def on_desk(rule: Rule, example: Example) -> Verdict:
    """The example by SQLite, in the desk's dialect."""
    return on("desk", rule, example)


def about(rule: Rule) -> str:
    """The column that names whom the page accuses, where it accuses no claims: 'institution', 'practitioner'."""
    claims = [one.unalias() for one in rule.tree.selects if one.alias_or_name == "claim"]
    return rule.subject if all(isinstance(one, exp.Null) for one in claims) else ""


def by(scale: str, rule: Rule, rows: Tables) -> Sequence[Mapping[str, object]]:
    """What an engine answers about these rows; of what they do not name, there is nothing."""
    engine = engines.engine(scale)
    engine.hand_over({name: rows.get(name, ()) for name in sorted(engines.needed(rule))})
    return engine.answer(rule)


def by_node(rule: Rule, rows: Tables) -> Sequence[Mapping[str, object]]:
    return by("node", rule, rows)


def by_desk(rule: Rule, rows: Tables) -> Sequence[Mapping[str, object]]:
    return by("desk", rule, rows)


def with_given(rule: Rule, page: Rule) -> Rule:
    """The rule, asked in the surroundings that another page's examples are given."""
    return replace(rule, given=page.given)


def verdict(
    example: Example, answer: Sequence[Mapping[str, object]], certainty: str = "", *, about: str = ""
) -> Verdict:
    stakes: dict[str, int] = defaultdict(int)
    sure: dict[str, str] = {}
    for row in answer:
        if row["role"] == "accused":
            key = str(row["charge"] or row["claim"] or row.get("subject"))
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
