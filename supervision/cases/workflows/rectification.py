"""Rectification 整改: what is wrong is ordered to be put right; what is handed in falls short or is accepted."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Department, Duty
from supervision.audit.models import Act
from supervision.cases import breaching
from supervision.cases.deciding import approved, closed, handled
from supervision.cases.facts import BASIS, DAY, Kind, ask
from supervision.cases.letters import sends
from supervision.cases.models import Proceeding
from supervision.cases.timing import meets, ran_out, starts
from supervision.moves import Made, Move, Workflow, by_another_than, refuse_unless

from .beginning import Beginning


class State(models.TextChoices):
    PREPARED = "prepared", gettext_lazy("being prepared")
    ORDERED = "ordered", gettext_lazy("ordered")
    EXECUTING = "executing", gettext_lazy("being put right by a plan")
    SUBMITTED = "submitted", gettext_lazy("handed in")
    ACCEPTED = "accepted", gettext_lazy("accepted")
    FAILED = "failed", gettext_lazy("not put right")
    CLOSED = "closed", gettext_lazy("closed")


DEMAND = ask("demand", Kind.WORDS, gettext_lazy("What must be put right"))
PLAN = ask("plan", Kind.WORDS, gettext_lazy("The plan"))
DONE = ask("done", Kind.WORDS, gettext_lazy("What was done"))
SEEN = ask("seen", Kind.WORDS, gettext_lazy("What the check saw"))


def out_of_time(proceeding: Proceeding, by: Account) -> None:
    """It fell short of what was ordered, or its time has run out."""
    in_time = proceeding.state != State.SUBMITTED and not ran_out(proceeding.clock)
    refuse_unless(not in_time, _("The time to put it right has not run out yet."))


def next_measure(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """proposes the next measure where an agency had asked for it: a breach of the agreement"""
    department = made.by.department
    if department is not None and department.party == Department.Party.HANDLING:
        breaching.next_measure(proceeding, made)


RECTIFICATION_BEGINS = Beginning(
    Duty.INVESTIGATE, gettext_lazy("Order to put right"), effects=(handled,), needs_note=True
)

RECTIFICATION: Workflow[Proceeding] = Workflow(
    name="rectification", words=gettext_lazy("A rectification"), states=State,
    act=Act.CASE, first=State.PREPARED, module="supervision/cases/workflows/rectification.py",
    moves={
        "order": Move(
            frozenset({State.PREPARED}), State.ORDERED, Duty.DECIDE, gettext_lazy("Order it"), asks=(DEMAND, BASIS),
            conditions=(by_another_than("handler"),),
            effects=(approved, starts("rectification", duty=None), sends("correction_order")),
        ),
        "plan": Move(
            frozenset({State.ORDERED}), State.EXECUTING, Duty.INVESTIGATE,
            gettext_lazy("Take in the plan"), asks=(DAY, PLAN),
        ),
        "submit": Move(
            frozenset({State.ORDERED, State.EXECUTING}), State.SUBMITTED, Duty.INVESTIGATE,
            gettext_lazy("Take in what was done"), asks=(DAY, DONE), effects=(meets,),
        ),
        "return": Move(
            frozenset({State.SUBMITTED}), State.EXECUTING, Duty.INVESTIGATE, gettext_lazy("Return: it falls short"),
            asks=(SEEN,), needs_note=True, effects=(starts("rectification", duty=None),),
        ),
        "accept": Move(
            frozenset({State.SUBMITTED}), State.ACCEPTED, Duty.INVESTIGATE, gettext_lazy("Accept it"), asks=(SEEN,),
        ),
        "fail": Move(
            frozenset({State.ORDERED, State.EXECUTING, State.SUBMITTED}), State.FAILED, Duty.DECIDE,
            gettext_lazy("Enter that it was not put right"), needs_note=True,
            conditions=(by_another_than("handler"), out_of_time), effects=(next_measure, meets),
        ),
        "close": Move(
            frozenset({State.ACCEPTED, State.FAILED}), State.CLOSED, Duty.DECIDE, gettext_lazy("Close"),
            conditions=(by_another_than("handler"),), effects=(closed,),
        ),
        "drop": Move(
            frozenset({State.PREPARED}), State.CLOSED, Duty.DECIDE, gettext_lazy("Drop it"), needs_note=True,
            conditions=(by_another_than("handler"),), effects=(closed,),
        ),
    },
)  # fmt: skip
