"""What an inspection found goes the way of every finding: named lines are heard, everything else is a case's lead."""

from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account
from supervision.cases.models import Case
from supervision.cases.opening import open_case
from supervision.hearing.opening import open_hearing
from supervision.monitoring import noticing
from supervision.moves import Made, refuse_unless

from .letters import told_standing
from .models import Fact, Inspection
from .models.plans import Mode

RULE = "on_site_inspection"  # by which findings of inspections are known beside those of rules
ORIGINS = {Mode.FLIGHT: Case.Origin.FLIGHT, Mode.RANDOM: Case.Origin.DAILY, Mode.DAILY: Case.Origin.DAILY}


def not_joined_yet(inspection: Inspection, by: Account) -> None:
    """once"""
    refuse_unless(inspection.joined_on is None, _("Its findings were handed on already."))


def everything_is_joined(inspection: Inspection, by: Account) -> None:
    """once what stands was handed on"""
    left = inspection.facts.filter(outcome=Fact.Outcome.STANDS, hearing=None, case=None).exists()
    refuse_unless(not left, _("Hand on what stands first."))


def joins(inspection: Inspection, made: Made[Inspection]) -> None:
    """lays what names lines before a hearing, and opens a case with everything else"""
    facts = list(inspection.facts.filter(outcome=Fact.Outcome.STANDS).prefetch_related("charges"))
    bare = [fact for fact in facts if not fact.charges.all()]
    for fact in facts:
        if fact.charges.all():
            fact.hearing = open_hearing(noticed(fact), by=made.by)
            fact.save(update_fields=["hearing"])
    if bare:
        case = lead(inspection, bare, by=made.by)
        for fact in bare:
            fact.case = case
            fact.save(update_fields=["case"])
    inspection.joined_on = timezone.localdate()


def noticed(fact: Fact) -> noticing.Finding:
    """The finding as monitoring keeps it, with the lines it names."""
    lines = [
        noticing.Line(one.claim, one.charge, one.suspected, one.amount, one.fund, {"item": one.about})
        for one in fact.charges.all()
    ]
    first = fact.charges.all()[0]
    institution = fact.inspection.institution
    assert institution is not None
    return noticing.notice(
        RULE, str(fact), institution=institution, month=first.month, claim=first.claim, member=first.member,
        insured_area=first.insured_area, lines=lines,
        because_zh=f"现场检查（{fact.inspection}）：{fact.words}（{fact.norm}）",
        because_en=f"Inspection {fact.inspection}: {fact.words} ({fact.norm})",
    )  # fmt: skip


def lead(inspection: Inspection, facts: list[Fact], *, by: Account) -> Case:
    institution = inspection.institution
    assert institution is not None
    return open_case(
        title=f"{institution.name_zh}：现场检查发现的问题"[:200], origin=ORIGINS[Mode(inspection.mode)],
        place=institution.division, respondent=Case.Respondent.INSTITUTION, institution=institution,
        facts=f"{inspection}\n{told_standing(facts)}", by=by,
    )  # fmt: skip
