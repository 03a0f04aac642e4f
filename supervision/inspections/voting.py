"""Disputed findings are decided by the officers of the team together: who voted how is kept."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import BeyondReach, MoveRefused, refuse_unless

from .models import Fact, Inspection, Vote
from .teaming import officer_of


@transaction.atomic
def vote(fact: Fact, *, stands: bool, reason: str, by: Account) -> Vote:
    """An officer's voice, once, with its reason."""
    refuse_unless(
        by.holds(Duty.INVESTIGATE) and by.institution_id is None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.INVESTIGATE.label},
    )
    inspection = Inspection.objects.select_for_update(of=("self",)).get(pk=fact.inspection_id)
    if not inspection.reaches(by):
        raise BeyondReach(_("There is nothing here by that number."))
    member = officer_of(inspection, by)
    if member is None:
        raise MoveRefused(_("Only officers of its team do this."))
    refuse_unless(inspection.state == "defended", _("Votes are cast once the institution was heard."))
    refuse_unless(fact.answer == Fact.Answer.DISPUTED, _("Only what is disputed is voted on."))
    refuse_unless(bool(reason.strip()), _("Say why."))
    try:
        with transaction.atomic():
            made = Vote.objects.create(fact=fact, member=member, stands=stands, reason=reason.strip()[:400])
    except IntegrityError:
        raise MoveRefused(_("You have voted on it already.")) from None
    record(Act.CASE, by, str(fact), move="vote", stands=stands)
    return made


def outstanding(inspection: Inspection) -> list[Fact]:
    """The disputed findings on which an officer of the team has not voted."""
    officers = set(inspection.members.officers().values_list("pk", flat=True))
    disputed = inspection.facts.filter(answer=Fact.Answer.DISPUTED).prefetch_related("votes")
    return [fact for fact in disputed if officers - {one.member_id for one in fact.votes.all()}]


def stands(fact: Fact) -> bool:
    """What nobody disputes stands; what is disputed, where more officers on the team voted for it than against."""
    if fact.answer != Fact.Answer.DISPUTED:
        return True
    voices = [one.stands for one in fact.votes.filter(member__until=None)]
    return sum(voices) * 2 > len(voices)


def standing_facts(inspection: Inspection) -> list[Fact]:
    return [fact for fact in inspection.facts.prefetch_related("charges") if stands(fact)]
