"""Histories that know nothing of each other, put together so that an engine judges them all with one question."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from supervision.monitoring import schema
from supervision.monitoring.schema import Tables

# Whose a row is: one history's people, places and packs are not another's.
OWN = ("claim", "charge", "member", "institution", "practitioner", "scan", "course", "movement")
NAMED = frozenset({"institution", "practitioner", "member"})  # whom a list may speak of
SIGN = "|"


def apart(name: str, rows: Tables) -> dict[str, list[dict[str, object]]]:
    """A history with people, institutions, claims and packs of its own."""
    return {relation: [owned(name, relation, row) for row in some] for relation, some in rows.items()}


def owned(name: str, relation: str, row: Mapping[str, object]) -> dict[str, object]:
    if schema.is_knowledge(relation):
        return dict(row)
    own = {*OWN, "code"} if relation.startswith("scan") else {*OWN}
    return {key: f"{name}{SIGN}{value}" if key in own and value is not None else value for key, value in row.items()}


def together(worlds: Iterable[tuple[str, Tables]], lists: Tables) -> dict[str, list[dict[str, object]]]:
    """Histories over the same lists as one."""
    found: dict[str, list[dict[str, object]]] = defaultdict(list)
    names = []
    for name, rows in worlds:
        names.append(name)
        for relation, some in apart(name, rows).items():
            if not schema.is_knowledge(relation):
                found[relation] += some
    return {**found, **{relation: listed(relation, some, names) for relation, some in lists.items()}}


def listed(relation: str, rows: Sequence[Mapping[str, object]], names: Sequence[str]) -> list[dict[str, object]]:
    """A list as each history reads it: one that names institutions or practitioners names those of each."""
    if not NAMED & set(schema.types(relation)):
        return [dict(row) for row in rows]
    return [named(name, row) for name in names for row in rows]


def named(name: str, row: Mapping[str, object]) -> dict[str, object]:
    own = {*NAMED, "code"} if row.get("about") == "person" else NAMED
    return {key: f"{name}{SIGN}{value}" if key in own else value for key, value in row.items()}


def split(answer: Sequence[Mapping[str, object]]) -> dict[str, list[dict[str, object]]]:
    """An answer history by history, each in its own names."""
    found: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in answer:
        name = str(row["institution"]).partition(SIGN)[0]
        sign = f"{name}{SIGN}"
        found[name].append(
            {key: value.replace(sign, "") if isinstance(value, str) else value for key, value in row.items()}
        )
    return found
