"""Keeps who told it, sealed; says whether something is kept, and when it was opened; erases it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.locks import one_at_a_time

from . import envelope
from .models import Identity, Kind, Purpose, Reading
from .published import published
from .refusing import VaultRefused


@dataclass(frozen=True)
class Opened:
    """A day on which an identity was read, and what for: what its owner is told."""

    opened_on: date
    purpose: str


def seal(subject: str, what: Mapping[str, str], *, place: str, kind: str = Kind.IDENTITY) -> None:
    """Keep this of the subject, sealed for the vault; once more, and it is a later version."""
    told = {name: value.strip() for name, value in what.items() if value.strip()}
    if not told:
        raise VaultRefused(_("There is nothing to keep."))
    public = published().newest
    with transaction.atomic():
        one_at_a_time(lock_of(subject))
        kept = Identity.objects.filter(subject=subject, kind=kind).aggregate(last=Max("version"))
        version = (kept["last"] or 0) + 1
        try:
            sealed = envelope.seal(told, public, about=envelope.about(subject, Kind(kind).value, version))
        except envelope.TooLong:
            raise VaultRefused(_("That is too long for a name and an address.")) from None
        Identity.objects.create(
            subject=subject, kind=kind, version=version, place_id=place, key=envelope.named_key(sealed), sealed=sealed,
            kept_on=timezone.localdate(),
        )  # fmt: skip


def lock_of(subject: str) -> int:
    """A number among PostgreSQL's advisory locks: two who write of one subject take turns, others do not wait."""
    return int.from_bytes(hashlib.sha256(f"vault {subject}".encode()).digest()[:8], signed=True)


def is_kept(subject: str, kind: str = Kind.IDENTITY) -> bool:
    return Identity.objects.filter(subject=subject, kind=kind).exists()


def hand_over(subject: str, *, place: str) -> None:
    """A complaint that goes to another place takes along who may ask to open it; the sealed text stays as it is."""
    Identity.objects.filter(subject=subject).update(place=place)


@transaction.atomic
def erase(subject: str) -> int:
    """Everything of the subject, all versions; how many there were.

    By the rule of retention, never by a citizen's page: the chain of acts notes the moment.
    """
    erased, _by_table = Identity.objects.filter(subject=subject).delete()
    if erased:
        record(Act.IDENTITY, "", subject, what="erased", rows=erased)
    return erased


def openings(subject: str) -> list[Opened]:
    """When and what for this identity was read, the latest first: for the page of whom it belongs to."""
    rows = Reading.objects.filter(opening__subject=subject).order_by("-pk").values_list("at", "opening__purpose")
    days = dict.fromkeys((timezone.localdate(at), purpose) for at, purpose in rows)
    return [Opened(day, str(Purpose(purpose).label)) for day, purpose in days]
