"""What moves of settlements ask for besides state and duty."""

from django.utils import timezone
from django.utils.translation import gettext as _

from institutions import standing
from institutions.models import Account, AppraisedYear
from supervision.moves import by_another_than, refuse_unless

from .declaring import holds
from .models import MonthlySettlement
from .models.settlements import State

CLOSED = (State.RECONCILED, State.YEAR_SETTLED)

another_than_preparer = by_another_than("preparer")
a_third = by_another_than("preparer", "approver")
another_than_assessor = by_another_than("assessor")


def window_is_over(settlement: MonthlySettlement) -> bool:
    """Whether the institution's time to object has run out."""
    clock = settlement.answer_clock
    return clock is None or clock.ended_at is not None or timezone.now() > clock.due_at


def in_time(settlement: MonthlySettlement, by: Account) -> None:
    """while the institution's time runs, and before it has accepted"""
    refuse_unless(settlement.accepted_at is None, _("It was accepted already."))
    refuse_unless(not window_is_over(settlement), _("The time to object has run out."))


def was_put_before_the_institution(settlement: MonthlySettlement, by: Account) -> None:
    """accepted by the institution, or its time to object has run out"""
    refuse_unless(
        settlement.accepted_at is not None or window_is_over(settlement),
        _("The institution may still object: wait for its answer, or until its time is over."),
    )


def nothing_is_held(settlement: MonthlySettlement, by: Account) -> None:
    """while no measure holds its money"""
    held_by = ", ".join(measure.because for measure in holds(settlement))
    refuse_unless(not held_by, _("A measure holds this money: %(measures)s.") % {"measures": held_by})


def the_year_is_reconciled(settlement: MonthlySettlement, by: Account) -> None:
    """once the year is over and each of its months is reconciled"""
    year = settlement.month[:4]
    refuse_unless(str(timezone.localdate().year) > year, _("The year is not over."))
    others = MonthlySettlement.objects.filter(
        institution=settlement.institution_id, fund=settlement.fund, month__startswith=f"{year}-"
    )
    left = others.exclude(state__in=CLOSED).values_list("month", flat=True)
    refuse_unless(not left, _("These months are not reconciled yet: %(months)s.") % {"months": ", ".join(sorted(left))})


def was_assessed(settlement: MonthlySettlement, by: Account) -> None:
    """somebody has decided how much of the deposit goes back"""
    refuse_unless(settlement.to_release is not None, _("Nobody has decided how much of the deposit goes back."))


def year_of(settlement: MonthlySettlement) -> AppraisedYear | None:
    """The year's appraisal under the agreement by which this place settles."""
    return standing.year_of(settlement.institution, int(settlement.month[:4]), place=settlement.place_id)


def the_year_was_appraised(settlement: MonthlySettlement, by: Account) -> None:
    """after the year was appraised under the agreement: its band says how much of the deposit goes back"""
    refuse_unless(
        year_of(settlement) is not None,
        _("The year %(year)s is not appraised under its agreement yet: its band says what of the deposit goes back.")
        % {"year": settlement.month[:4]},
    )
