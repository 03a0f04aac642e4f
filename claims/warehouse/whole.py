"""Claims whole, as they stand at a version. No account's sight bounds them: for acts of the site, never for a page."""

from collections.abc import Collection, Mapping, Sequence

from claims.models import Snapshot

from .reading import Connection, connect, months, view
from .seen import Row, rows

ENCOUNTERS = ("stay", "visit")
# What belongs to an encounter, and in which order it is told.
PARTS = {
    "diagnosis": "number, code",
    "operation": "number, code",
    "fee_line": "done_at, row, charge",
    "charge": "done_at, charge",
    "settlement": "settled_at, settlement",
    "scan": "done_at, scan",
    "fault": "fault, charge",
}
AT_ONCE = 100  # claims: they are named in the query one by one, so that the engine skips the rest of its files
Whole = Mapping[str, Sequence[Row]]  # by table


def whole(snapshot: Snapshot | None, claims: Collection[str], *, month: str) -> dict[str, Whole]:
    """Each of these claims that stands, with all its rows. The month named is looked through first, then the rest."""
    wanted, found = sorted(set(claims)), dict[str, Whole]()
    for looked_through in ([month], [other for other in reversed(months(snapshot)) if other != month]):
        left = [claim for claim in wanted if claim not in found]
        for start in range(0, len(left), AT_ONCE):
            found |= _whole(snapshot, left[start : start + AT_ONCE], looked_through)
    return found


def _whole(snapshot: Snapshot | None, claims: Sequence[str], looked_through: Sequence[str]) -> dict[str, Whole]:
    with connect(memory_mb=1024) as con:
        named = {"claim": claims}
        tables = {table: _of(con, snapshot, table, looked_through, named, "claim") for table in ENCOUNTERS}
        told = [row for listed in tables.values() for row in listed]
        settled = sorted({str(row["month"]) for row in told})
        named = {"member": sorted({str(row["member"]) for row in told}), **named}
        for table, order in PARTS.items() if told else ():
            if table == "charge":  # its files are sorted by item
                named["item"] = sorted({str(line["item"]) for line in tables["fee_line"]})
            tables[table] = _of(con, snapshot, table, settled, named, order)
            named.pop("item", None)
    return {
        str(one["claim"]): {
            table: [row for row in listed if row["claim"] == one["claim"]] for table, listed in tables.items()
        }
        for one in told
    }


def _of(
    con: Connection, snapshot: Snapshot | None, table: str, looked_through: Sequence[str],
    named: Mapping[str, Sequence[str]], order: str,
) -> list[Row]:  # fmt: skip
    """The rows of a table whose columns say one of the words named."""
    view(con, f"{table}_all", snapshot, table, looked_through)
    places = {f"{column}{number}": word for column, words in named.items() for number, word in enumerate(words)}
    said = " AND ".join(
        f"{column} IN ({', '.join(f'${column}{number}' for number in range(len(words))) or 'NULL'})"
        for column, words in named.items()
    )
    return rows(con, f"SELECT * FROM {table}_all WHERE {said} ORDER BY {order}", **places)
