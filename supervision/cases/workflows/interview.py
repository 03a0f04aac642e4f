"""Interview 约谈: those in charge are called in, told what is wrong, and what they promise is checked."""

from django.db import models
from django.utils.translation import gettext_lazy

from institutions.models import Duty
from supervision.audit.models import Act
from supervision.cases.deciding import approved, closed, handled
from supervision.cases.facts import DAY, Kind, ask
from supervision.cases.letters import sends
from supervision.cases.models import Proceeding, ProceedingEvent
from supervision.cases.timing import meets, starts
from supervision.moves import Made, Move, Workflow, by_another_than

from .beginning import Beginning


class State(models.TextChoices):
    DECIDED = "decided", gettext_lazy("decided on")
    NOTIFIED = "notified", gettext_lazy("called in")
    HELD = "held", gettext_lazy("held")
    RECTIFYING = "rectifying", gettext_lazy("being put right")
    CHECKED = "checked", gettext_lazy("checked")
    CLOSED = "closed", gettext_lazy("closed")


WHO = ask("person", Kind.LINE, gettext_lazy("Who is called in"))
WHEN = ask("at", Kind.MOMENT, gettext_lazy("Day and hour of the interview"))
WHERE = ask("where", Kind.LINE, gettext_lazy("Where"))
PRESENT = ask("present", Kind.LINE, gettext_lazy("Who took part"))
SAID = ask("record", Kind.WORDS, gettext_lazy("What was said"))
DEMAND = ask("demand", Kind.WORDS, gettext_lazy("What must be put right"))
SEEN = ask("seen", Kind.WORDS, gettext_lazy("What the check saw"))


def letter(proceeding: Proceeding, made: Made[Proceeding]) -> dict[str, object]:
    """What they are called in for: the words with which it was opened."""
    opening = ProceedingEvent.objects.filter(proceeding=proceeding).first()
    return {"reason": opening.note if opening else proceeding.case.title}


INTERVIEW_BEGINS = Beginning(Duty.INVESTIGATE, gettext_lazy("Interview"), effects=(handled,), needs_note=True)

INTERVIEW: Workflow[Proceeding] = Workflow(
    name="interview", words=gettext_lazy("An interview"), states=State,
    act=Act.CASE, first=State.DECIDED, module="supervision/cases/workflows/interview.py",
    moves={
        "notify": Move(
            frozenset({State.DECIDED}), State.NOTIFIED, Duty.DECIDE, gettext_lazy("Call in"), asks=(WHO, WHEN, WHERE),
            conditions=(by_another_than("handler"),), effects=(approved, sends("interview_notice", letter)),
        ),
        "hold": Move(
            frozenset({State.NOTIFIED}), State.HELD, Duty.INVESTIGATE, gettext_lazy("Write the minutes"),
            asks=(WHEN, PRESENT, SAID, DEMAND), effects=(sends("interview_minutes"),),
        ),
        "order": Move(
            frozenset({State.HELD}), State.RECTIFYING, Duty.INVESTIGATE, gettext_lazy("Let it be put right"),
            effects=(starts("interview_check"),),
        ),
        "check": Move(
            frozenset({State.RECTIFYING}), State.CHECKED, Duty.INVESTIGATE, gettext_lazy("Check what was put right"),
            asks=(DAY, SEEN), effects=(meets,),
        ),
        "close": Move(
            frozenset({State.CHECKED}), State.CLOSED, Duty.DECIDE, gettext_lazy("Close"), effects=(closed,),
            conditions=(by_another_than("handler"),),
        ),
        "drop": Move(
            frozenset({State.DECIDED, State.NOTIFIED, State.HELD, State.RECTIFYING}), State.CLOSED, Duty.DECIDE,
            gettext_lazy("Call off"), needs_note=True,
            conditions=(by_another_than("handler"),), effects=(meets, closed),
        ),
    },
)  # fmt: skip
