"""The institution's word on each finding of an inspection, before it is concluded."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import BeyondReach, refuse_unless

from .models import Fact, Inspection


@transaction.atomic
def answer_fact(fact: Fact, *, accepts: bool, grounds: str = "", by: Account) -> Fact:
    """Accept a finding or dispute it with the grounds; until the defence is handed in it may be changed."""
    refuse_unless(
        by.holds(Duty.ANSWER) and by.institution_id is not None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.ANSWER.label},
    )
    inspection = Inspection.objects.select_for_update(of=("self",)).get(pk=fact.inspection_id)
    if not inspection.reaches(by):
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(inspection.told, _("It is not open to a defence now."))
    refuse_unless(accepts or bool(grounds.strip()), _("Say why."))
    fact.answer = Fact.Answer.ACCEPTED if accepts else Fact.Answer.DISPUTED
    fact.grounds, fact.answered_by, fact.answered_at = grounds.strip()[:400], by, timezone.now()
    fact.save(update_fields=["answer", "grounds", "answered_by", "answered_at"])
    record(Act.CASE, by, str(fact), move="answer", accepts=accepts)
    return fact
