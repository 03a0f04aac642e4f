"""Evidence registered and preserved beforehand: ordered by the person in charge, decided on in time."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models import Department, Duty
from supervision.audit.models import Act
from supervision.cases.facts import RESULT
from supervision.clocks import running
from supervision.moves import Made, Move, Workflow

from . import letters, timing
from .models import Inspection, Sealing
from .models.facts import SealingState

BASIS = "《中华人民共和国行政处罚法》第五十六条"


def seals(inspection: Inspection, made: Made[Inspection]) -> None:
    """starts P02, issues preservation_decision and serves it"""
    sealing = Sealing.objects.create(
        inspection=inspection, items=str(made.facts["stored"]), ordered_by=made.by, state=SealingState.SEALED
    )
    sealing.clock = timing.start(sealing, timing.PRESERVED, place=inspection.place_id, duty=Duty.INVESTIGATE)
    letter = letters.write(
        "preservation_decision", inspection, by=made.by, reason=made.note, items=made.facts["stored"], basis=BASIS,
        deadline=timezone.localdate(sealing.clock.due_at),
    )  # fmt: skip
    letters.serve(letter, inspection, by=made.by)
    sealing.document = letter
    sealing.save()
    sealing.events.create(move="seal", after=sealing.state, by=made.by, note=made.note)


def decides(sealing: Sealing, made: Made[Sealing]) -> None:
    """keeps the decision, and meets P02"""
    sealing.decision = str(made.facts["result"])
    running.meet_if_going(sealing.clock)


MOVES: dict[str, Move[Sealing]] = {
    "decide": Move(
        frozenset({SealingState.SEALED}), SealingState.DECIDED, Duty.INVESTIGATE,
        _("Decide on what was preserved"), party=Department.Party.AUTHORITY, asks=(RESULT,), effects=(decides,),
    ),
}  # fmt: skip

SEALING = Workflow[Sealing](
    name="inspection_sealing", words=_("Evidence preserved during an inspection"), states=SealingState, act=Act.CASE,
    moves=MOVES, first=SealingState.SEALED, module=__name__,
)  # fmt: skip
