"""What moves of evaluations and repairs ask for besides state and duty."""

from django.utils.translation import gettext as _

from institutions.models import Account
from supervision.moves import by_another_than, refuse_unless

from . import repairing, timing
from .models import Evaluation, Repair, State

another_than_computer = by_another_than("computer")
another_than_both = by_another_than("computer", "approver")
another_than_handler = by_another_than("handler")


def window_open(evaluation: Evaluation, by: Account) -> None:
    """the time to object has not run out"""
    refuse_unless(not timing.is_over(evaluation.object_until), _("The time to object is over."))


def nobody_may_object(evaluation: Evaluation, by: Account) -> None:
    """the time to object is over, or the objection was reviewed"""
    reviewed = evaluation.state in (State.CORRECTED, State.UPHELD)
    refuse_unless(reviewed or timing.is_over(evaluation.object_until), _("It may still be objected to."))


def a_later_one_follows(evaluation: Evaluation, by: Account) -> None:
    """a later evaluation takes its place"""
    later = Evaluation.objects.filter(
        institution=evaluation.institution_id, pk__gt=evaluation.pk,
        state__in=[State.PUBLICISED, State.CORRECTED, State.UPHELD],
    )  # fmt: skip
    refuse_unless(later.exists(), _("No later evaluation takes its place."))


def still_clean(repair: Repair, by: Account) -> None:
    """the record may be repaired, and none was added for as long as the scheme asks"""
    repairing.may_be_repaired(repair.event)
