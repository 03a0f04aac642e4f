"""What reporter and desk tell each other. The reporter's side bears a day and no hour; the desk's is written down."""

import hashlib
from collections.abc import Sequence

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import THE_SITE, BeyondReach, MoveRefused, refuse_unless
from supervision.refusal import Refused

from . import timing
from .conditions import has_objected
from .gate import keeping
from .models import Complaint, Message, State
from .workflow import COMPLAINT

LONGEST = 4000


class NotSaid(Refused):
    """What cannot be told so."""


def say(complaint: Complaint, words: str, *, once: str, files: Sequence[str] = ()) -> None:
    """The reporter's message, with files beside it; sent twice it is kept once."""
    words = words.strip()
    if complaint.forgotten_on:
        raise NotSaid(_("What was told here has been erased. What is new is a report of its own."))
    if not words and not files:
        raise NotSaid(_("Write something, or add a file."))
    if len(words) > LONGEST:
        raise NotSaid(_("That is longer than %(most)d characters.") % {"most": LONGEST})
    today = complaint.messages.filter(by=None, day=timezone.localdate())
    if today.count() >= settings.MESSAGES_A_DAY:
        raise NotSaid(_("That is as much as can be said in one day. Say the rest tomorrow."))
    keep(complaint, Message.Kind.MESSAGE, words or "–", once=bound(once, words))
    keeping.claim(files, subject=complaint.number)


def object_to(complaint: Complaint, words: str, *, once: str) -> None:
    """The reporter does not agree with what was decided: once, in time, and with a reason."""
    once = bound(once, words.strip())
    if complaint.messages.filter(once=once).exists():
        return  # sent twice
    if not may_object(complaint):
        raise NotSaid(_("There is nothing here that could be objected to, or the time for it is over."))
    if not words.strip():
        raise NotSaid(_("Say why you do not agree."))
    keep(complaint, Message.Kind.OBJECTION, words.strip()[:LONGEST], once=once)


def may_object(complaint: Complaint) -> bool:
    decided = complaint.state in (State.CONCLUDED, State.NOT_ACCEPTED) and complaint.objected_on is None
    return decided and not timing.window_is_over(complaint) and not has_objected(complaint)


def bound(once: str, *words: str) -> str:
    """What a page was given, bound to what is said: the same sent twice is kept once, what was mended is not lost."""
    return hashlib.sha256("\0".join([once, *words]).encode()).hexdigest()


def keep(complaint: Complaint, kind: str, words: str, *, once: str) -> None:
    message = Message(complaint=complaint, kind=kind, day=timezone.localdate(), once=once[:64])
    message.words = words
    try:
        with transaction.atomic():
            message.save()
    except IntegrityError:
        return  # sent twice


def write_to_reporter(complaint: Complaint, words: str, *, by: Account) -> Message:
    """A message of the desk to the reporter, who reads it with the receipt."""
    refuse_unless(by.holds(Duty.COMPLAINTS), _("You do not hold the duty for this."))
    if not complaint.reaches(by):
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(bool(words.strip()), _("Write something."))
    refuse_unless(complaint.forgotten_on is None, _("Its words were erased: nobody reads here any more."))
    message = Message(complaint=complaint, by=by, day=timezone.localdate())
    message.words = words.strip()[:LONGEST]
    with transaction.atomic():
        message.save()
        record(Act.COMPLAINT, by, complaint.number, move="write")
    return message


def take_up_objections() -> int:
    """Objections become moves at the site's own time: nothing tells when they were made."""
    objected = Complaint.objects.filter(
        messages__kind=Message.Kind.OBJECTION, objected_on=None, state__in=[State.CONCLUDED, State.NOT_ACCEPTED]
    )
    taken = 0
    for complaint in objected.distinct():
        try:
            COMPLAINT.make(complaint, "object", by=THE_SITE)
            taken += 1
        except MoveRefused:
            continue  # a year that is not known yet: tried again
    return taken
