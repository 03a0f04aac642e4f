"""Discipline referral 行纪衔接: leads on breaches of duty go to discipline inspection, whose result comes back."""

from django.db import models
from django.utils.translation import gettext_lazy

from institutions.models import Department, Duty
from supervision.audit.models import Act
from supervision.cases import referring
from supervision.cases.deciding import approved, closed, handled
from supervision.cases.facts import BASIS, DAY, RECEIPT, Kind, ask
from supervision.cases.letters import issues
from supervision.cases.models import Proceeding
from supervision.cases.timing import meets, watches
from supervision.moves import Made, Move, Workflow, by_another_than

from .beginning import Beginning
from .conditions import by_no_officer

AUTHORITY = Department.Party.AUTHORITY


class State(models.TextChoices):
    DRAFTED = "drafted", gettext_lazy("drafted")
    APPROVED = "approved", gettext_lazy("approved")
    REFUSED = "refused", gettext_lazy("not approved")
    SENT = "sent", gettext_lazy("sent")
    RECEIVED = "received", gettext_lazy("received")
    RETURNED = "returned", gettext_lazy("returned")
    HANDLED = "handled", gettext_lazy("handled by them")
    FED_BACK = "fed_back", gettext_lazy("told to the case")
    CLOSED = "closed", gettext_lazy("closed")


ORGAN = ask("to_name", Kind.LINE, gettext_lazy("Addressee"))
REPORT = ask("report", Kind.WORDS, gettext_lazy("Report: what was found"))
ANSWER = ask("reply", Kind.WORDS, gettext_lazy("What they answered"))
RESULT = ask("result", Kind.WORDS, gettext_lazy("Result in words"))


def drafted(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """keeps the report, its basis and the addressee"""
    proceeding.to_name = made.facts["to_name"]
    referring.set_columns(proceeding, report=made.facts["report"], legal_basis=made.facts["basis"])


def letter(proceeding: Proceeding, made: Made[Proceeding]) -> dict[str, object]:
    referral = referring.referral_of(proceeding)
    return {"to": proceeding.to_name, "facts": referral.report, "basis": referral.legal_basis}


DECIDING = (by_another_than("handler"), by_no_officer)

DISCIPLINE_BEGINS = Beginning(
    Duty.INVESTIGATE, gettext_lazy("Refer to discipline inspection"), party=AUTHORITY,
    asks=(ORGAN, REPORT, BASIS), effects=(handled, drafted),
)  # fmt: skip

DISCIPLINE: Workflow[Proceeding] = Workflow(
    name="discipline", words=gettext_lazy("A referral to discipline inspection"), states=State, act=Act.CASE,
    first=State.DRAFTED, module="supervision/cases/workflows/discipline.py",
    moves={
        "approve": Move(
            frozenset({State.DRAFTED}), State.APPROVED, Duty.DECIDE, gettext_lazy("Approve"), party=AUTHORITY,
            conditions=DECIDING, effects=(approved,),
        ),
        "refuse": Move(
            frozenset({State.DRAFTED}), State.REFUSED, Duty.DECIDE, gettext_lazy("Refuse"), party=AUTHORITY,
            needs_note=True, conditions=DECIDING, effects=(approved, closed),
        ),
        "send": Move(
            frozenset({State.APPROVED, State.RETURNED}), State.SENT, Duty.INVESTIGATE, gettext_lazy("Send it"),
            party=AUTHORITY,
            effects=(referring.sent, watches("transfer_acknowledge"), issues("discipline_letter", letter)),
        ),
        "receive": Move(
            frozenset({State.SENT}), State.RECEIVED, Duty.INVESTIGATE, gettext_lazy("Enter its receipt"),
            party=AUTHORITY, asks=(DAY, RECEIPT), effects=(referring.received, watches("discipline_feedback")),
        ),
        "return": Move(
            frozenset({State.SENT, State.RECEIVED}), State.RETURNED, Duty.INVESTIGATE,
            gettext_lazy("Enter that it was returned"), party=AUTHORITY, asks=(DAY, ANSWER),
            effects=(referring.came_back, meets),
        ),
        "handle": Move(
            frozenset({State.RECEIVED}), State.HANDLED, Duty.INVESTIGATE, gettext_lazy("Enter the result"),
            party=AUTHORITY, asks=(DAY, ANSWER, RESULT), effects=(referring.answered, meets),
        ),
        "feed_back": Move(
            frozenset({State.HANDLED, State.RETURNED}), State.FED_BACK, Duty.INVESTIGATE,
            gettext_lazy("Tell it to the case"), party=AUTHORITY, needs_note=True,
        ),
        "close": Move(
            frozenset({State.FED_BACK}), State.CLOSED, Duty.DECIDE, gettext_lazy("Close"), party=AUTHORITY,
            conditions=DECIDING, effects=(closed,),
        ),
    },
)  # fmt: skip
