"""What the vault's process does with a question: it believes nobody, asks the database itself, and writes down first.

Everything here runs as the database's role of the vault, which reads little else.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, InterfaceError, transaction
from django.utils import timezone

from institutions.models import Account, Division, Duty
from supervision import sealing
from supervision.audit import chain
from supervision.audit.models import Act, Entry

from . import envelope
from .models import Identity, Opening, Reading
from .ring import LostKey, private_ring


class NotShown(Exception):
    """Nothing leaves; the word says why (refusing.WORDS)."""


@dataclass(frozen=True)
class Person:
    """As much of an account as the vault may know."""

    number: int
    username: str
    prefix: str | None  # of the territory; None for institutions and for whoever belongs nowhere
    may: bool

    @classmethod
    def of(cls, number: int) -> "Person":
        columns = ("username", "is_active", "duties", "territory_id", "institution_id")
        row = Account.objects.select_related(None).filter(pk=number).values(*columns).first()
        if row is None:
            raise NotShown("right_lost")
        may = row["is_active"] and Duty.IDENTITY in row["duties"] and Duty.ADMINISTER not in row["duties"]
        here = Division.objects.filter(pk=row["territory_id"]).only("code", "level").first()
        prefix = here.prefix if here and row["institution_id"] is None else None
        return cls(number, row["username"], prefix, bool(may))

    def may_open(self, place: str) -> bool:
        return self.may and self.prefix is not None and place.startswith(self.prefix)


def reveal(number: int, account: int) -> dict[str, str]:
    """The text, once everything holds and the chain of acts has it, committed."""
    try:
        with transaction.atomic():
            opening = Opening.objects.filter(pk=number).first()
            if opening is None:
                raise NotShown("nothing")
            asker = permitted(opening, account)
            what = opened(opening)
            note(opening, asker)
    except (DatabaseError, InterfaceError):
        raise NotShown("not_recorded") from None  # the chain cannot be written, or not in time
    return what


def permitted(opening: Opening, account: int) -> Person:
    """Whether two people have opened this for this account, now; each right is looked up, none is believed."""
    if opening.asked_by_id != account:
        raise NotShown("not_theirs")
    if opening.state != Opening.State.APPROVED or opening.decided_by_id in (None, opening.asked_by_id):
        raise NotShown("not_approved")
    if opening.until <= timezone.now():
        raise NotShown("too_late")
    asker, second = Person.of(opening.asked_by_id), Person.of(opening.decided_by_id)
    if not asker.may_open(opening.place_id):
        raise NotShown("right_lost")
    if not second.may_open(opening.place_id):
        raise NotShown("approver_lost")
    if not (stands(opening, asker, "ask") and stands(opening, second, "approve")):
        raise NotShown("not_in_the_chain")
    refuse_too_many(asker)
    return asker


def stands(opening: Opening, who: Person, move: str) -> bool:
    """Whether the chain of acts says so, in an entry that this installation has signed: rows alone could be made up."""
    entries = Entry.objects.filter(act=Act.IDENTITY, subject=str(opening), account=who.username, facts__move=move)
    return any(genuine(entry) for entry in entries)


def genuine(entry: Entry) -> bool:
    try:
        return chain.digest(entry) == entry.hash and chain.ring().signed(entry.hash, entry.signature)
    except sealing.NotOpened:
        return False


def refuse_too_many(asker: Person) -> None:
    """Who has taken the site over could forge openings, but not read everything in a night."""
    since = timezone.now() - timedelta(days=1)
    if Reading.objects.filter(by_id=asker.number, at__gt=since).count() >= settings.VAULT_READINGS_A_DAY:
        raise NotShown("too_many")


def opened(opening: Opening) -> dict[str, str]:
    """The last version of what is kept, with the place it now belongs to."""
    rows = Identity.objects.defer(None).filter(subject=opening.subject, kind=opening.kind, place=opening.place_id)
    kept = rows.order_by("version").last()
    if kept is None:
        raise NotShown("nothing")
    return unsealed(kept)


def unsealed(kept: Identity) -> dict[str, str]:
    try:
        return private_ring().open(kept.sealed, about=envelope.about(kept.subject, kept.kind, kept.version))
    except LostKey:
        raise NotShown("lost_key") from None
    except envelope.Damaged:
        raise NotShown("damaged") from None


def note(opening: Opening, asker: Person) -> None:
    """Before anything leaves: in the chain of acts, and for whom the identity belongs to."""
    entry = chain.record(
        Act.IDENTITY, asker.username, str(opening), what="read", purpose=opening.purpose, kind=opening.kind
    )
    Reading.objects.create(opening=opening, by_id=asker.number, at=timezone.now(), entry=entry.number)


def note_refusal(number: int, account: int, word: str) -> None:
    """Who is turned away by the vault itself came past the pages' own checks: that is worth an entry."""
    name = Account.objects.select_related(None).filter(pk=account).values_list("username", flat=True).first()
    chain.record(Act.DENIAL, name or f"account {account}", f"opening {number}", why=word)
