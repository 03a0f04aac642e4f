"""How a month is settled with an institution. docs/workflows.md shows this table."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Duty
from supervision.audit.models import Act
from supervision.cases.facts import DAY, VOUCHER
from supervision.moves import Move, Workflow

from . import conditions, effects, letters
from .models import MonthlySettlement
from .models.settlements import State

MOVES: dict[str, Move[MonthlySettlement]] = {
    "reckon": Move(
        frozenset({State.DECLARED, State.AUTO_REVIEW}), State.AUTO_REVIEW, Duty.SETTLE,
        _("Reckon it from the records"), effects=(effects.reckon,),
    ),
    "check": Move(
        frozenset({State.AUTO_REVIEW}), State.MANUAL_REVIEW, Duty.SETTLE, _("Check it by hand"),
        effects=(effects.reckon,),
    ),
    "leave_out": Move(
        frozenset({State.MANUAL_REVIEW}), State.MANUAL_REVIEW, Duty.SETTLE, _("Leave out what is set off"),
        needs_note=True, asks=(effects.LEAVE_OUT,), effects=(effects.leave_out,),
    ),
    "tell": Move(
        frozenset({State.MANUAL_REVIEW}), State.APPEAL, Duty.SETTLE, _("Put it before the institution"),
        effects=(effects.put_before,),
    ),
    "accept": Move(
        frozenset({State.APPEAL}), State.APPEAL, Duty.ANSWER, pgettext_lazy("of a settlement", "Accept it"),
        conditions=(conditions.in_time,), effects=(effects.accept,),
    ),
    "object": Move(
        frozenset({State.APPEAL}), State.MANUAL_REVIEW, Duty.ANSWER, _("Object to it"),
        conditions=(conditions.in_time,), needs_note=True, effects=(effects.hear_again,),
    ),
    "send_back": Move(
        frozenset({State.APPEAL}), State.MANUAL_REVIEW, Duty.DECIDE, _("Send it back"), needs_note=True,
        effects=(effects.hear_again,),
    ),
    "confirm": Move(
        frozenset({State.APPEAL}), State.CONFIRMED, Duty.DECIDE, _("Approve the payment"),
        conditions=(conditions.another_than_preparer, conditions.was_put_before_the_institution),
        effects=(effects.still_so, effects.approve, letters.sends("settlement_approved")),
    ),
    "open_again": Move(
        frozenset({State.CONFIRMED}), State.MANUAL_REVIEW, Duty.DECIDE, _("Take the approval back"), needs_note=True,
        effects=(effects.open_again, letters.sends("settlement_reopened")),
    ),
    "pay": Move(
        frozenset({State.CONFIRMED}), State.PAID, Duty.BOOK, _("Book the payment"),
        conditions=(conditions.a_third, conditions.nothing_is_held), asks=(VOUCHER, DAY),
        effects=(effects.pay, letters.sends("settlement_paid")),
    ),
    "reconcile": Move(
        frozenset({State.PAID}), State.RECONCILED, Duty.SETTLE, _("Reconcile it"), effects=(effects.reconcile,)
    ),
    "assess": Move(
        frozenset({State.RECONCILED}), State.RECONCILED, Duty.DECIDE, _("Decide on the deposit"),
        conditions=(conditions.the_year_is_reconciled, conditions.the_year_was_appraised), effects=(effects.assess,),
    ),
    "settle_year": Move(
        frozenset({State.RECONCILED}), State.YEAR_SETTLED, Duty.BOOK, _("Give the deposit back"),
        conditions=(conditions.was_assessed, conditions.another_than_assessor, conditions.the_year_is_reconciled),
        asks=(VOUCHER, DAY), effects=(effects.give_back,),
    ),
}  # fmt: skip

SETTLEMENT = Workflow[MonthlySettlement](
    name="settlement", words=_("A settlement"), states=State, act=Act.SETTLEMENT, moves=MOVES, first=State.DECLARED,
    module=__name__,
)  # fmt: skip


def paying(workflow: Workflow[Any]) -> list[str]:
    """The moves that let money leave the fund: who makes them shows a present code."""
    return [name for name, move in workflow.moves.items() if move.duty == Duty.BOOK]
