"""What moves of complaints ask for besides state and duty."""

from django.utils.translation import gettext as _

from institutions.models import Account
from supervision.cases.models import Lead
from supervision.moves import refuse_unless

from . import timing
from .models import Complaint

SETTLED_LEADS = (Lead.FILED, Lead.AGREEMENT_HANDLING, Lead.TRANSFERRED)
ENDED_LEADS = (Lead.FED_BACK, Lead.ARCHIVED)


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
    """nobody can object any more"""
    refuse_unless(
        complaint.objected_on is not None or timing.window_is_over(complaint),
        _("The reporter may still object."),
    )


def not_objected_yet(complaint: Complaint, by: Account) -> None:
    """objected to for the first time"""
    refuse_unless(complaint.objected_on is None, _("It was objected to once already."))
