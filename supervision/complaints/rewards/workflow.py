"""How a reward is granted, claimed and paid. docs/workflows.md shows this table."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Department, Duty
from supervision.audit.models import Act
from supervision.cases.facts import DAY, VOUCHER
from supervision.complaints.noting import SealedNotes
from supervision.moves import Move

from . import conditions, effects, timing
from .models import Reward, State

AUTHORITY = Department.Party.AUTHORITY  # its own budget pays
UNDECIDED = frozenset({State.ELIGIBLE, State.PROPOSED, State.CHECKED})
GRANTED = frozenset({State.APPROVED, State.NOTIFIED, State.CLAIMED, State.VOUCHER})

MOVES: dict[str, Move[Reward]] = {
    "propose": Move(
        frozenset({State.ELIGIBLE}), State.PROPOSED, Duty.COMPLAINTS, _("Propose the reward"), party=AUTHORITY,
        conditions=(conditions.may_bring_a_reward, conditions.is_the_first), needs_note=True,
        asks=(effects.LEVEL, effects.STATEMENTS), effects=(effects.propose,),
    ),
    "check": Move(
        frozenset({State.PROPOSED}), State.CHECKED, Duty.DECIDE, _("Approve as the first"), party=AUTHORITY,
        conditions=(
            conditions.another_than_proposer, conditions.no_part_in_it, conditions.may_bring_a_reward,
            conditions.is_the_first,
        ),
        asks=(effects.NO_INTEREST,), effects=(effects.still_so, effects.check),
    ),
    "approve": Move(
        frozenset({State.CHECKED}), State.APPROVED, Duty.DECIDE, _("Approve as the second"), party=AUTHORITY,
        conditions=(
            conditions.another_than_both, conditions.no_part_in_it, conditions.may_bring_a_reward,
            conditions.is_the_first,
        ),
        asks=(effects.NO_INTEREST,), effects=(effects.still_so, effects.approve),
    ),
    "send_back": Move(
        frozenset({State.PROPOSED, State.CHECKED}), State.ELIGIBLE, Duty.DECIDE, _("Send it back"), party=AUTHORITY,
        conditions=(conditions.no_part_in_it,), needs_note=True, effects=(effects.begin_anew,),
    ),
    "refuse": Move(
        UNDECIDED, State.REFUSED, Duty.DECIDE, pgettext_lazy("of a reward", "Do not grant it"), party=AUTHORITY,
        conditions=(conditions.another_than_proposer, conditions.no_part_in_it), needs_note=True,
        effects=(effects.refuse,),
    ),
    "reconsider": Move(
        frozenset({State.REFUSED}), State.ELIGIBLE, Duty.DECIDE, _("Look into it again"), party=AUTHORITY,
        conditions=(
            conditions.another_than_refuser, conditions.no_part_in_it, conditions.nobody_else_has_it,
        ),
        needs_note=True, effects=(effects.begin_anew,),
    ),
    "notify": Move(
        frozenset({State.APPROVED}), State.NOTIFIED, Duty.COMPLAINTS, _("Tell the reporter"), party=AUTHORITY,
        conditions=(conditions.may_bring_a_reward, conditions.is_the_first), effects=(effects.notify,),
    ),
    "claim": Move(
        frozenset({State.NOTIFIED}), State.CLAIMED, Duty.COMPLAINTS, _("Claimed by the reporter"), by_itself=True,
        conditions=(conditions.claimed_in_time,), effects=(effects.take_claim, timing.stops, timing.starts_payment),
    ),
    "waive": Move(
        frozenset({State.NOTIFIED}), State.WAIVED, Duty.COMPLAINTS, _("Not claimed in time"), by_itself=True,
        conditions=(conditions.nobody_claimed,), effects=(timing.stops,),
    ),
    "issue": Move(
        frozenset({State.CLAIMED}), State.VOUCHER, Duty.COMPLAINTS, _("Send the voucher to finance"), party=AUTHORITY,
        conditions=(conditions.payout_is_kept,), effects=(effects.issue, timing.hands_to_finance),
    ),
    "bounce": Move(
        frozenset({State.VOUCHER}), State.CLAIMED, Duty.BOOK, _("It could not be paid"), party=AUTHORITY,
        needs_note=True, effects=(effects.void_and_tell, timing.stops, timing.starts_payment_anew),
    ),
    "pay": Move(
        frozenset({State.VOUCHER}), State.PAID, Duty.BOOK, _("Book the payment"), party=AUTHORITY,
        conditions=(
            conditions.none_who_granted, conditions.issued_by_another, conditions.no_part_in_it,
            conditions.payout_was_opened,
        ),
        asks=(VOUCHER, DAY), effects=(effects.pay, timing.meets),
    ),
    "stop": Move(
        GRANTED, State.REFUSED, Duty.DECIDE, _("Take the decision back"), party=AUTHORITY,
        conditions=(conditions.another_than_proposer, conditions.no_part_in_it), needs_note=True,
        effects=(effects.refuse, effects.void, timing.stops),
    ),
    "reclaim": Move(
        frozenset({State.PAID}), State.RECLAIMING, Duty.COMPLAINTS, _("Ask for it back: the report was false"),
        party=AUTHORITY, conditions=(conditions.still_reclaimable,), needs_note=True, effects=(effects.reclaim,),
    ),
    "leave": Move(
        frozenset({State.RECLAIMING}), State.PAID, Duty.DECIDE, _("Leave it with the reporter"), party=AUTHORITY,
        conditions=(conditions.another_than_reclaimer,), needs_note=True, effects=(effects.drop,),
    ),
    "demand": Move(
        frozenset({State.RECLAIMING}), State.DEMANDED, Duty.DECIDE, _("Demand it back"), party=AUTHORITY,
        conditions=(conditions.another_than_reclaimer,), needs_note=True, effects=(effects.demand,),
    ),
    "book_back": Move(
        frozenset({State.DEMANDED}), State.RECOVERED, Duty.BOOK, _("Book what came back"), party=AUTHORITY,
        asks=(VOUCHER, DAY), effects=(effects.book_back,),
    ),
}  # fmt: skip


REWARD: SealedNotes[Reward] = SealedNotes(
    name="reward", words=_("A reward"), states=State, act=Act.REWARD, moves=MOVES, first=State.ELIGIBLE,
    module=__name__,
)  # fmt: skip
