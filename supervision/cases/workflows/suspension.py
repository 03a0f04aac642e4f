"""Suspension of settlement while fraud is looked into (Regulation, art. 30), approved by the principal."""

from django.db import models
from django.utils.translation import gettext_lazy

from institutions.models import Department, Duty
from supervision.audit.models import Act
from supervision.cases import imposing, punishing, referring
from supervision.cases.deciding import approved, closed, handled
from supervision.cases.facts import DAY, Kind, ask
from supervision.cases.letters import issues
from supervision.cases.models import Proceeding
from supervision.cases.models.citing import in_full_zh
from supervision.moves import Made, Move, Workflow, by_another_than

from .beginning import Beginning
from .conditions import by_no_officer

AUTHORITY, HANDLING = Department.Party.AUTHORITY, Department.Party.HANDLING


class State(models.TextChoices):
    REQUESTED = "requested", gettext_lazy("requested")
    APPROVED = "approved", gettext_lazy("approved by the principal")
    IN_EFFECT = "in_effect", gettext_lazy("in effect")
    FRAUD = "fraud", gettext_lazy("fraud found")
    NO_FRAUD = "no_fraud", gettext_lazy("no fraud found")
    SETTLED = "settled", gettext_lazy("settled as normal")
    CLOSED = "closed", gettext_lazy("closed")


GROUNDS = ask("grounds", Kind.WORDS, gettext_lazy("Why fraud is suspected, and how the party refuses to cooperate"))
SCOPE = ask("request", Kind.WORDS, gettext_lazy("Which settlements stand still"))
FOUND = ask("outcome", Kind.WORDS, gettext_lazy("What the investigation found"))


def letter(proceeding: Proceeding, made: Made[Proceeding]) -> dict[str, object]:
    """To the agency that settles: why, under which paragraph, and that it stands until fraud is found or ruled out."""
    paragraph = "第二款" if punishing.is_person(proceeding) else "第一款"
    opened = proceeding.events.get(move="open")
    return {
        "to": referring.agency_of(proceeding.case), "grounds": opened.facts["grounds"],
        "basis": f"{in_full_zh('REG735', '第三十条')}{paragraph}",
    }  # fmt: skip


SUSPENSION_BEGINS = Beginning(
    Duty.INVESTIGATE, gettext_lazy("Suspend settlement"), party=AUTHORITY, asks=(GROUNDS,), effects=(handled,)
)

SUSPENSION: Workflow[Proceeding] = Workflow(
    name="suspension", words=gettext_lazy("A suspension of settlement"), states=State,
    act=Act.CASE, first=State.REQUESTED,
    module="supervision/cases/workflows/suspension.py",
    moves={
        "approve": Move(
            frozenset({State.REQUESTED}), State.APPROVED, Duty.DECIDE,
            gettext_lazy("Approve"), party=AUTHORITY, asks=(SCOPE,),
            conditions=(by_another_than("handler"), by_no_officer),
            effects=(approved, issues("suspension_request", letter)),
        ),
        "refuse": Move(
            frozenset({State.REQUESTED}), State.CLOSED, Duty.DECIDE,
            gettext_lazy("Refuse"), party=AUTHORITY, needs_note=True,
            conditions=(by_another_than("handler"), by_no_officer), effects=(closed,),
        ),
        "take_effect": Move(
            frozenset({State.APPROVED}), State.IN_EFFECT, Duty.BOOK,
            gettext_lazy("Stop settling"), party=HANDLING, asks=(DAY,), effects=(imposing.hold_settlement,),
        ),
        "find_fraud": Move(
            frozenset({State.IN_EFFECT}), State.FRAUD, Duty.DECIDE, gettext_lazy("Fraud was found"), party=AUTHORITY,
            asks=(FOUND,), conditions=(by_another_than("handler"), by_no_officer),
        ),
        "find_none": Move(
            frozenset({State.IN_EFFECT}), State.NO_FRAUD, Duty.DECIDE,
            gettext_lazy("No fraud was found"), party=AUTHORITY,
            asks=(FOUND,), conditions=(by_another_than("handler"), by_no_officer),
        ),
        "settle": Move(
            frozenset({State.NO_FRAUD}), State.SETTLED, Duty.BOOK,
            gettext_lazy("Settle as normal"), party=HANDLING, asks=(DAY,),
            effects=(imposing.settle_again, closed),
        ),
        "close": Move(
            frozenset({State.FRAUD}), State.CLOSED, Duty.DECIDE,
            gettext_lazy("Close"), party=AUTHORITY, needs_note=True,
            conditions=(by_another_than("handler"), by_no_officer), effects=(imposing.settle_again, closed),
        ),
    },
)  # fmt: skip
