"""What two installations hold of the claims, compared row for row; shares no code with the product."""

from pathlib import Path
from typing import Any

import duckdb
from deltalake import DeltaTable

from tests.faults.world import World

Row = tuple[Any, ...]

# All that PostgreSQL says of the claims but numbers of tries and moments of the clock.
TOLD = {
    "batches": """
        SELECT name, digest, status, failure, rows_in, rows_accepted, rows_rejected, amount_in, amount_accepted,
            amount_rejected, claims_accepted, claims_rejected, members_touched, territory_id FROM claims_batch""",
    "rejects": 'SELECT claim, file, sheet, "row", "column", value, reason, detail, amount FROM claims_reject',
    "totals": """
        SELECT institution_id, month, kind, claims, charges, members, total, paid FROM claims_monthtotal""",
    "codes": "SELECT code FROM claims_seencode",
    "institutions": "SELECT code, name_zh, level, division_id, beds FROM institutions_institution",
    "practitioners": "SELECT code, name, kind FROM institutions_practitioner",
    "registrations": "SELECT practitioner_id, institution_id, since FROM institutions_registration",
}
NEVER = {
    "a snapshot without its batch": "SELECT version FROM claims_snapshot WHERE batch_id IS NULL",
    "a batch taken in that no snapshot shows": """
        SELECT number FROM claims_batch WHERE status = 'loaded'
        AND number NOT IN (SELECT batch_id FROM claims_snapshot)""",
    "a snapshot of a batch that does not count": """
        SELECT number FROM claims_batch JOIN claims_snapshot ON batch_id = number
        WHERE status NOT IN ('loaded', 'ended')""",
    "sums that do not reconcile": """
        SELECT number FROM claims_batch
        WHERE rows_in <> rows_accepted + rows_rejected OR amount_in <> amount_accepted + amount_rejected""",
}


def wrong(world: World) -> list[str]:
    return [what for what, sql in NEVER.items() if world.ask(sql)]


def told(world: World) -> dict[str, list[Row]]:
    return {name: sorted(world.ask(sql), key=repr) for name, sql in TOLD.items()}


def published(world: World) -> dict[str, int]:
    found = world.ask("SELECT tables FROM claims_snapshot ORDER BY version DESC LIMIT 1")
    return dict(found[0][0]) if found else {}


def held(world: World, folder: Path | None = None) -> dict[str, list[Row]]:
    """Every row of every table at the published version."""
    rows: dict[str, list[Row]] = {}
    folder = folder or world.home / "warehouse"
    with duckdb.connect() as con:
        for table, version in published(world).items():
            files = DeltaTable(folder / table, version=version).file_uris()
            if files:
                query = f"SELECT * EXCLUDE (batch) FROM read_parquet({files}, union_by_name = true) ORDER BY ALL"
                rows[table] = con.execute(query).fetchall()
    return rows


def differences(one: dict[str, list[Row]], other: dict[str, list[Row]]) -> list[str]:
    return [
        f"{name}: {len(one.get(name, []))} and {len(other.get(name, []))} rows, first {first}"
        for name in sorted(one.keys() | other.keys())
        if one.get(name, []) != other.get(name, [])
        for first in [next(iter(set(one.get(name, [])) ^ set(other.get(name, []))), "in another order")]
    ]


def forget(world: World) -> None:
    """As if nothing had ever been taken in."""
    world.ask("TRUNCATE claims_batch, claims_snapshot, claims_reject, claims_monthtotal, claims_seencode CASCADE")
    world.ask("TRUNCATE institutions_institution, institutions_practitioner, institutions_registration CASCADE")
