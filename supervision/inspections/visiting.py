"""The one place where an inspection opens its visit on site, with the checklist that is worked through there."""

from django.utils.translation import gettext as _

from institutions.models import Account
from supervision.moves import Made, MoveRefused
from supervision.onsite import ruling
from supervision.onsite import visiting as onsite
from supervision.refusal import Refused

from .models import Inspection


def open_visit(inspection: Inspection, *, by: Account) -> str:
    """Open the visit of an inspection for its officers, by the checklist of its place; returns the visit's number."""
    if inspection.institution is None:
        raise MoveRefused(_("It has no institution yet."))
    lists = ruling.checklists(inspection.place_id)
    if not lists:
        raise MoveRefused(_("Nobody has set a checklist for this place."))
    try:
        visit = onsite.open_visit(
            about=inspection.number, institution=inspection.institution,
            officers=[one.inspector.account for one in inspection.members.officers() if one.inspector],
            checklist=lists[0], place=inspection.place, by=by,
        )  # fmt: skip
    except Refused as refusal:
        raise MoveRefused(str(refusal)) from refusal
    return visit.number


def opens_the_visit(inspection: Inspection, made: Made[Inspection]) -> None:
    """opens the visit on site"""
    inspection.visit = open_visit(inspection, by=made.by)
