"""A case from its first lead to the archive (the brief's state machine 1): what the proceedings have in common."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Department, Duty
from supervision.audit.models import Act
from supervision.cases import officers, owed, remitting, timing
from supervision.cases.facts import RESULT, ask
from supervision.cases.facts import Kind as Asked
from supervision.cases.models import Case, Kind, Lead
from supervision.ledger.models import Item, Stage
from supervision.moves import Made, Move, Workflow, by_another_than, refuse_unless

from .conditions import by_an_officer, by_no_officer, nothing_asked_of_officers, two_officers

AUTHORITY = Department.Party.AUTHORITY
UNSETTLED = (Stage.SUSPECTED, Stage.CONFIRMED, Stage.DEMANDED, Stage.REPAYABLE)
OUTCOMES = {
    "file": gettext_lazy("file it for a penalty"),
    "handle": gettext_lazy("handle it by the agreement"),
    "pass_on": gettext_lazy("pass it on"),
    "no_problem": gettext_lazy("no violation found"),
}


def who_may_handle(case: Case) -> list[tuple[str, str]]:
    """The accounts that may be named officers of the case."""
    holders = Account.objects.filter(duties__contains=[Duty.INVESTIGATE], is_active=True, institution=None)
    stepped_aside = set(case.officers.filter(recused=True).values_list("account", flat=True))
    return [
        (account.username, str(account))
        for account in holders
        if account.pk not in stepped_aside and case.reaches(account)
    ]


OFFICERS = ask("officers", Asked.CHOICES, gettext_lazy("Officers, two at least"), choices=who_may_handle)
PROPOSAL = ask(
    "proposal", Asked.CHOICE, gettext_lazy("What is proposed"),
    choices=lambda case: [(name, str(words)) for name, words in OUTCOMES.items()],
)  # fmt: skip


# --- What moves ask for besides state and duty ------------------------------------------------------


def proposed(case: Case, by: Account) -> None:
    """The officers have proposed what to do with it."""
    refuse_unless(bool(case.proposal), _("The officers have not yet proposed what to do with it."))


def all_closed(case: Case, by: Account) -> None:
    """Every proceeding is closed."""
    still = ", ".join(proceeding.number for proceeding in case.proceedings.filter(closed_at=None))
    refuse_unless(not still, _("Still open: %(what)s.") % {"what": still})


def money_settled(case: Case, by: Account) -> None:
    """Nothing of its money is suspected, confirmed, demanded or owed back to the party any more."""
    left = owed.total(Item.objects.filter(case=case.number), *UNSETTLED)
    refuse_unless(left == 0, _("¥%(left)s of this case is neither returned nor written off.") % {"left": f"{left:,}"})


def no_penalty_under_way(case: Case, by: Account) -> None:
    """A case that was filed goes on otherwise only when its penalty is over: it ended, fell or is closed."""
    going = case.proceedings.filter(kind__in=(Kind.PENALTY, Kind.SUMMARY), closed_at=None).first()
    refuse_unless(
        case.state != Lead.FILED or going is None, _("%(other)s is under way in this case already.") % {"other": going}
    )


# --- What moves do ----------------------------------------------------------------------------------


def sorted_in_time(case: Case, made: Made[Case]) -> None:
    """ends the clock of sorting"""
    timing.end(case.clock)
    case.clock = case.overall_clock


def put_in_charge(case: Case, made: Made[Case]) -> None:
    """names the officers"""
    officers.name_officers(case, officers.chosen(made.facts["officers"]), by=made.by)


def keep_proposal(case: Case, made: Made[Case]) -> None:
    """keeps the proposal and who made it"""
    refuse_unless(made.facts["proposal"] in OUTCOMES, _("There is no such move."))
    case.handler, case.approver, case.proposal = made.by, None, made.facts["proposal"]


def take_back_proposal(case: Case, made: Made[Case]) -> None:
    """takes the proposal off"""
    case.handler, case.proposal = None, ""


def decide(case: Case, made: Made[Case]) -> None:
    """keeps who decided, and ends the clock of filing"""
    differs = made.name != case.proposal
    refuse_unless(bool(made.note) or not differs, _("The officers proposed otherwise. Say why."))
    case.approver = made.by
    timing.end(case.overall_clock)
    case.clock = None


def begin_penalty(case: Case, made: Made[Case]) -> None:
    """opens the penalty, unless one is under way"""
    from supervision.cases.proceeding import open_proceeding  # noqa: PLC0415 - it knows all workflows, this one too

    if not case.proceedings.filter(kind=Kind.PENALTY, closed_at=None).exists():  # taken up again, it goes on
        open_proceeding(case, Kind.PENALTY, by=made.by, note=made.note)


DECIDING = (proposed, two_officers, nothing_asked_of_officers, by_no_officer, by_another_than("handler"))
IN_HAND = frozenset({Lead.VERIFYING})

LEAD: Workflow[Case] = Workflow(
    name="lead",
    words=gettext_lazy("A case"),
    states=Lead,
    act=Act.CASE,
    first=Lead.NEW,
    module="supervision/cases/workflows/lead.py",
    moves={
        "triage": Move(
            frozenset({Lead.NEW}), Lead.TRIAGED, Duty.INVESTIGATE, gettext_lazy("Sort the lead"),
            effects=(sorted_in_time,), needs_note=True,
        ),
        "assign": Move(
            frozenset({Lead.TRIAGED}), Lead.ASSIGNED, Duty.DECIDE, gettext_lazy("Assign to officers"),
            effects=(put_in_charge,), asks=(OFFICERS,),
        ),
        "verify": Move(
            frozenset({Lead.ASSIGNED}), Lead.VERIFYING, Duty.INVESTIGATE, gettext_lazy("Start verifying"),
            conditions=(by_an_officer, two_officers),
        ),
        "propose": Move(
            IN_HAND, Lead.VERIFYING, Duty.INVESTIGATE, gettext_lazy("Propose what to do"),
            conditions=(by_an_officer, two_officers), effects=(keep_proposal,), needs_note=True, asks=(PROPOSAL,),
        ),
        "return": Move(
            IN_HAND, Lead.VERIFYING, Duty.DECIDE, gettext_lazy("Give back to the officers"),
            conditions=(proposed, by_no_officer), effects=(take_back_proposal,), needs_note=True,
        ),
        "file": Move(
            IN_HAND, Lead.FILED, Duty.DECIDE, gettext_lazy("File for a penalty"), party=AUTHORITY,
            conditions=DECIDING, effects=(decide, begin_penalty),
        ),
        "handle": Move(
            IN_HAND, Lead.AGREEMENT_HANDLING, Duty.DECIDE, gettext_lazy("Handle by the agreement"),
            conditions=DECIDING, effects=(decide,),
        ),
        "pass_on": Move(
            IN_HAND, Lead.TRANSFERRED, Duty.DECIDE, gettext_lazy("Pass on to another department"),
            conditions=DECIDING, effects=(decide,), needs_note=True,
        ),
        "no_problem": Move(
            IN_HAND, Lead.NO_PROBLEM, Duty.DECIDE, gettext_lazy("Find no violation"),
            conditions=DECIDING, effects=(decide,), needs_note=True,
        ),
        "reopen": Move(
            frozenset(
                {Lead.FILED, Lead.AGREEMENT_HANDLING, Lead.TRANSFERRED, Lead.NO_PROBLEM, Lead.FED_BACK}
            ), Lead.VERIFYING,
            Duty.DECIDE, gettext_lazy("Take up again"), conditions=(by_no_officer, no_penalty_under_way),
            effects=(take_back_proposal,), needs_note=True,
        ),
        "feed_back": Move(
            frozenset({Lead.FILED, Lead.AGREEMENT_HANDLING, Lead.TRANSFERRED, Lead.NO_PROBLEM}), Lead.FED_BACK,
            Duty.INVESTIGATE, gettext_lazy("Tell the result to whom the lead came from"),
            conditions=(by_an_officer,), asks=(RESULT,),
        ),
        "archive": Move(
            frozenset({Lead.FED_BACK}), Lead.ARCHIVED, Duty.INVESTIGATE, gettext_lazy("Archive"),
            conditions=(by_an_officer, all_closed, money_settled, remitting.nothing_too_much),
        ),
    },
)  # fmt: skip
