"""A record of points (the brief's state machine 22): proposed, told, perhaps appealed against, in effect, cleared."""

from django.utils.translation import gettext_lazy as _

from credit.points import conditions, effects
from credit.points.models import ScoreRecord, State
from institutions.models import Department, Duty
from supervision.audit.models import Act
from supervision.moves import Move, Workflow

HANDLING = Department.Party.HANDLING
COUNTS = frozenset({State.EFFECTIVE, State.REPAIR_ASKED, State.REPAIRED})

BEFORE: dict[str, Move[ScoreRecord]] = {
    "notify": Move(
        frozenset({State.PROPOSED}), State.NOTIFIED, Duty.DECIDE, _("Approve, and tell the institution"),
        party=HANDLING, conditions=(conditions.another_than_proposer, conditions.ground_stands),
        effects=(effects.notify,),
    ),
    "withdraw": Move(
        frozenset({State.PROPOSED, State.NOTIFIED}), State.WITHDRAWN, Duty.DECIDE, _("Withdraw it"), party=HANDLING,
        conditions=(conditions.another_than_proposer,), needs_note=True, effects=(effects.withdraw,),
    ),
    "appeal": Move(
        frozenset({State.NOTIFIED}), State.APPEALED, Duty.STAFF, _("Appeal"), asks=(effects.WORDS,),
        conditions=(conditions.in_time,), effects=(effects.appeal,),
    ),
    "uphold": Move(
        frozenset({State.APPEALED}), State.EFFECTIVE, Duty.DECIDE, _("Uphold the points"), party=HANDLING,
        asks=(effects.ANSWERED,), conditions=(conditions.another_than_both, conditions.ground_stands),
        effects=(effects.answer, effects.take_effect),
    ),
    "reduce": Move(
        frozenset({State.APPEALED}), State.EFFECTIVE, Duty.DECIDE, _("Lessen the points"), party=HANDLING,
        asks=(effects.LEFT, effects.ANSWERED), conditions=(conditions.another_than_both, conditions.ground_stands),
        effects=(effects.answer, effects.reduce, effects.take_effect),
    ),
    "grant_appeal": Move(
        frozenset({State.APPEALED}), State.WITHDRAWN, Duty.DECIDE, _("Withdraw the points"), party=HANDLING,
        asks=(effects.ANSWERED,), conditions=(conditions.another_than_both,), effects=(effects.answer_and_withdraw,),
    ),
    "take_effect": Move(
        frozenset({State.NOTIFIED}), State.EFFECTIVE, Duty.CREDIT, _("In effect: nobody appealed"), by_itself=True,
        conditions=(conditions.nobody_appealed, conditions.ground_stands), effects=(effects.take_effect,),
    ),
}  # fmt: skip

AFTER: dict[str, Move[ScoreRecord]] = {
    "ask_repair": Move(
        frozenset({State.EFFECTIVE, State.REPAIRED}), State.REPAIR_ASKED, Duty.STAFF, _("Apply for repair"),
        asks=(effects.ACTIVITY, effects.DONE), conditions=(conditions.something_to_repair,),
        effects=(effects.ask_repair,),
    ),
    "grant_repair": Move(
        frozenset({State.REPAIR_ASKED}), State.REPAIRED, Duty.CREDIT, _("Grant the repair"), party=HANDLING,
        conditions=(conditions.something_to_repair,), needs_note=True, effects=(effects.grant_repair,),
    ),
    "refuse_repair": Move(
        frozenset({State.REPAIR_ASKED}), State.EFFECTIVE, Duty.CREDIT, _("Refuse the repair"), party=HANDLING,
        needs_note=True, effects=(effects.refuse_repair,),
    ),
    "annul": Move(
        COUNTS, State.WITHDRAWN, Duty.DECIDE, _("Annul the points"), party=HANDLING, needs_note=True,
        conditions=(conditions.another_than_both,), effects=(effects.counts_no_more, effects.withdraw),
    ),
    "fall": Move(
        frozenset({*COUNTS, State.PROPOSED, State.NOTIFIED, State.APPEALED, State.CLEARED}), State.WITHDRAWN,
        Duty.CREDIT, _("Fallen with the handling that it rested on"), by_itself=True,
        conditions=(conditions.ground_has_fallen,), effects=(effects.counts_no_more, effects.withdraw),
    ),
    "clear": Move(
        COUNTS, State.CLEARED, Duty.CREDIT, _("Cleared with its year"), by_itself=True,
        conditions=(conditions.year_is_over,), effects=(effects.clear,),
    ),
}  # fmt: skip

SCORE: Workflow[ScoreRecord] = Workflow(
    name="score_record", words=_("A record of points"), states=State, act=Act.POINTS, moves={**BEFORE, **AFTER},
    first=State.PROPOSED, module=__name__,
)  # fmt: skip
