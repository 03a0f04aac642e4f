"""How an evaluation comes into force, and how a repair is decided. docs/workflows.md shows these tables."""

from django.utils.translation import gettext_lazy as _

from institutions.models import Department, Duty
from supervision.audit.models import Act
from supervision.moves import Move, Workflow

from . import conditions, evaluating, repairing
from .models import Evaluation, Repair, RepairState, State

AUTHORITY = Department.Party.AUTHORITY

EVALUATION: Workflow[Evaluation] = Workflow(
    name="evaluation", words=_("A credit evaluation"), states=State, act=Act.CREDIT, first=State.COLLECTING,
    module=__name__,
    moves={
        "compute": Move(
            frozenset({State.COLLECTING}), State.COMPUTED, Duty.CREDIT, _("Gather the records and work it out"),
            party=AUTHORITY, effects=(evaluating.compute,),
        ),
        "compute_again": Move(
            frozenset({State.COMPUTED}), State.COMPUTED, Duty.CREDIT, _("Work it out again"), party=AUTHORITY,
            effects=(evaluating.compute,),
        ),
        "publicise": Move(
            frozenset({State.COMPUTED}), State.PUBLICISED, Duty.DECIDE, _("Show it to the institution"),
            party=AUTHORITY, conditions=(conditions.another_than_computer,), effects=(evaluating.publicise,),
        ),
        "object": Move(
            frozenset({State.PUBLICISED}), State.OBJECTED, Duty.SIGN, _("Object"), needs_note=True,
            conditions=(conditions.window_open,), effects=(evaluating.object_to,),
        ),
        "correct": Move(
            frozenset({State.OBJECTED}), State.CORRECTED, Duty.CREDIT, _("Correct it"), party=AUTHORITY,
            conditions=(conditions.another_than_both,), needs_note=True, asks=(evaluating.WRONG,),
            effects=(evaluating.correct,),
        ),
        "uphold": Move(
            frozenset({State.OBJECTED}), State.UPHELD, Duty.CREDIT, _("Uphold it"), party=AUTHORITY,
            conditions=(conditions.another_than_both,), needs_note=True, effects=(evaluating.reviewed,),
        ),
        "take_effect": Move(
            frozenset({State.PUBLICISED, State.CORRECTED, State.UPHELD}), State.EFFECTIVE, Duty.CREDIT,
            _("It takes effect"), by_itself=True, conditions=(conditions.nobody_may_object,),
            effects=(evaluating.take_effect,),
        ),
        "supersede": Move(
            frozenset({State.EFFECTIVE}), State.SUPERSEDED, Duty.CREDIT, _("A later one takes its place"),
            by_itself=True, conditions=(conditions.a_later_one_follows,),
        ),
    },
)  # fmt: skip

REPAIR: Workflow[Repair] = Workflow(
    name="credit_repair", words=_("A credit repair"), states=RepairState, act=Act.CREDIT, first=RepairState.APPLIED,
    module=__name__,
    moves={
        "review": Move(
            frozenset({RepairState.APPLIED}), RepairState.REVIEWING, Duty.CREDIT, _("Look into it"), party=AUTHORITY,
            effects=(repairing.take_on,),
        ),
        "grant": Move(
            frozenset({RepairState.REVIEWING}), RepairState.GRANTED, Duty.DECIDE, _("Grant the repair"),
            party=AUTHORITY, needs_note=True, conditions=(conditions.another_than_handler, conditions.still_clean),
            effects=(repairing.grant,),
        ),
        "refuse": Move(
            frozenset({RepairState.REVIEWING}), RepairState.REFUSED, Duty.DECIDE, _("Refuse the repair"),
            party=AUTHORITY, needs_note=True, conditions=(conditions.another_than_handler,),
            effects=(repairing.refuse,),
        ),
    },
)  # fmt: skip
