"""The relations that pages read: their names, and the columns of each."""

from collections.abc import Mapping, Sequence
from functools import cache

import pyarrow as pa

from claims import warehouse
from supervision.knowledge.lists import LISTS

Tables = Mapping[str, Sequence[Mapping[str, object]]]

ARROW = {
    "VARCHAR": pa.string(),
    "BIGINT": pa.int64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
}
HISTORIES = {"charge": "history"} | {
    name: f"{name}_history" for name in ("stay", "visit", "diagnosis", "operation", "scan", "stock")
}
JUDGED = {history: name for name, history in HISTORIES.items()}
CLAIMS = (*HISTORIES, *JUDGED, *warehouse.REGISTERS, "fault")


@cache
def types(relation: str) -> Mapping[str, str]:
    """The columns of a relation that a page may read, with their types."""
    if relation == "code_list":
        return {"list": "VARCHAR", "code": "VARCHAR"}
    if is_list(relation):
        return LISTS[relation.removeprefix("k_")].types()
    columns = {column.name: column.type for column in warehouse.TABLES[table_of(relation)].columns}
    return {**columns, "judged": "BOOLEAN"} if relation in JUDGED else columns


def table_of(relation: str) -> str:
    """The table of the warehouse in which a relation's rows lie: a history's are those of what it surrounds."""
    return JUDGED.get(relation, relation)


def is_list(relation: str) -> bool:
    """Whether it is one of the knowledge lists."""
    return relation.startswith("k_")


def is_knowledge(relation: str) -> bool:
    return is_list(relation) or relation == "code_list"


def knowledge() -> list[str]:
    """All that pages may consult."""
    return [*(f"k_{name}" for name in LISTS), "code_list"]


def table(relation: str, rows: Sequence[Mapping[str, object]]) -> pa.Table:
    """Rows of a relation with all its columns; what a row does not say is unknown."""
    schema = pa.schema([(name, ARROW[kind]) for name, kind in types(relation).items()])
    return pa.Table.from_pylist(list(rows), schema)
