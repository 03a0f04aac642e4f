"""How a complaint is handled, from the day it came to the archive. docs/workflows.md shows this table."""

from django.utils.translation import gettext_lazy as _

from institutions.models import Department, Duty
from supervision.audit.models import Act
from supervision.moves import Move, by_another_than

from . import conditions, crediting, effects, timing
from .models import Complaint, State
from .noting import SealedNotes

AUTHORITY = Department.Party.AUTHORITY
another = by_another_than("handler")

MOVES: dict[str, Move[Complaint]] = {
    "register": Move(
        frozenset({State.RECEIVED}), State.REGISTERED, Duty.COMPLAINTS, _("Register"), effects=(effects.prepared_by,),
    ),
    "accept": Move(
        frozenset({State.REGISTERED}), State.ACCEPTED, Duty.COMPLAINTS, _("Accept"), party=AUTHORITY,
        effects=(effects.prepared_by, timing.starts_handling),
    ),
    "not_accept": Move(
        frozenset({State.REGISTERED}), State.NOT_ACCEPTED, Duty.DECIDE, _("Do not accept"), party=AUTHORITY,
        conditions=(another,), needs_note=True, asks=(effects.GROUND,),
        effects=(effects.decided_by, effects.keep_ground, effects.tell_reporter, timing.meets),
    ),
    "give_over": Move(
        frozenset({State.RECEIVED, State.REGISTERED}), State.RECEIVED, Duty.COMPLAINTS,
        _("Pass on to the responsible place"), effects=(effects.move_to_place,), asks=(effects.TO_PLACE,),
    ),
    "pass_on": Move(
        frozenset({State.REGISTERED, State.ACCEPTED}), State.PASSED_ON, Duty.COMPLAINTS,
        _("Pass on to the responsible department"), asks=(effects.TO_DEPARTMENT,),
        effects=(effects.prepared_by, effects.pass_to_department, timing.starts(timing.GRIEVANCE)),
    ),
    "answer": Move(
        frozenset({State.PASSED_ON}), State.CONCLUDED, Duty.COMPLAINTS, _("Write down the department's answer"),
        needs_note=True, asks=(effects.OUTCOME,),
        effects=(effects.keep_outcome, crediting.tell_standing, effects.tell_reporter, timing.meets),
    ),
    "join": Move(
        frozenset({State.REGISTERED, State.ACCEPTED}), State.JOINED, Duty.COMPLAINTS,
        _("Join to an earlier report of the same matter"), asks=(effects.JOIN_TO,),
        effects=(effects.join, timing.meets),
    ),
    "verify": Move(
        frozenset({State.ACCEPTED}), State.VERIFYING, Duty.COMPLAINTS, _("Start verifying"), party=AUTHORITY,
        effects=(effects.prepared_by,),
    ),
    "open_lead": Move(
        frozenset({State.VERIFYING}), State.VERIFYING, Duty.COMPLAINTS, _("Open a lead with what was seen"),
        party=AUTHORITY, conditions=(conditions.is_a_tip, conditions.no_lead_yet),
        asks=(effects.LEAD_TITLE, effects.LEAD_FACTS), effects=(effects.open_lead,),
    ),
    "file": Move(
        frozenset({State.VERIFYING}), State.FILED, Duty.COMPLAINTS, _("Write down that it was filed"), party=AUTHORITY,
        conditions=(conditions.is_a_tip, conditions.lead_was_filed),
        effects=(effects.prepared_by, timing.starts_telling),
    ),
    "not_file": Move(
        frozenset({State.VERIFYING}), State.NOT_FILED, Duty.DECIDE, _("Do not file"), party=AUTHORITY,
        conditions=(another, conditions.is_a_tip), needs_note=True,
        effects=(effects.decided_by, timing.starts_telling),
    ),
    "settle": Move(
        frozenset({State.VERIFYING}), State.CONCLUDED, Duty.DECIDE, _("Settle with the person"), party=AUTHORITY,
        conditions=(another, conditions.is_a_grievance), needs_note=True, asks=(effects.OUTCOME,),
        effects=(
            effects.decided_by, effects.keep_outcome, crediting.tell_standing, effects.tell_reporter, timing.meets,
        ),
    ),
    "tell": Move(
        frozenset({State.FILED, State.NOT_FILED}), State.TOLD, Duty.COMPLAINTS, _("Tell the reporter"),
        party=AUTHORITY, needs_note=True, effects=(effects.prepared_by, effects.tell_reporter, timing.meets),
    ),
    "conclude": Move(
        frozenset({State.TOLD}), State.CONCLUDED, Duty.DECIDE, _("Conclude"), party=AUTHORITY,
        conditions=(another, conditions.lead_has_ended), needs_note=True, asks=(effects.OUTCOME,),
        effects=(effects.decided_by, effects.keep_outcome, effects.tell_reporter),
    ),
    "object": Move(
        frozenset({State.NOT_ACCEPTED, State.CONCLUDED}), State.OBJECTED, Duty.COMPLAINTS, _("Objected to"),
        by_itself=True, conditions=(conditions.not_objected_yet,),
        effects=(effects.keep_objection, timing.starts(timing.OBJECTION_DECIDED)),
    ),
    "take_up_again": Move(
        frozenset({State.OBJECTED}), State.ACCEPTED, Duty.DECIDE, _("Look into it again"), party=AUTHORITY,
        conditions=(by_another_than("handler", "approver"),), needs_note=True,
        effects=(crediting.take_back, effects.begin_anew, effects.tell_reporter, timing.starts_handling),
    ),
    "stand_by": Move(
        frozenset({State.OBJECTED}), State.CONCLUDED, Duty.DECIDE, _("Stand by the decision"), party=AUTHORITY,
        conditions=(by_another_than("handler", "approver"),), needs_note=True,
        effects=(effects.tell_reporter, timing.meets),
    ),
    "archive": Move(
        frozenset({State.NOT_ACCEPTED, State.CONCLUDED}), State.ARCHIVED, Duty.COMPLAINTS, _("Archive"), by_itself=True,
        conditions=(conditions.window_over, conditions.nothing_under_way), effects=(timing.meets,),
    ),
}  # fmt: skip


COMPLAINT: SealedNotes[Complaint] = SealedNotes(
    name="complaint", words=_("A complaint"), states=State, act=Act.COMPLAINT, moves=MOVES, first=State.RECEIVED,
    module=__name__,
)  # fmt: skip
