"""What moves of complaints ask for besides state and duty."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from institutions.models import Account
from supervision.cases.models import Lead
from supervision.moves import refuse_unless

from . import timing
from .models import Complaint, Message

SETTLED_LEADS = (Lead.FILED, Lead.AGREEMENT_HANDLING, Lead.TRANSFERRED)
ENDED_LEADS = (Lead.FED_BACK, Lead.ARCHIVED)

# What lies above tells it: whether something of a complaint that was decided is under way still.
UNDER_WAY: list[Callable[[Complaint], bool]] = []


def is_a_tip(complaint: Complaint, by: Account) -> None:
    """of a report"""
    refuse_unless(complaint.is_tip, _("That is for reports of misuse, not for complaints about one's own rights."))


def is_a_grievance(complaint: Complaint, by: Account) -> None:
    """of a complaint about one's own rights"""
    refuse_unless(not complaint.is_tip, _("That is for complaints about one's own rights, not for reports of misuse."))


def no_lead_yet(complaint: Complaint, by: Account) -> None:
    """no lead was opened from it"""
    refuse_unless(complaint.case is None, _("A lead was opened from it already."))


def lead_was_filed(complaint: Complaint, by: Account) -> None:
    """its lead was filed"""
    refuse_unless(complaint.case is not None, _("No lead was opened from it: open one, or do not file it."))
    filed = complaint.case is not None and complaint.case.state in (*SETTLED_LEADS, *ENDED_LEADS)
    refuse_unless(filed, _("Its case has not been filed yet."))


def lead_has_ended(complaint: Complaint, by: Account) -> None:
    """its case has ended"""
    ended = complaint.case is None or complaint.case.state in (Lead.NO_PROBLEM, *ENDED_LEADS)
    refuse_unless(ended, _("Its case has not ended yet."))


def window_over(complaint: Complaint, by: Account) -> None:
    """nobody can object any more, and no objection waits to be taken up"""
    if complaint.objected_on is not None:
        return
    refuse_unless(timing.window_is_over(complaint), _("The reporter may still object."))
    refuse_unless(not has_objected(complaint), _("An objection waits to be taken up."))


def has_objected(complaint: Complaint) -> bool:
    """Whether the reporter has objected, taken up or not."""
    return complaint.messages.filter(kind=Message.Kind.OBJECTION).exists()


def nothing_under_way(complaint: Complaint, by: Account) -> None:
    """no reward is under way"""
    refuse_unless(not any(going(complaint) for going in UNDER_WAY), _("A reward of it is under way."))


def not_objected_yet(complaint: Complaint, by: Account) -> None:
    """objected to for the first time"""
    refuse_unless(complaint.objected_on is None, _("It was objected to once already."))
