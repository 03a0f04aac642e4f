"""Breach of agreement 协议处理: the agency says what it means to do, hears the institution, decides and acts."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Department, Duty
from supervision.audit.models import Act
from supervision.cases import breaching, imposing, owed, referring
from supervision.cases.deciding import approved, closed, handled
from supervision.cases.facts import AMOUNT, DAY, VOUCHER, Kind, ask
from supervision.cases.letters import sends
from supervision.cases.models import Breach, Concerned, Proceeding
from supervision.cases.timing import meets, ran_out, starts
from supervision.moves import Made, Move, Workflow, by_another_than, refuse_unless

from .beginning import Beginning

HANDLING = Department.Party.HANDLING


class State(models.TextChoices):
    PROPOSED = "proposed", gettext_lazy("proposed")
    NOTIFIED = "notified", gettext_lazy("told to the institution")
    DEFENDED = "defended", gettext_lazy("institution heard")
    DECIDED = "decided", gettext_lazy("decided")
    DISPUTED = "disputed", gettext_lazy("disputed")
    EXECUTING = "executing", gettext_lazy("being carried out")
    RECTIFIED = "rectified", gettext_lazy("put right")
    FAILED = "failed", gettext_lazy("not put right")
    CLOSED = "closed", gettext_lazy("closed")


def open_measures(proceeding: Proceeding) -> list[tuple[str, str]]:
    return [(measure.code, str(measure)) for measure in breaching.applicable(proceeding)]


MEASURES = ask("measures", Kind.CHOICES, gettext_lazy("Measures"), choices=open_measures)
ABOUT = ask("about", Kind.CHOICE, gettext_lazy("Department or person"), choices=lambda _about: Concerned.About.choices)
CODE = ask("code", Kind.LINE, gettext_lazy("Its code"))
UNTIL = ask("until", Kind.DAY, gettext_lazy("Last day of the suspension"))
DEFENCE = ask("defence", Kind.WORDS, gettext_lazy("What the institution says"))
FORUM = ask("forum", Kind.CHOICE, gettext_lazy("Where it is disputed"), choices=lambda _about: Breach.Forum.choices)
RESULT = ask("result", Kind.WORDS, gettext_lazy("Result in words"))
DONE = ask("done", Kind.WORDS, gettext_lazy("What was done"))


def of_an_institution(proceeding: Proceeding, by: Account) -> None:
    """The case is about a designated institution."""
    breaching.institution_of(proceeding)


def window_over(proceeding: Proceeding, by: Account) -> None:
    """The time for its defence has run out."""
    clock = proceeding.clock
    refuse_unless(clock is None or ran_out(clock), _("The institution's time to answer has not run out yet."))


def damages_settled(proceeding: Proceeding, by: Account) -> None:
    """No damages are outstanding."""
    sum_ = breaching.damages_of(proceeding)
    left = owed.outstanding([sum_]) if sum_ else owed.NOTHING
    refuse_unless(left == 0, _("Of the damages ¥%(left)s is outstanding.") % {"left": f"{left:,}"})


def letter(proceeding: Proceeding, made: Made[Proceeding]) -> dict[str, object]:
    """Who acts by which agreement, and what the measures and the damages are."""
    breach = breaching.breach_of(proceeding)
    return {
        "agency": made.by.insurer.name_zh if made.by.insurer else referring.agency_of(proceeding.case),
        "agreement": breaching.agreement_of(proceeding, made.by).number,
        "demand": breaching.demand(proceeding),
        "amount": breach.base or None, "damages": breach.damages or None, "defence": breach.defence,
        "reason": made.note,
    }  # fmt: skip


BREACH_BEGINS = Beginning(
    Duty.INVESTIGATE, gettext_lazy("Handle a breach of agreement"), party=HANDLING, needs_note=True, effects=(handled,)
)  # fmt: skip

BREACH: Workflow[Proceeding] = Workflow(
    name="breach", words=gettext_lazy("A breach of agreement"), states=State, act=Act.CASE, first=State.PROPOSED,
    module="supervision/cases/workflows/breach.py",
    moves={
        "notify": Move(
            frozenset({State.PROPOSED}), State.NOTIFIED, Duty.INVESTIGATE, gettext_lazy("Tell the institution"),
            party=HANDLING, asks=(MEASURES,), needs_note=True, conditions=(of_an_institution,),
            effects=(handled, breaching.choose, starts("breach_defence", None), sends("breach_notice", letter)),
        ),
        **{
            name: Move(
                frozenset({state}), state, Duty.INVESTIGATE, gettext_lazy("Name whom to suspend"), party=HANDLING,
                asks=(ABOUT, CODE, UNTIL), conditions=(of_an_institution,), effects=(imposing.names_whom,),
            )
            for name, state in (("name_concerned", State.PROPOSED), ("name_concerned_again", State.DEFENDED))
        },
        "defend": Move(
            frozenset({State.NOTIFIED}), State.DEFENDED, Duty.INVESTIGATE, gettext_lazy("Take in the defence"),
            party=HANDLING, asks=(DAY, DEFENCE), effects=(breaching.keep_defence, meets),
        ),
        "go_on": Move(
            frozenset({State.NOTIFIED}), State.DEFENDED, Duty.INVESTIGATE,
            gettext_lazy("Go on: the institution has not answered in time"), party=HANDLING,
            conditions=(window_over,), effects=(meets,),
        ),
        "decide": Move(
            frozenset({State.DEFENDED}), State.DECIDED, Duty.DECIDE, gettext_lazy("Decide"), party=HANDLING,
            asks=(MEASURES,), needs_note=True, conditions=(by_another_than("handler"), of_an_institution),
            effects=(
                approved, breaching.choose, sends("breach_decision", letter), breaching.tell_the_department,
            ),
        ),
        "drop": Move(
            frozenset({State.PROPOSED, State.NOTIFIED, State.DEFENDED}), State.CLOSED, Duty.DECIDE,
            gettext_lazy("Drop it"), party=HANDLING, needs_note=True, conditions=(by_another_than("handler"),),
            effects=(meets, closed),
        ),
        "execute": Move(
            frozenset({State.DECIDED}), State.EXECUTING, Duty.INVESTIGATE, gettext_lazy("Carry out"), party=HANDLING,
            effects=(imposing.impose, breaching.carry_out, starts("rectification", None)),
        ),
        "pay_damages": Move(
            frozenset({State.EXECUTING}), State.EXECUTING, Duty.BOOK, gettext_lazy("Book damages paid"),
            party=HANDLING, asks=(AMOUNT, VOUCHER, DAY), effects=(breaching.pay_damages,),
        ),
        "rectify": Move(
            frozenset({State.EXECUTING}), State.RECTIFIED, Duty.INVESTIGATE, gettext_lazy("Enter that it is put right"),
            party=HANDLING, asks=(DAY, DONE), effects=(meets,),
        ),
        "fail": Move(
            frozenset({State.EXECUTING}), State.FAILED, Duty.DECIDE, gettext_lazy("Enter that it was not put right"),
            party=HANDLING, needs_note=True, conditions=(by_another_than("handler"),),
            effects=(breaching.next_measure, meets),
        ),
        **{
            name: Move(
                frozenset({state}), state, Duty.DECIDE, gettext_lazy("Lift what is suspended"), party=HANDLING,
                needs_note=True, conditions=(by_another_than("handler"), imposing.something_to_lift),
                effects=(imposing.lift, sends("measure_lifted", letter)),
            )
            for name, state in (
                ("lift_early", State.EXECUTING), ("lift", State.RECTIFIED), ("lift_late", State.FAILED),
            )
        },
        "close": Move(
            frozenset({State.RECTIFIED, State.FAILED}), State.CLOSED, Duty.DECIDE, gettext_lazy("Close"),
            party=HANDLING, conditions=(by_another_than("handler"), damages_settled, imposing.all_lifted),
            effects=(closed,),
        ),
        "dispute": Move(
            frozenset({State.DECIDED, State.EXECUTING}), State.DISPUTED, Duty.INVESTIGATE,
            gettext_lazy("Enter that it is disputed"), party=HANDLING, asks=(DAY, FORUM),
            effects=(breaching.keep_forum,),
        ),
        "uphold": Move(
            frozenset({State.DISPUTED}), State.DECIDED, Duty.DECIDE, gettext_lazy("Enter that it stands"),
            party=HANDLING, asks=(DAY, RESULT), conditions=(by_another_than("handler"),),
        ),
        "annul": Move(
            frozenset({State.DISPUTED}), State.CLOSED, Duty.DECIDE, gettext_lazy("Enter that it was annulled"),
            party=HANDLING, asks=(DAY, RESULT),
            conditions=(by_another_than("handler"), breaching.nothing_begun_is_open),
            effects=(imposing.annul, breaching.take_back, meets, closed),
        ),
    },
)  # fmt: skip
