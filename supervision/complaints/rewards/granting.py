"""Begins a reward: of a report that was found true, by whoever handles reports."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.complaints.models import Complaint
from supervision.moves import BeyondReach, MoveRefused, refuse_unless

from .conditions import entitled, first_of_its_case, leading_case
from .models import Reward
from .workflow import REWARD


def begin(complaint: Complaint, *, by: Account) -> Reward:
    """The first effective report of a case may have one; a second is refused, also by the database."""
    refuse_unless(by.holds(Duty.COMPLAINTS) and not by.institution_id, _("You do not hold the duty for this."))
    if not complaint.reaches(by):
        raise BeyondReach(_("There is nothing here by that number."))
    entitled(complaint)
    first_of_its_case(complaint)
    try:
        with transaction.atomic():
            return begun(complaint, by)
    except IntegrityError:
        raise MoveRefused(_("There is a reward for this report or its case already.")) from None


def begun(complaint: Complaint, by: Account) -> Reward:
    reward = Reward.objects.create(
        number=f"JL{complaint.number[2:]}", complaint=complaint, case=leading_case(complaint), place=complaint.place,
        state=REWARD.first,
    )  # fmt: skip
    reward.events.create(move="begin", after=reward.state, by=by)
    record(Act.REWARD, by, reward.number, move="begin")
    return reward
