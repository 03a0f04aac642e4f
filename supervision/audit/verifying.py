"""Proves the chain of acts and the history of rows whole, or names every place where they are not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from supervision import sealing
from supervision.audit import anchors, chain, keeping, watching
from supervision.audit.models import Act, Entry, RowChange

COLUMNS = (*chain.HASHED, "hash", "signature")


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold, or where that cannot be told."""

    number: int
    what: str
    certain: bool = True

    def __str__(self) -> str:
        return f"{self.number}: {self.what}"


def breaks() -> Iterator[Break]:
    """Every place where the chain does not hold, from the first entry on; none when it is whole."""
    return breaks_among(Entry.objects.order_by("number").values_list(*COLUMNS).iterator(chunk_size=5000))


def breaks_among(entries: Iterable[tuple[Any, ...]]) -> Iterator[Break]:
    """The same of entries in order, column by column as COLUMNS names them."""
    noted, signed_from, ring = anchors.noted(), anchors.signed_from(), chain.ring()
    number, before = 0, ""
    signing = False
    for row in entries:
        hashed, digest, signature = row[: len(chain.HASHED)], row[-2], row[-1]
        at, follows = hashed[0], hashed[-1]
        if at != number + 1:
            yield Break(number + 1, _("missing up to entry %(last)d") % {"last": at - 1})
        elif follows != before:
            yield Break(at, _("does not follow the entry before it"))
        if chain.digest_of(hashed) != digest:
            yield Break(at, _("was changed"))
        signing = signing or bool(signature) or (signed_from is not None and at >= signed_from)
        if signing:
            yield from wrongly_signed(ring, at, digest, signature)
        if noted.pop(at, digest) != digest:
            yield Break(at, _("is not the entry that was noted outside the database"))
        number, before = at, digest
    for cut in sorted(place for place in noted if place > number)[-1:]:
        yield Break(number + 1, _("missing up to entry %(last)d") % {"last": cut})


def wrongly_signed(ring: sealing.Ring, number: int, digest: str, signature: str) -> Iterator[Break]:
    try:
        if not signature or not ring.signed(digest, signature):
            yield Break(number, _("was not written by this installation"))
    except sealing.NotOpened:
        yield Break(number, _("is signed with a key that is not at hand"), certain=False)


@dataclass(frozen=True)
class Rows:
    """What the history of rows says beside the chain."""

    found: int
    taken: int  # in the chain
    breaks: list[Break]


def rows() -> Rows:
    """Each row of history that was taken into the chain is there as it was, and no other stands among them."""
    broken: list[Break] = []
    up_to = taken = 0
    for facts in Entry.objects.filter(act=Act.ROWS).order_by("number").values_list("facts", flat=True).iterator():
        kept = dict(zip(facts["numbers"], facts["digests"], strict=True))
        last = max(kept, default=up_to)
        there = {row.number: row for row in RowChange.objects.filter(number__gt=up_to, number__lte=last)}
        broken += sorted(differences(kept, there), key=lambda one: one.number)
        up_to, taken = last, taken + len(kept)
    return Rows(RowChange.objects.count(), taken, broken)


def differences(kept: dict[int, str], there: dict[int, RowChange]) -> Iterator[Break]:
    for number in kept.keys() - there.keys():
        yield Break(number, _("is missing"))
    for number in there.keys() - kept.keys():
        yield Break(number, _("was put in afterwards"))
    for number in kept.keys() & there.keys():
        if keeping.digest(there[number]) != kept[number]:
            yield Break(number, _("was changed"))


def gathered(found: Iterable[Break]) -> Iterator[tuple[int, int, str]]:
    """Neighbours of which the same is to be said, as one: from, to, what."""
    first = last = 0
    said: Any = None
    for one in found:
        if one.what == said and one.number == last + 1:
            last = one.number
            continue
        if said is not None:
            yield first, last, said
        first, last, said = one.number, one.number, one.what
    if said is not None:
        yield first, last, said


def switched_off() -> list[str]:
    """Tables whose triggers are missing or switched off."""
    return watching.unwatched()
