"""A department brings a lead; it becomes a case as any lead does, and the department is told what came of it."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Duty, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.facts import RESULT
from supervision.cases.models import Case, Lead
from supervision.cases.opening import open_case
from supervision.clocks import running
from supervision.moves import BeyondReach, Made, Move, Workflow, refuse_unless

from . import timing
from .models import BroughtLead, Partner
from .models.leads import State
from .numbering import next_number
from .sending import tells_of_lead

DECIDED = (
    Lead.FILED, Lead.AGREEMENT_HANDLING, Lead.TRANSFERRED, Lead.NO_PROBLEM, Lead.FED_BACK, Lead.ARCHIVED,
)  # fmt: skip


def decided(lead: BroughtLead, by: Account) -> None:
    """once it is decided what is done with its case"""
    refuse_unless(
        lead.case is not None and lead.case.state in DECIDED, _("It is not decided yet what is done with its case.")
    )


def take_up(lead: BroughtLead, made: Made[BroughtLead]) -> None:
    """opens a case from another department's lead"""
    institution = lead.institution
    lead.case = open_case(
        title=lead.title, origin=Case.Origin.DEPARTMENT, place=institution.division if institution else lead.place,
        respondent=Case.Respondent.INSTITUTION if institution else Case.Respondent.PERSON, institution=institution,
        person=lead.person, facts=f"{lead.facts}\n（{lead.partner.department.name_zh}，{lead.number}）", by=made.by,
    )  # fmt: skip


def meets(lead: BroughtLead, made: Made[BroughtLead]) -> None:
    """ends the clock"""
    running.meet_if_going(lead.clock)
    lead.clock = None


def tell(lead: BroughtLead, made: Made[BroughtLead]) -> None:
    """keeps what the department is told"""
    lead.result = str(made.facts["result"])


def tell_why(lead: BroughtLead, made: Made[BroughtLead]) -> None:
    """tells the department why"""
    lead.result = made.note


MOVES: dict[str, Move[BroughtLead]] = {
    "take_up": Move(
        frozenset({State.RECEIVED}), State.TAKEN_UP, Duty.INVESTIGATE, gettext_lazy("Take it up as a case"),
        effects=(take_up, meets, tells_of_lead("lead.taken_up")),
    ),
    "decline": Move(
        frozenset({State.RECEIVED}), State.DECLINED, Duty.INVESTIGATE, gettext_lazy("Do not take it up"),
        needs_note=True, effects=(tell_why, meets, tells_of_lead("lead.declined")),
    ),
    "tell": Move(
        frozenset({State.TAKEN_UP}), State.TOLD, Duty.INVESTIGATE, gettext_lazy("Tell the department the result"),
        conditions=(decided,), asks=(RESULT,), effects=(tell, tells_of_lead("lead.told")),
    ),
}  # fmt: skip

BROUGHT_LEAD = Workflow[BroughtLead](
    name="brought_lead", words=gettext_lazy("A lead of another department"), states=State, act=Act.SHARING,
    moves=MOVES, first=State.RECEIVED, module=__name__,
)  # fmt: skip


def partner_of(by: Account) -> Partner:
    """Whose liaison it is."""
    refuse_unless(
        by.holds(Duty.LIAISE) and by.institution_id is None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.LIAISE.label},
    )
    found = Partner.objects.filter(pk=by.department_id, until=None).select_related("department__division").first()
    if not by.at_liaison or found is None:
        raise BeyondReach(_("There is nothing here by that number."))
    return found


@transaction.atomic
def bring_lead(
    title: str, facts: str, *, sent_id: str, institution: str = "", person: str = "", by: Account
) -> BroughtLead:
    """What the department tells us of, under a number of its own. Sent again in the same words it is the same lead."""
    partner = partner_of(by)
    said = {"title": title.strip()[:200], "facts": facts.strip(), "person": person.strip()[:60]}
    refuse_unless(
        bool(said["title"] and said["facts"] and sent_id.strip()), _("A lead has a number, a title, and facts.")
    )
    here = partner.department.division
    about = Institution.objects.filter(pk=institution.strip(), division__code__startswith=here.prefix).first()
    refuse_unless(about is not None or not institution.strip(), _("There is no institution by that code here."))
    refuse_unless(about is not None or bool(said["person"]), _("Say which institution or which person it is about."))
    number = next_number(BroughtLead, "XS", here)  # from here on, of two at once one waits
    before = BroughtLead.objects.filter(partner=partner, sent_id=sent_id.strip()).first()
    if before is not None:
        same = {**said, "institution_id": about.pk if about else None}
        refuse_unless(
            all(getattr(before, name) == value for name, value in same.items()),
            _("Your number %(number)s was used for another lead.") % {"number": before.sent_id},
        )
        return before
    made = BroughtLead.objects.create(
        number=number, partner=partner, place=here, sent_id=sent_id.strip()[:60], institution=about, brought_by=by,
        state=BROUGHT_LEAD.first, **said,
    )  # fmt: skip
    made.clock = timing.start(
        timing.LEAD, subject=made.number, title=made.title, place=here.pk, duty=Duty.INVESTIGATE,
        address=reverse("coordination:lead", args=[made.number]),
    )  # fmt: skip
    made.save(update_fields=["clock"])
    made.events.create(move="bring", after=made.state, by=by)
    record(Act.SHARING, by, made.number, move="bring", partner=partner.pk)
    return made
