"""Repairs: an institution asks that a record which was put right counts no more."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Duty, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.clocks.calendar import months_after
from supervision.moves import BeyondReach, Made, MoveRefused, refuse_unless

from . import graded, letters, recording, timing
from .models import VIOLATIONS, CreditEvent, Repair, RepairState


@transaction.atomic
def apply_for_repair(event: CreditEvent, *, statement: str, promise: str, by: Account) -> Repair:
    """Asked for by who signs for the institution; one at a time about a record."""
    refuse_unless(by.holds(Duty.SIGN) and by.institution_id is not None, _("You do not hold the duty for this."))
    if not Institution.objects.visible_to(by).filter(pk=event.institution_id).exists():
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(bool(statement.strip()), _("Say what was put right."))
    refuse_unless(bool(promise.strip()), _("Say what you promise."))
    may_be_repaired(event)
    try:
        with transaction.atomic():
            return applied(event, statement.strip(), promise.strip(), by)
    except IntegrityError:
        raise MoveRefused(_("A repair of this record is being looked into already.")) from None


def applied(event: CreditEvent, statement: str, promise: str, by: Account) -> Repair:
    nth = Repair.objects.filter(institution=event.institution_id).count() + 1
    repair = Repair.objects.create(
        number=f"XF-{event.institution_id}-{timezone.localdate().year}-{nth}", institution=event.institution,
        event=event, statement=statement, promise=promise, applicant=by, state=RepairState.APPLIED,
    )  # fmt: skip
    repair.clock = timing.start(
        timing.REPAIR, event.institution, subject=repair.number, duty=Duty.CREDIT, address=repair.get_absolute_url()
    )
    repair.save(update_fields=["clock"])
    repair.events.create(move="apply", after=repair.state, by=by)
    record(Act.CREDIT, by, repair.number, move="apply", record=event.record)
    return repair


def may_be_repaired(event: CreditEvent) -> None:
    """A violation that counts, of a kind that may be repaired, and no new one for as long as the scheme asks."""
    today = timezone.localdate()
    refuse_unless(not event.is_merit, _("Only what counts against an institution is repaired."))
    refuse_unless(not event.endings.exists(), _("This record counts no more."))
    scheme = graded.scheme_of(event.institution, today)
    line = graded.terms_of(scheme).line_of(graded.fact_of(event))
    refuse_unless(line is not None and line.repairable, _("A record of this kind cannot be repaired."))
    since = clean_since(event.institution)
    open_from = months_after(since, scheme.months_clean) if since else today
    refuse_unless(
        today >= open_from,
        _("Only after %(months)d months without a new record: from %(day)s on.")
        % {"months": scheme.months_clean, "day": open_from.isoformat()},
    )


def clean_since(institution: Institution) -> dt.date | None:
    """The day of the last violation on record that still counts."""
    rows = CreditEvent.objects.filter(institution=institution, indicator__in=sorted(VIOLATIONS)).standing()
    last = rows.order_by("-known_on").first()
    return last.known_on if last else None


# --- What moves of repairs do --------------------------------------------------------------------------


def take_on(repair: Repair, made: Made[Repair]) -> None:
    """keeps who looks into it"""
    repair.handler = made.by


def grant(repair: Repair, made: Made[Repair]) -> None:
    """ends the record by a further row, and issues credit_repair"""
    repair.approver, repair.answer = made.by, made.note
    timing.meet(repair.clock)
    scheme = graded.scheme_of(repair.institution, timezone.localdate())
    recording.repair(repair.event, scheme, because=repair.number, by=made.by)
    letters.decide_repair(repair, granted=True, by=made.by)


def refuse(repair: Repair, made: Made[Repair]) -> None:
    """keeps who refused it and why, and issues credit_repair"""
    repair.approver, repair.answer = made.by, made.note
    timing.meet(repair.clock)
    letters.decide_repair(repair, granted=False, by=made.by)
