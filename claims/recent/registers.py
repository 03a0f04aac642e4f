"""The registers that the desk looks up: what was last said of a practitioner, an institution, a member."""

import io
from collections.abc import Sequence

from django.db import connection

from claims import warehouse
from claims.models import Batch, Snapshot

# By which column a page comes to a register's rows. Of the others it can only ask whether there is any such row.
KEYS = {
    "member": "member", "institution": "institution", "registration": "practitioner", "permit": "institution",
    "equipment": "institution", "filing": "member",
}  # fmt: skip
PRESENT = {"registration": ("institution",), "filing": ("insured_area",)}
STAGE = """
CREATE TEMPORARY TABLE said (key varchar(60), rows jsonb) ON COMMIT DROP"""
MERGE = """
INSERT INTO claims_registerword (register, "column", key, rows)
SELECT %s, %s, key, rows FROM said WHERE rows IS NOT NULL
ON CONFLICT (register, "column", key) DO UPDATE SET rows = excluded.rows
WHERE claims_registerword.rows IS DISTINCT FROM excluded.rows"""
FORGET = """
DELETE FROM claims_registerword WHERE register = %s AND "column" = %s
    AND key IN (SELECT key FROM said WHERE rows IS NULL)"""


def keep(con: warehouse.Connection, snapshot: Snapshot | None, batch: Batch) -> None:
    """Keep the latest word about everything that the batch speaks of, or that the one spoke of which it ended."""
    ended = batch.replaces
    before = Snapshot.objects.filter(batch=ended).first() if ended else None
    spoken = [(snapshot, batch.pk), *([(before, ended.pk)] if ended else [])]
    for register, key in KEYS.items():
        touched = [warehouse.brought(at, register, of) for at, of in spoken if warehouse.brings(at, register, of)]
        for column in (key, *PRESENT.get(register, ())) if touched else ():
            query = words(snapshot, register, column, touched, whole=column == key)
            _merge(register, column, con.execute(query).fetchall())


def words(snapshot: Snapshot | None, register: str, column: str, touched: Sequence[str], *, whole: bool) -> str:
    """SQL of the keys touched, each with its rows as an array in JSON; of a key that is gone, with nothing."""
    names = [one.name for one in warehouse.TABLES[register].columns if one.name != "batch"] if whole else [column]
    struct = ", ".join(f"{name} := {shown(register, name)}" for name in names)
    latest = f"SELECT * FROM ({warehouse.selected(snapshot, register, None)}) {warehouse.latest(register)}"
    keys = " UNION ".join(f'SELECT DISTINCT "{column}" AS key FROM ({rows})' for rows in touched)
    return f"""
        SELECT k.key, CAST(w.rows AS VARCHAR) FROM ({keys}) AS k LEFT JOIN (
            SELECT "{column}" AS key, to_json(list(DISTINCT struct_pack({struct}))) AS rows FROM ({latest}) GROUP BY key
        ) AS w ON w.key = k.key WHERE k.key IS NOT NULL"""


def shown(register: str, name: str) -> str:
    """A column as the desk keeps it: days and moments as whole numbers."""
    kind = next(one.type for one in warehouse.TABLES[register].columns if one.name == name)
    match kind:
        case "DATE":
            return f"\"{name}\" - DATE '1970-01-01'"
        case "TIMESTAMP":
            return f'CAST(epoch("{name}") AS BIGINT)'
    return f'"{name}"'


def _merge(register: str, column: str, rows: Sequence[tuple[str, str | None]]) -> None:
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        lines = (f"{quoted(key)},{quoted(said)}\n" for key, said in rows)
        cursor.copy_expert("COPY said FROM STDIN (FORMAT csv)", io.StringIO("".join(lines)))
        cursor.execute(MERGE, [register, column])
        cursor.execute(FORGET, [register, column])
        cursor.execute("DROP TABLE said")


def quoted(text: str | None) -> str:
    """As CSV writes it; nothing stays nothing."""
    return "" if text is None else '"' + text.replace('"', '""') + '"'
