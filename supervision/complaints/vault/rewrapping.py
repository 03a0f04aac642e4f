"""Seals again for the newest key what was sealed for an older one, while everything is read and written as before."""

import logging

from django.db import transaction

from supervision.audit.chain import record
from supervision.audit.models import Act

from . import envelope
from .models import Identity
from .ring import LostKey, PrivateRing, keep, private_ring

log = logging.getLogger(__name__)

AT_ONCE = 50  # rows a transaction: nobody waits long for one


class NotRewrapped(Exception):
    """Some rows stay as they were; the sentence says how many, and why."""


def rewrap() -> int:
    """How many rows were sealed anew. What does not open stays as it is, and is told of."""
    ring, done, left = private_ring(), 0, set[int]()
    while numbers := some(ring, left):
        done += len(numbers - left)
    if done:
        record(Act.IDENTITY, "", "vault", what="sealed anew", key=ring.newest, rows=done)
    if left:
        raise NotRewrapped(
            f"{done} sealed anew for {ring.newest}; {len(left)} could not be opened and stay as they are: "
            "their key is not on the ring, or they were changed. Put the former ring back, then try again."
        )
    return done


def some(ring: PrivateRing, left: set[int]) -> set[int]:
    """A transaction of it; rows that do not open are added to what is left."""
    with transaction.atomic():
        rows = Identity.objects.defer(None).exclude(key=ring.newest).exclude(pk__in=left).order_by("pk")
        taken = list(rows.select_for_update(skip_locked=True, of=("self",))[:AT_ONCE])
        for row in taken:
            if not anew(row, ring):
                left.add(row.pk)
    return {row.pk for row in taken}


def anew(row: Identity, ring: PrivateRing) -> bool:
    about = envelope.about(row.subject, row.kind, row.version)
    try:
        what = ring.open(row.sealed, about=about)
    except (LostKey, envelope.Damaged):
        log.warning("%s does not open", row)
        return False
    sealed = envelope.seal(what, ring.published().newest, about=about)
    Identity.objects.filter(pk=row.pk).update(sealed=sealed, key=ring.newest)
    return True


def retire() -> list[str]:
    """Take former keys off the ring that no row names any more; which ones they were."""
    ring = private_ring()
    needed = {ring.newest, *Identity.objects.values_list("key", flat=True).distinct()}
    gone = set(ring.by_id) - needed
    if gone:
        keep(ring.without(gone))
        record(Act.IDENTITY, "", "vault", what="retired keys", keys=sorted(gone))
    return sorted(gone)
