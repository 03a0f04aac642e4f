"""A second visit by the plan to one institution within a year: counted, warned of, and answered with a reason."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import BeyondReach, refuse_unless

from . import ruling
from .drawing import permitted
from .models import Inspection, Number

A_YEAR = timedelta(days=365)


def visits_within_a_year(inspection: Inspection, on: date | None = None) -> QuerySet[Inspection]:
    """Other visits on site to the institution, by plan, within a year before the day, or still to come."""
    if inspection.institution_id is None:
        return Inspection.objects.none()
    day = on or timezone.localdate()
    others = Inspection.objects.filter(institution=inspection.institution_id, trigger=Inspection.Trigger.PLAN)
    others = others.exclude(pk=inspection.pk).exclude(state="cancelled")
    to_come = Q(entered_at=None, proposed_at__lt=inspection.proposed_at)
    return others.filter(Q(entered_at__date__gt=day - A_YEAR) | to_come)


def is_one_too_many(inspection: Inspection) -> bool:
    """Whether the plan would lead to the institution more often than the cap allows; leads are not counted."""
    if inspection.trigger != Inspection.Trigger.PLAN or inspection.institution_id is None:
        return False
    most = ruling.number(Number.Code.VISITS, inspection.place_id).value
    return visits_within_a_year(inspection).count() >= most


@transaction.atomic
def give_reason(inspection: Inspection, reason: str, *, by: Account) -> Inspection:
    """Say why the plan leads to the same institution again within a year."""
    permitted(by)
    locked = Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
    if not locked.place_id.startswith(by.territory.prefix if by.territory else "-"):
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(bool(reason.strip()), _("Say why."))
    refuse_unless(is_one_too_many(locked), _("It is no second visit by the plan within a year."))
    locked.repeat_reason = reason.strip()[:400]
    locked.save(update_fields=["repeat_reason"])
    record(Act.CASE, by, locked.number, move="give_reason")
    return locked
