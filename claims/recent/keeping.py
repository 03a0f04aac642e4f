"""Keeps the history that the desk looks up: what a batch brought to the warehouse goes in, what it ended goes out."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from claims import warehouse
from claims.models import Batch, RecentClaim, Snapshot

from . import packing, registers

MONTHS = 37  # a page looks back 36 months at most, and the present one counts
KEEPER = 0x726563656E74  # "recent": the advisory lock of the one keeper
AT_ONCE = 20_000  # claims
COPY = (
    "COPY claims_recentclaim (batch_id, member, claim, month, header, lines, diagnoses, operations) FROM STDIN "
    "(FORMAT csv)"
)

# A member's claims lie beside one another.
SIDE_BY_SIDE = """
SELECT h.member, h.claim, h.pack, l.pack, d.pack, o.pack FROM packed_header AS h
LEFT JOIN packed_line AS l ON l.claim = h.claim
LEFT JOIN packed_diagnosis AS d ON d.claim = h.claim
LEFT JOIN packed_operation AS o ON o.claim = h.claim
ORDER BY h.member"""


def keep(batch: Batch) -> int:
    """Keep what the batch brought, and no more what it ended; how many claims. Doing it again changes nothing."""
    with transaction.atomic():
        _locked("SELECT pg_advisory_xact_lock(%s) IS NOT NULL")
        return _keep(batch)


def keep_owed(batch: Batch) -> None:
    """Keep a batch whose keeping was cut off. Where somebody is at one just now, the next sweep looks again."""
    with transaction.atomic():
        if _locked("SELECT pg_try_advisory_xact_lock(%s)"):
            batch.refresh_from_db()
            if batch.recent_at is None:
                _keep(batch)


def _locked(statement: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, [KEEPER])
        return bool(cursor.fetchall()[0][0])


def _keep(batch: Batch) -> int:
    batch.refresh_from_db()
    RecentClaim.objects.filter(batch__in=[batch.pk, *filter(None, [batch.replaces_id])]).delete()
    kept = 0
    if batch.status == Batch.Status.LOADED:
        snapshot = warehouse.published()
        with warehouse.connect() as con:
            kept = sum(_keep_month(con, snapshot, batch, month) for month in months(snapshot, batch))
            registers.keep(con, snapshot, batch)
    batch.recent_at = timezone.now()
    batch.save(update_fields=["recent_at"])
    return kept


def forget_old() -> None:
    """Remove what no page may look at any more. It reads the whole table, so it is done once a night."""
    RecentClaim.objects.filter(month__lt=earliest()).delete()


def earliest() -> int:
    """The first month that any page may still look at, counted from the year 0."""
    today = timezone.localdate()
    return counted(f"{today:%Y-%m}") - MONTHS + 1


def counted(month: str) -> int:
    """'2026-03' as a number of months."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


def months(snapshot: Snapshot | None, batch: Batch) -> list[str]:
    """The months for which the batch brought claims, of those that are kept."""
    brought = {month for table in ("stay", "visit") for month in warehouse.months_of(snapshot, table, batch.pk)}
    return sorted(month for month in brought if counted(month) >= earliest())


def _keep_month(con: warehouse.Connection, snapshot: Snapshot | None, batch: Batch, month: str) -> int:
    def rows(table: str) -> str:
        return warehouse.brought(snapshot, table, batch.pk, month)

    packs = {
        "header": f"{packing.headers(rows('stay'), packing.OF_STAY)} UNION ALL "
        f"{packing.headers(rows('visit'), packing.OF_VISIT)}",
        "line": packing.lines(rows("charge")),
        "diagnosis": packing.codes(rows("diagnosis")),
        "operation": packing.codes(rows("operation")),
    }
    for (
        name,
        query,
    ) in packs.items():  # packed before they are joined: joined as they come, it takes fifty times as long
        con.execute(f"CREATE OR REPLACE TEMP TABLE packed_{name} AS {query}")
    kept, packed = 0, con.execute(SIDE_BY_SIDE)
    while some := packed.fetchmany(AT_ONCE):
        with connection.cursor() as cursor:
            cursor.copy_expert(COPY, io.StringIO("".join(copied(some, batch.pk, counted(month)))))
        kept += len(some)
    return kept


def copied(rows: Sequence[tuple[Any, ...]], batch: int, month: int) -> Iterator[str]:
    """Claims as lines of CSV."""
    for member, claim, *packs in rows:
        deflated = ",".join("" if pack is None else f"\\x{packing.deflated(pack).hex()}" for pack in packs)
        yield f"{batch},{registers.quoted(member)},{registers.quoted(claim)},{month},{deflated}\n"
