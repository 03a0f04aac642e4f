"""The one place where an inspection opens its visit on site, with the checklist and the papers that are kept there."""

from importlib import import_module

from django.apps import apps
from django.utils.translation import gettext as _

from institutions.models import Account
from supervision.moves import Made, MoveRefused

from .models import Inspection

VISITS = "supervision.onsite"


def open_visit(inspection: Inspection, *, by: Account) -> str:
    """Open the visit of an inspection for its officers; returns its number, empty where no visits are kept."""
    if not apps.is_installed(VISITS):
        return ""
    if inspection.institution is None:
        raise MoveRefused(_("It has no institution yet."))
    visit = import_module(f"{VISITS}.visiting").open_visit(
        about=inspection.number, institution=inspection.institution,
        officers=[one.inspector.account for one in inspection.members.officers() if one.inspector],
        checklist=[(one.code, one.name_zh, one.guide_zh) for one in inspection.items.all()], place=inspection.place,
        by=by,
    )  # fmt: skip
    return str(visit)


def opens_the_visit(inspection: Inspection, made: Made[Inspection]) -> None:
    """opens the visit on site"""
    inspection.visit = open_visit(inspection, by=made.by)[:60]
