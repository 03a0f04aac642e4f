"""The digest over the entries of a visit: made when it is sealed, and made again by whoever doubts it."""

import hashlib
from collections.abc import Iterable

from .models import Entry, Visit


def digest_of_many(entries: Iterable[Entry]) -> str:
    """SHA-256 over a line `id digest` of each entry, in the order of ids, as a device works it out too."""
    lines = sorted(f"{entry.ident} {entry.digest}\n" for entry in entries)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def seal_of(visit: Visit) -> str:
    """SHA-256 over the visit's own line and those of the entries that came before the seal.

    A digest of a photo stands in its entry's text, so the entry's digest covers the photo, too.
    """
    entries = Entry.objects.filter(visit=visit, late=False)
    head = f"{visit.number} {visit.institution_id} {visit.checklist_id} {digest_of_many(entries)}\n"
    return hashlib.sha256(head.encode()).hexdigest()


def holds(visit: Visit) -> bool:
    """Whether what lies here is what was sealed: every text as its digest says, and all of them as the seal says."""
    entries = Entry.objects.filter(visit=visit)
    return seal_of(visit) == visit.seal and all(text_holds(entry) for entry in entries)


def text_holds(entry: Entry) -> bool:
    return hashlib.sha256(entry.text.encode()).hexdigest() == entry.digest
