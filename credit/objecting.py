"""An enterprise reads its own ratings and objects, without an account: by a code that came with its letter."""

import re
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from institutions.models import Account, Department, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.clocks import limits, running
from supervision.clocks.calendar import add
from supervision.clocks.limits import places_of
from supervision.clocks.models import Unit
from supervision.moves import THE_SITE, BeyondReach, Made, by_another_than, refuse_unless

from . import timing
from .models import Rating, RatingState

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is taken for another
LONG = 16  # of 32 signs: eighty bits, so that guessing is no way in
LONGEST = 4000  # characters of an objection
another_than_both = by_another_than("finder", "decider")


# --- The code -------------------------------------------------------------------------------------------


@transaction.atomic
def draw_code(rating: Rating, *, by: Account) -> str:
    """A code for the letter, in groups of four. It is shown this once, and the one before it opens nothing more."""
    refuse_unless(by.holds(Duty.CREDIT) and not by.institution_id, _("You do not hold the duty for this."))
    refuse_unless(
        by.department is not None and by.department.party == Department.Party.AUTHORITY,
        _("That is for the medical security department to do."),
    )
    locked = Rating.objects.visible_to(by).filter(pk=rating.pk).select_for_update(of=("self",)).first()
    if locked is None:
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(locked.state == RatingState.TOLD, _("A code goes with the letter of what was told."))
    refuse_unless(locked.objected_on is None, _("The enterprise has objected already."))
    code = "".join(secrets.choice(SIGNS) for _sign in range(LONG))
    locked.code_mark = mark_of(code)
    locked.save(update_fields=["code_mark"])
    record(Act.CREDIT, by, locked.number, move="draw_code")
    return "-".join(code[at : at + 4] for at in range(0, LONG, 4))


def mark_of(code: str) -> str:
    """What is kept of a code: a keyed hash, from which nobody finds the code."""
    return salted_hmac("code of an enterprise rating", plain(code), algorithm="sha256").hexdigest()


def plain(code: str) -> str:
    return re.sub(r"[\s\-–—]", "", code).upper()[: 4 * LONG]


def opened(enterprise: str, code: str) -> Rating | None:
    """The rating that the code belongs to, where it is one of this enterprise; nothing where it opens none."""
    if not plain(code):
        return None
    told = Rating.objects.exclude(told_on=None).select_related("fact__enterprise", "place__parent")
    return told.filter(code_mark=mark_of(code), fact__enterprise=plain(enterprise)[:18]).first()


# --- The objection --------------------------------------------------------------------------------------


def object_by_code(enterprise: str, code: str, *, signer: str, text: str) -> Rating:
    """Freeze the rating until another person has reviewed it. A code objects once."""
    from .enterprise_workflow import RATING  # noqa: PLC0415 - the table names this module's effects

    rating = opened(enterprise, code)
    if rating is None:
        raise BeyondReach(_("This enterprise and this code open nothing."))
    refuse_unless(rating.objected_on is None, _("This code has been used to object already."))
    return RATING.make(rating, "object", by=THE_SITE, note=text.strip()[:LONGEST], signer=signer.strip()[:60])


def may_still_be_objected_to(rating: Rating, by: Account) -> None:
    """the time to object has not run out, and nobody has objected"""
    refuse_unless(rating.objected_on is None, _("The enterprise has objected already."))
    refuse_unless(not timing.is_over(rating.object_until), _("The time to object is over."))


def time_to_object_is_over(rating: Rating, by: Account) -> None:
    """the time to object is over, or an objection was reviewed"""
    over = rating.objected_on is not None or rating.object_until is None or timing.is_over(rating.object_until)
    refuse_unless(over, _("It may still be objected to."))


def begin_time_to_object(rating: Rating, made: Made[Rating]) -> None:
    """keeps until when the enterprise may object (credit_objection)"""
    now = timezone.now()
    limit = limits.limit(timing.OBJECTION, places_of(rating.place_id), timezone.localdate(now))
    rating.object_until = timezone.localdate(add(now, limit.amount, Unit(limit.unit)))


def object_to(rating: Rating, made: Made[Rating]) -> None:
    """keeps what the enterprise says and who signed it, and starts credit_review"""
    refuse_unless(bool(str(made.facts.get("signer", ""))), _("Say who signs the objection."))
    rating.objection, rating.objector, rating.objected_on = made.note, made.facts["signer"], timezone.localdate()
    now, places = timezone.now(), places_of(rating.place_id)
    limit, name = limits.limit(timing.REVIEW, places, timezone.localdate(now)), rating.fact.enterprise.name_zh
    rating.clock = running.start(
        timing.REVIEW, subject=rating.number, title_zh=f"{limit.name_zh}（{name}）"[:200],
        title_en=f"{limit.name_en} ({name})"[:200], address=rating.get_absolute_url(), places=places, since=now,
        duty=Duty.CREDIT,
    )  # fmt: skip


def answer(rating: Rating, made: Made[Rating]) -> None:
    """keeps who reviewed the objection and the answer, which the enterprise reads by its code"""
    rating.reviewer, rating.answer = made.by, made.note
    timing.meet(rating.clock)
    rating.clock = None


def answer_if_objected(rating: Rating, made: Made[Rating]) -> None:
    """answers the objection, where there is one under review"""
    if rating.state == RatingState.OBJECTED:
        rating.answer = made.note
        timing.meet(rating.clock)
        rating.clock = None
