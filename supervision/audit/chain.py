"""Adds to the chain of acts.

The hash of an entry is the SHA-256 of its own columns and the hash of the entry before it, signed under a key that the
database does not hold. Numbers have no gaps: the next one is taken under a lock that lasts to the end of the
transaction. So `record` is the last statement of a transaction, or the lock holds up everybody else's acts.
"""

import hashlib
import json

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction

from supervision import sealing
from supervision.audit.models import Act, Entry
from supervision.locks import one_at_a_time

HASHED = ("number", "at", "account", "act", "subject", "facts", "before")
LOCK = 0x66756E64  # 'fund'; a number of our own among PostgreSQL's advisory locks

LAST = """
SELECT clock_timestamp()::text, coalesce(number, 0), coalesce(hash, '')
FROM (VALUES (1)) AS one (row)
LEFT JOIN (SELECT number, hash FROM audit_entry ORDER BY number DESC LIMIT 1) AS last ON true
"""

Fact = str | int | bool | None | list[str] | list[int]  # no fractions: PostgreSQL may spell them otherwise
Who = AbstractBaseUser | AnonymousUser | str


def record(act: Act, who: Who, subject: str = "", **facts: Fact) -> Entry:
    """Write down who did what, in the transaction of the act itself; '' is the site acting by itself."""
    name = who if isinstance(who, str) else who.get_username()
    # No savepoint: an act that cannot be written down takes the whole transaction with it.
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        one_at_a_time(LOCK)
        # A statement of its own: it sees what the holder of the lock before us has committed.
        cursor.execute(LAST)
        at, number, before = cursor.fetchone()
        entry = Entry(
            number=number + 1,
            at=at,
            account=storable(name)[:150],
            act=Act(act).value,
            subject=storable(subject)[:200],
            facts={key: storable_fact(fact) for key, fact in facts.items()},
            before=before,
        )
        entry.hash = digest(entry)
        entry.signature = ring().sign(entry.hash)
        entry.save(force_insert=True)
    return entry


def storable(text: str) -> str:
    """Without what PostgreSQL cannot hold: zero characters and halves of pairs."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "\N{REPLACEMENT CHARACTER}")


def storable_fact(fact: Fact) -> object:
    if isinstance(fact, list):
        return [storable_fact(part) for part in fact]
    return storable(str(fact)) if isinstance(fact, str) else fact


def digest(entry: Entry) -> str:
    return digest_of(tuple(getattr(entry, column) for column in HASHED))


def digest_of(values: tuple[object, ...]) -> str:
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def ring() -> sealing.Ring:
    return sealing.ring(settings.AUDIT_KEYS, settings.AUDIT_KEYS_FILE)
