"""Adds to the chain of acts, and proves it whole.

The hash of an entry is the SHA-256 of its own columns and the hash of the entry before it. Numbers have no
gaps: the next one is taken under a lock that lasts to the end of the transaction. So `record` is the last
statement of a transaction, or the lock holds up everybody else's acts.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.utils.translation import gettext as _

from supervision.audit import anchors
from supervision.audit.models import Act, Entry

LOCK = 0x66756E64  # 'fund'; a number of our own among PostgreSQL's advisory locks

Fact = str | int | bool | None | list[str] | list[int]  # no fractions: PostgreSQL may spell them otherwise
Who = AbstractBaseUser | AnonymousUser | str


def record(act: Act, who: Who, subject: str = "", **facts: Fact) -> Entry:
    """Write down who did what, in the transaction of the act itself; '' is the site acting by itself."""
    name = who if isinstance(who, str) else who.get_username()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        # Statements of their own: they see what the holder of the lock before us has committed.
        cursor.execute("SELECT clock_timestamp()::text")
        (at,) = cursor.fetchone()
        last = Entry.objects.order_by("-number").first()
        entry = Entry(
            number=last.number + 1 if last else 1,
            at=at,
            account=storable(name)[:150],
            act=Act(act).value,
            subject=storable(subject)[:200],
            facts={key: storable_fact(fact) for key, fact in facts.items()},
            before=last.hash if last else "",
        )
        entry.hash = digest(entry)
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
    parts = [entry.number, entry.at, entry.account, entry.act, entry.subject, entry.facts, entry.before]
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold."""

    number: int
    what: str

    def __str__(self) -> str:
        return f"{self.number}: {self.what}"


def breaks() -> Iterator[Break]:
    """Every place where the chain does not hold, from the first entry on; none when it is whole."""
    noted = anchors.noted()
    number, before = 0, ""
    for entry in Entry.objects.order_by("number").iterator():
        if entry.number != number + 1:
            yield Break(number + 1, _("missing up to entry %(last)d") % {"last": entry.number - 1})
        elif entry.before != before:
            yield Break(entry.number, _("does not follow the entry before it"))
        if digest(entry) != entry.hash:
            yield Break(entry.number, _("was changed"))
        if noted.pop(entry.number, entry.hash) != entry.hash:
            yield Break(entry.number, _("is not the entry that was noted outside the database"))
        number, before = entry.number, entry.hash
    for cut in sorted(place for place in noted if place > number)[-1:]:
        yield Break(number + 1, _("missing up to entry %(last)d") % {"last": cut})
