"""Asks for an identity to be opened, and lets what nobody used in time lapse."""

import logging

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.clocks import calendar
from supervision.clocks.limits import limit, places_of
from supervision.moves import THE_SITE, MoveRefused, as_a_move, refuse_unless

from .models import Identity, Kind, Opening, Purpose
from .workflow import OPENING

log = logging.getLogger(__name__)

HOURS, ANSWERED = "identity_opening", "identity_answer"  # limits: for how long at most, and answered within
AT_ONCE = 200
LONGEST = 2000  # characters of a reason


@transaction.atomic
def ask(
    subject: str, *, purpose: str, reason: str, hours: int, by: Account, kind: str = Kind.IDENTITY
) -> Opening:  # fmt: skip
    """Wish to read who it is. Nothing is opened before a second person has approved."""
    refuse_unless(may_ask(by), _("You may not ask for the opening of identities."))
    kept = Identity.objects.visible_to(by).filter(subject=subject, kind=kind).order_by("version").last()
    refuse_unless(kept is not None, _("Nothing is kept here under that number."))
    assert kept is not None
    refuse_unless(purpose in Purpose.values, _("Say what for."))
    refuse_unless(0 < len(reason.strip()) <= LONGEST, _("Say why."))
    most = longest(kept.place_id)
    refuse_unless(0 < hours <= most, _("An opening holds for one to %(most)d hours.") % {"most": most})
    return written(kept, Purpose(purpose), reason.strip(), hours, by)


def written(kept: Identity, purpose: Purpose, reason: str, hours: int, by: Account) -> Opening:
    now = timezone.now()
    with as_a_move():
        answered = limit(ANSWERED, places_of(kept.place_id), timezone.localdate())
        until = calendar.add(now, answered.amount, answered.unit)  # type: ignore[arg-type]
    try:
        with transaction.atomic():
            opening = Opening.objects.create(
                subject=kept.subject, kind=kept.kind, place_id=kept.place_id, purpose=purpose, reason=reason,
                hours=hours, asked_by=by, asked_at=now, until=until, state=OPENING.first,
            )  # fmt: skip
    except IntegrityError as error:
        raise MoveRefused(_("You have asked for this already.")) from error
    opening.events.create(move="ask", after=opening.state, by=by, note=reason)
    # The reason stays with the opening: it may name people, and the chain is for ever.
    record(Act.IDENTITY, by, str(opening), move="ask", purpose=purpose.value, kind=kept.kind, hours=hours)
    return opening


def may_ask(account: Account) -> bool:
    """For the desk alone, and never for who manages accounts: that one could give the duty to themselves."""
    return account.institution_id is None and account.holds(Duty.IDENTITY) and not account.holds(Duty.ADMINISTER)


def longest(place: str) -> int:
    """For how many hours an opening may hold in a place."""
    with as_a_move():
        return int(limit(HOURS, places_of(place), timezone.localdate()).amount)


def lapse_due() -> int:
    """End what has run out, answered or not. Twice changes nothing."""
    due = Opening.objects.filter(
        state__in=[Opening.State.ASKED, Opening.State.APPROVED], until__lt=timezone.now()
    ).order_by("until", "pk")[:AT_ONCE]
    return sum(lapse(opening) for opening in due)


def lapse(opening: Opening) -> bool:
    try:
        OPENING.make(opening, "lapse", by=THE_SITE, turn=opening.turn)
    except MoveRefused:
        log.info("%s moved on before it lapsed", opening)
        return False
    return True
