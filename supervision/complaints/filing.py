"""Takes a report in: whole or not at all, once however often it is sent, and with no trace of the moment."""

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Division, Duty, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import BeyondReach, refuse_unless
from supervision.refusal import Refused

from . import receipts, timing
from .gate import keeping
from .models import Channel, Complaint, Kind, State
from .vault.sealing import seal

INITIALS = {Kind.TIP: "JB", Kind.GRIEVANCE: "TS"}
NUMBERS = 100_000_000
TRIES = 5


class AlreadySent(Refused):
    """The page was sent before, with other words."""


@dataclass(frozen=True)
class Told:
    """What somebody tells. `who` holds name, phone, address and the like, and is empty for who stays anonymous."""

    kind: str
    facts: str
    place: Division
    about: str
    institution: Institution | None = None
    named_as: str = ""
    when: str = ""
    amount: Decimal | None = None
    wants_reward: bool = False
    files: Sequence[str] = ()  # tokens of uploads
    who: Mapping[str, str] = field(default_factory=dict)
    channel: str = Channel.INTERNET
    language: str = "zh-hans"

    def digest(self) -> str:
        """Of what was told; who told it is not among it, or the digest could be tried out on suspects."""
        told = {
            "kind": self.kind, "facts": self.facts, "place": self.place.pk, "about": self.about,
            "institution": self.institution.pk if self.institution else "", "named_as": self.named_as,
            "when": self.when, "amount": str(self.amount or ""),
        }  # fmt: skip
        return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Filed:
    complaint: Complaint
    receipt: str
    again: bool = False  # it was in already


def file(told: Told, ticket: str, *, prove: Callable[[], object] | None = None) -> Filed:
    """Take it in. The same ticket gives the same receipt, and what was taken in once is not taken in twice.

    What is new has to prove itself. Both happen or neither: a report that could not be taken in has spent no proof.
    """
    receipt = receipts.receipt_of(ticket)
    if before := taken_in(told, receipt):
        return Filed(before, receipt, again=True)
    for _turn in range(TRIES):
        try:
            with transaction.atomic():
                if prove:
                    prove()
                return Filed(take_in(told, receipt), receipt)
        except (IntegrityError, Refused) as problem:
            if before := taken_in(told, receipt):  # sent twice at once
                return Filed(before, receipt, again=True)
            if isinstance(problem, Refused):
                raise
    raise Refused(_("No number could be found for it: please send it once more."))


def taken_in(told: Told, receipt: str) -> Complaint | None:
    before = Complaint.objects.filter(mark__in=receipts.marks(receipt))
    digest = before.values_list("digest", flat=True).order_by().first()
    if digest is None:
        return None
    if digest != told.digest():
        raise AlreadySent(_("This report was sent already. What you changed since can be added with its receipt."))
    return before.get()


def take_in(told: Told, receipt: str) -> Complaint:
    today = timezone.localdate()
    complaint = Complaint(
        number=draw_number(told, today.year), kind=told.kind, channel=told.channel, named=bool(told.who),
        wants_reward=told.wants_reward, language=told.language, received_on=today, place=told.place, about=told.about,
        institution=told.institution, amount=told.amount, digest=told.digest(), mark=receipts.mark(receipt),
        state=State.RECEIVED, moved_at=timing.midnight(today),
    )  # fmt: skip
    complaint.facts, complaint.named_as, complaint.when = told.facts, told.named_as, told.when
    timing.begin(complaint)
    complaint.save(force_insert=True)
    if told.who:
        seal(complaint.number, told.who, place=told.place.pk)
    keeping.claim(told.files, subject=complaint.number)
    return complaint


def draw_number(told: Told, year: int) -> str:
    """At random: a number says nothing of the hour or of how many came before."""
    return f"{INITIALS[Kind(told.kind)]}-{told.place.pk}-{year}-{secrets.randbelow(NUMBERS):08}"


def write_down(told: Told, ticket: str, *, by: Account) -> Filed:
    """What was told on the telephone, by letter or in person: the same protections, and the act is written down."""
    refuse_unless(by.holds(Duty.COMPLAINTS), _("You do not hold the duty for this."))
    refuse_unless(told.channel != Channel.INTERNET, _("Say how it came."))
    if by.institution_id or by.territory is None or not told.place.pk.startswith(by.territory.prefix):
        raise BeyondReach(_("That lies in another territory."))
    with transaction.atomic():
        filed = file(told, ticket)
        if not filed.again:
            record(Act.COMPLAINT, by, filed.complaint.number, move="write_down", channel=told.channel)
    return filed
