"""How an agreement is signed, kept and ended (the brief's state machine 12). docs/workflows.md shows this table."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Agreement, Department, Duty
from supervision.audit.models import Act
from supervision.designation import handling, keeping, signing, timing, wishing
from supervision.designation.models import Contract, Signature, Stage
from supervision.designation.models.contracts import LIVING, UNDER_WAY
from supervision.moves import Move, Workflow, by_another_than

AGENCY, AUTHORITY = Department.Party.HANDLING, Department.Party.AUTHORITY
OF_IT = handling.of_the_agency
HEARD = frozenset({Stage.PROPOSED, Stage.DEFENDED})
HELD = frozenset({Stage.SUSPENDED, Stage.RESUMPTION_ASKED})
MAIN_HOLDS, ON_ITS_OWN = keeping.main_one_is_in_force, keeping.is_a_main_agreement
another_than_proposer = by_another_than("proposer")

MOVES: dict[str, Move[Contract]] = {
    "offer": Move(
        frozenset({Stage.DRAFT}), Stage.OFFERED, Duty.AGREE, _("Offer the text for signing"), party=AGENCY,
        conditions=(OF_IT, MAIN_HOLDS, signing.terms_are_set), effects=(signing.seal,),
    ),
    "decline": Move(
        frozenset({Stage.OFFERED}), Stage.DRAFT, Duty.SIGN, _("Do not sign it so"), needs_note=True,
        effects=(signing.unseal,),
    ),
    "reopen": Move(
        frozenset({Stage.OFFERED, Stage.HALF_SIGNED}), Stage.DRAFT, Duty.AGREE, _("Take the text back"),
        party=AGENCY, conditions=(OF_IT,), needs_note=True, effects=(signing.unseal,),
    ),
    "drop": Move(
        frozenset({Stage.DRAFT, Stage.OFFERED, Stage.HALF_SIGNED}), Stage.DROPPED, Duty.AGREE,
        _("Break the negotiation off"), party=AGENCY, conditions=(OF_IT,), needs_note=True,
        effects=(keeping.tell_application("break_off"),),
    ),
    "sign": Move(
        frozenset({Stage.OFFERED}), Stage.HALF_SIGNED, Duty.SIGN, _("Sign for the institution"),
        conditions=(MAIN_HOLDS,), asks=(keeping.SEALED, keeping.SIGNATORY),
        effects=(signing.signs(Signature.Side.INSTITUTION),),
    ),
    "countersign": Move(
        frozenset({Stage.HALF_SIGNED}), Stage.SIGNED, Duty.DECIDE, _("Sign for the agency"), party=AGENCY,
        conditions=(OF_IT, MAIN_HOLDS), asks=(keeping.SEALED, keeping.SIGNATORY),
        effects=(signing.signs(Signature.Side.AGENCY), keeping.tell_application("signed")),
    ),
    "file": Move(
        frozenset({Stage.SIGNED}), Stage.FILED, Duty.AGREE, _("File it with the department"), party=AGENCY,
        conditions=(OF_IT, MAIN_HOLDS), effects=(keeping.file,),
    ),
    "object": Move(
        frozenset({Stage.FILED}), Stage.SIGNED, Duty.DECIDE, _("Object to what was filed"), party=AUTHORITY,
        needs_note=True, effects=(timing.meets,),
    ),
    "take_on_file": Move(
        frozenset({Stage.FILED}), Stage.IN_FORCE, Duty.DECIDE, _("Take it on file"), party=AUTHORITY,
        conditions=(MAIN_HOLDS,), effects=(keeping.conclude,),
    ),
    "ask_pause": Move(
        frozenset({Stage.IN_FORCE}), Stage.PAUSE_ASKED, Duty.SIGN, _("Ask to suspend it"),
        conditions=(ON_ITS_OWN, keeping.not_publicly_run), asks=(keeping.FROM, keeping.UNTIL), needs_note=True,
        effects=(keeping.want_pause,),
    ),
    "grant_pause": Move(
        frozenset({Stage.PAUSE_ASKED}), Stage.PAUSE_GRANTED, Duty.DECIDE, _("Grant the suspension"), party=AGENCY,
        conditions=(OF_IT,),
    ),
    "begin_pause": Move(
        frozenset({Stage.PAUSE_GRANTED}), Stage.SUSPENDED, Duty.AGREE, _("The suspension begins"), by_itself=True,
        conditions=(keeping.day_has_come,), effects=(keeping.pause_as_wanted,),
    ),
    "ask_end": Move(
        frozenset({Stage.IN_FORCE}), Stage.END_ASKED, Duty.SIGN, _("Ask to end it"),
        conditions=(ON_ITS_OWN, keeping.not_publicly_run), asks=(keeping.FROM,), needs_note=True,
        effects=(keeping.want_end,),
    ),
    "grant_end": Move(
        frozenset({Stage.END_ASKED}), Stage.END_GRANTED, Duty.DECIDE, _("Grant the end"), party=AGENCY,
        conditions=(OF_IT,),
    ),
    "decline_wish": Move(
        frozenset({Stage.PAUSE_ASKED, Stage.END_ASKED}), Stage.IN_FORCE, Duty.DECIDE,
        pgettext_lazy("of a wish", "Do not grant it"),
        party=AGENCY, conditions=(OF_IT,), needs_note=True, effects=(keeping.unwant,),
    ),
    "end": Move(
        frozenset({Stage.END_GRANTED}), Stage.ENDED, Duty.AGREE, _("It ends as was granted"), by_itself=True,
        conditions=(keeping.day_has_come,), effects=(keeping.end,),
    ),
    "ask_renewal": Move(
        frozenset({Stage.IN_FORCE}), Stage.IN_FORCE, Duty.SIGN, _("Ask to renew it"),
        conditions=(ON_ITS_OWN, wishing.no_text_for_the_next_term_yet), effects=(wishing.wishes(Contract.Wish.RENEW),),
    ),
    "ask_no_renewal": Move(
        frozenset({Stage.IN_FORCE}), Stage.IN_FORCE, Duty.SIGN, _("Say that it is not to be renewed"),
        conditions=(ON_ITS_OWN, wishing.no_text_for_the_next_term_yet, wishing.far_enough_ahead), needs_note=True,
        effects=(wishing.wishes(Contract.Wish.LEAVE),),
    ),
    "report_change": Move(
        frozenset({Stage.IN_FORCE}), Stage.IN_FORCE, Duty.SIGN, _("Report that major data changed"),
        conditions=(ON_ITS_OWN, wishing.no_change_waits), asks=(wishing.CHANGED, wishing.APPROVED_ON),
        effects=(wishing.report_change,),
    ),
    "take_in_change": Move(
        frozenset({Stage.IN_FORCE}), Stage.IN_FORCE, Duty.AGREE, _("Take the change of its data in"), party=AGENCY,
        conditions=(OF_IT, wishing.a_change_waits), needs_note=True, effects=(wishing.take_in_change,),
    ),
    "propose": Move(
        frozenset({Stage.IN_FORCE, Stage.SUSPENDED}), Stage.PROPOSED, Duty.AGREE,
        _("Propose to suspend or terminate it"), party=AGENCY, conditions=(OF_IT, ON_ITS_OWN), asks=(keeping.GROUND,),
        needs_note=True, effects=(keeping.propose,),
    ),
    "defend": Move(
        frozenset({Stage.PROPOSED}), Stage.DEFENDED, Duty.SIGN, _("State your case"), needs_note=True,
        effects=(timing.meets,),
    ),
    "suspend": Move(
        HEARD, Stage.SUSPENDED, Duty.DECIDE, _("Suspend it"), party=AGENCY,
        conditions=(
            OF_IT, keeping.about(Contract.Measure.SUSPEND), another_than_proposer, keeping.institution_was_heard,
        ),
        needs_note=True, effects=(keeping.tell_decision, keeping.pause),
    ),
    "terminate": Move(
        HEARD, Stage.TERMINATED, Duty.DECIDE, _("Terminate it"), party=AGENCY,
        conditions=(
            OF_IT, keeping.about(Contract.Measure.TERMINATE), another_than_proposer, keeping.institution_was_heard,
        ),
        needs_note=True, effects=(keeping.tell_decision, keeping.terminate),
    ),
    "drop_measure": Move(
        HEARD, Stage.IN_FORCE, Duty.DECIDE, _("Take no measure"), party=AGENCY,
        conditions=(OF_IT, keeping.stands_as(Agreement.State.IN_FORCE)), needs_note=True,
        effects=(keeping.forget_proposal,),
    ),
    "drop_termination": Move(
        HEARD, Stage.SUSPENDED, Duty.DECIDE, _("Do not terminate it: it stays suspended"), party=AGENCY,
        conditions=(OF_IT, keeping.stands_as(Agreement.State.SUSPENDED)), needs_note=True,
        effects=(keeping.forget_proposal,),
    ),
    "ask_resumption": Move(
        frozenset({Stage.SUSPENDED}), Stage.RESUMPTION_ASKED, Duty.SIGN, _("Ask for its resumption"),
        conditions=(ON_ITS_OWN, keeping.held_by_nobody_else), needs_note=True,
        effects=(timing.starts("agreement_resumption"),),
    ),
    "resume": Move(
        HELD, Stage.IN_FORCE, Duty.DECIDE, _("Resume it"), party=AGENCY,
        conditions=(OF_IT, ON_ITS_OWN, keeping.held_by_nobody_else, keeping.stands_as(Agreement.State.SUSPENDED)),
        effects=(keeping.resume,),
    ),
    "decline_resumption": Move(
        frozenset({Stage.RESUMPTION_ASKED}), Stage.SUSPENDED, Duty.DECIDE, _("Do not resume it yet"), party=AGENCY,
        conditions=(OF_IT,), needs_note=True, effects=(timing.meets,),
    ),
    "lapse": Move(
        frozenset({Stage.SUSPENDED}), Stage.ENDED, Duty.AGREE, _("Nobody asked for its resumption: it ends"),
        by_itself=True, conditions=(keeping.paused_too_long,), effects=(keeping.end,),
    ),
    "publish": Move(
        frozenset({Stage.TERMINATED}), Stage.PUBLISHED, Duty.AGREE, _("Publish that it was terminated"),
        party=AGENCY, conditions=(OF_IT, ON_ITS_OWN), effects=(keeping.publish,),
    ),
    "expire": Move(
        frozenset(LIVING), Stage.EXPIRED, Duty.AGREE, _("Its term is over"), by_itself=True,
        conditions=(keeping.term_is_over, keeping.is_not_renewed), effects=(keeping.run_out,),
    ),
    "renew": Move(
        frozenset(LIVING), Stage.RENEWED, Duty.AGREE, _("Its term is over, another follows"), by_itself=True,
        conditions=(keeping.term_is_over, keeping.is_renewed), effects=(keeping.run_out,),
    ),
    "follow_suspension": Move(
        frozenset(LIVING) - HELD, Stage.SUSPENDED, Duty.AGREE, _("Suspended by another decision"), by_itself=True,
        conditions=(keeping.stands_as(Agreement.State.SUSPENDED),), effects=(keeping.follow_suspension,),
    ),
    "follow_resumption": Move(
        HELD | {Stage.TERMINATED, Stage.PUBLISHED}, Stage.IN_FORCE, Duty.AGREE,
        _("In force again by another decision"), by_itself=True,
        conditions=(keeping.stands_as(Agreement.State.IN_FORCE),), effects=(keeping.follow_resumption,),
    ),
    "follow_termination": Move(
        frozenset(LIVING), Stage.TERMINATED, Duty.AGREE, _("Terminated by another decision"), by_itself=True,
        conditions=(keeping.stands_as(Agreement.State.TERMINATED),), effects=(keeping.follow_termination,),
    ),
    "follow_end": Move(
        frozenset(LIVING), Stage.ENDED, Duty.AGREE, _("Ended with the main agreement"), by_itself=True,
        conditions=(keeping.is_a_supplement, keeping.stands_as(Agreement.State.ENDED)), effects=(keeping.follow_end,),
    ),
    "fall": Move(
        frozenset(UNDER_WAY), Stage.DROPPED, Duty.AGREE, _("It falls away with the main agreement"), by_itself=True,
        conditions=(keeping.main_one_is_over,), effects=(timing.drops,),
    ),
}  # fmt: skip

AGREEMENT = Workflow(
    name="agreement", words=_("A service agreement"), states=Stage, act=Act.AGREEMENT, moves=MOVES,
    first=Stage.DRAFT, module=__name__,
)  # fmt: skip
