"""Which side of a matter leads, and whose move it is: of who asks, handles or leads, or of their common superior."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, chain
from supervision.clocks.limits import narrowest, places_of
from supervision.moves import refuse_unless
from supervision.refusal import Refused

from .models import LeadRule, Request


class LeadMissing(Refused):
    """Nobody has said who leads such a matter."""


def rule(suspect: str, place: str, on: date | None = None) -> LeadRule:
    """Who leads a matter about the institution, or about the insured person alone."""
    day = on or timezone.localdate()
    found = LeadRule.objects.filter(suspect=suspect, place__in=places_of(place), valid__contains=day)
    if (holds := narrowest(found)) is None:
        raise LeadMissing(_("Nobody has said who leads such a matter."))
    return holds


def asking(request: Request, by: Account) -> None:
    """by the region that asks"""
    refuse_unless(by.territory_id == request.from_place_id, _("That is for the region that asks to do."))


def asked(request: Request, by: Account) -> None:
    """by the region that is asked"""
    refuse_unless(by.territory_id == request.to_place_id, _("That is for the region that is asked to do."))


def handling(request: Request, by: Account) -> None:
    """by the region that handles it"""
    refuse_unless(by.territory_id == request.handler_place_id, _("That is for the region that handles it to do."))


def leading(request: Request, by: Account) -> None:
    """by the region that leads"""
    refuse_unless(by.territory_id == request.leader.pk, _("That is for the region that leads to do."))


def superior(request: Request, by: Account) -> None:
    """by the common superior, or a level above it"""
    refuse_unless(by.territory_id in chain(request.superior), _("That is for the common superior to do."))
