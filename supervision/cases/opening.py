"""Opens a case from a lead: findings that were upheld or accepted, a complaint, an inspection, another department."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Division, Duty, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.hearing.models import Hearing
from supervision.hearing.models import State as Heard
from supervision.hearing.workflow import HEARING
from supervision.ledger.models import Item
from supervision.locks import one_at_a_time
from supervision.moves import BeyondReach, as_a_move, refuse_unless

from . import timing
from .models import Case, CaseEvent, CaseFinding
from .workflows.conditions import case_is_open
from .workflows.lead import LEAD

NUMBERING = 0x63617365  # 'case'; a number of our own among PostgreSQL's advisory locks
OPENERS = (Duty.INVESTIGATE, Duty.HEAR, Duty.DECIDE, Duty.COMPLAINTS)
READY = (Heard.UPHELD, Heard.ACCEPTED)


@transaction.atomic
def open_case(
    *, title: str, origin: str, place: Division, respondent: str, institution: Institution | None = None,
    person: str = "", facts: str, by: Account, hearings: Sequence[Hearing] = (),
) -> Case:  # fmt: skip
    """Write down a lead, with the findings it came from; from now on its clocks run."""
    refuse_unless(any(by.holds(duty) for duty in OPENERS), _("You do not hold the duty for this."))
    refuse_unless(bool(title.strip()) and bool(facts.strip()), _("A case has a title and says what it is about."))
    one_at_a_time(NUMBERING)
    case = Case(
        number=next_number(place), title=title.strip(), origin=origin, place=place, respondent=respondent,
        institution=institution, person=person.strip(), facts=facts.strip(), opened_by=by, state=LEAD.first,
    )  # fmt: skip
    if not case.reaches(by):
        raise BeyondReach(_("That lies in another territory."))
    refuse_unless(
        institution is None or institution.division_id.startswith(place.prefix),
        _("The institution lies outside the place of the case."),
    )
    case.save()
    with as_a_move():
        case.overall_clock = timing.start(case, "P01", since=case.opened_at, duty=Duty.INVESTIGATE)
        case.clock = timing.start(case, "lead_triage", since=case.opened_at, duty=Duty.INVESTIGATE)
    case.save(update_fields=["overall_clock", "clock"])
    CaseEvent.objects.create(case=case, move="open", after=case.state, by=by, note=case.facts)
    add_hearings(case, hearings, by=by)
    record(Act.CASE, by, case.number, move="open", origin=case.origin, hearings=[hearing.pk for hearing in hearings])
    return case


def next_number(place: Division) -> str:
    """AJ, the division, the year and which case of that year it is; without gaps, as who asks holds the lock."""
    start = f"AJ-{place.pk}-{timezone.localdate().year}-"
    last = Case.objects.filter(number__startswith=start).order_by("-number").values_list("number", flat=True).first()
    return f"{start}{int(last.removeprefix(start)) + 1 if last else 1:06}"


@transaction.atomic
def add_hearings(case: Case, hearings: Sequence[Hearing], *, by: Account) -> None:
    """Make findings part of the case: each upheld or accepted, of the case's institution, and in no other case."""
    case_is_open(Case.objects.select_for_update(of=("self",)).get(pk=case.pk), by)
    for hearing in hearings:
        refuse_unless(
            hearing.state in READY,
            _("Finding %(number)s is neither upheld nor accepted.") % {"number": hearing.pk},
        )
        refuse_unless(
            hearing.institution_id == case.institution_id,
            _("Finding %(number)s is about another institution.") % {"number": hearing.pk},
        )
        HEARING.make(hearing, "handle", by=by, note=case.number, measure="case")
        CaseFinding.objects.create(case=case, hearing=hearing, added_by=by)
        Item.objects.filter(reference__in=references(hearing)).update(case=case.number)


def references(hearing: Hearing) -> list[str]:
    """How the ledger names the sums of a hearing's lines."""
    return [f"hearing line {line}" for line in hearing.lines.values_list("pk", flat=True)]
