"""Takes the history of rows into the chain of acts, so that neither can be changed without the other showing it."""

import hashlib
import json
import time

from django.db import connection, transaction

from supervision.audit import chain
from supervision.audit.models import Act, Entry, RowChange
from supervision.locks import one_at_a_time

LOCK = 0x726F7773  # 'rows'; triggers that write history share it (migration 0009)
TURNS, PAUSE = 20, 0.25  # how often to come again, and after how many seconds
AT_ONCE = 200  # rows an entry: each with its own digest, so that a changed one is named


class SomebodyWrites(Exception):
    """Rows are being changed just now: their numbers are given out, and not all of them are to be seen yet."""


def take_in() -> int:
    """Take what is new into the chain; how many rows that were. Where people never stop writing, the next time."""
    taken = 0
    for _turn in range(TURNS):
        try:
            while number := take_some():
                taken += number
        except SomebodyWrites:
            time.sleep(PAUSE)
        else:
            break
    return taken


def take_some() -> int:
    if not RowChange.objects.filter(number__gt=taken_up_to()).exists():
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        # The chain's lock first, as everybody who records and then goes on changing rows holds it first.
        one_at_a_time(chain.LOCK)
        # Alone, so that no number is given out before ours and written after: then all up to the last are there.
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise SomebodyWrites
        rows = list(RowChange.objects.filter(number__gt=taken_up_to()).order_by("number")[:AT_ONCE])
        if rows:
            numbers, digests = [row.number for row in rows], [digest(row) for row in rows]
            chain.record(Act.ROWS, "", f"{numbers[0]}–{numbers[-1]}", numbers=numbers, digests=digests)
    return len(rows)


def taken_up_to() -> int:
    last = Entry.objects.filter(act=Act.ROWS).order_by("-number").first()
    return int(last.facts["numbers"][-1]) if last else 0


def digest(row: RowChange) -> str:
    """The first 64 bits of its SHA-256: it names a row that was changed; the chain holds them all together."""
    parts = [row.number, row.at, row.table, row.row, row.operation, row.before, row.account, row.during, row.role]
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
