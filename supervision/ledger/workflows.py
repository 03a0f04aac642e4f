"""What one asks and another decides about money that is owed, and what becomes of a bank's row that matched nothing."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Duty
from supervision.audit.models import Act
from supervision.ledger import deadlines
from supervision.ledger.booking import Leg, book, reverse
from supervision.ledger.matching import paid_by
from supervision.ledger.models import BankRow, Plan, Stage, WriteOff
from supervision.ledger.paying import legs_of
from supervision.ledger.sums import standing
from supervision.moves import Made, Move, Workflow, by_another_than, refuse_unless

# --- What moves ask for besides state and duty ------------------------------------------------------


def still_owed(plan: Plan, by: Account) -> None:
    """the instalments add up to what is outstanding"""
    owed = standing(plan.item)[Stage.DEMANDED]
    asked = sum((part.amount for part in plan.instalments.all()), Decimal("0.00"))
    refuse_unless(
        owed == asked,
        _("The instalments add up to ¥%(asked)s; ¥%(owed)s is outstanding.")
        % {"asked": f"{asked:,}", "owed": f"{owed:,}"},
    )


# --- What moves do ----------------------------------------------------------------------------------


def decided(subject: Any, made: Made[Any]) -> None:
    """keeps who decided"""
    subject.decided_by = made.by


def write_off(wish: WriteOff, made: Made[WriteOff]) -> None:
    """books the amount as written off"""
    wish.entry = book(
        [Leg(wish.item, Stage.DEMANDED, Stage.WRITTEN_OFF, wish.amount)],
        reason=f"{wish.basis}: {wish.reason}"[:300], subject=f"{wish} {made.name}", by=made.by,
    )  # fmt: skip


def begin(plan: Plan, made: Made[Plan]) -> None:
    """starts the clock of the instalment that is due first"""
    deadlines.run(plan)


def end(plan: Plan, made: Made[Plan]) -> None:
    """stops the plan's clock"""
    deadlines.stop(plan)


def pay(row: BankRow, made: Made[BankRow]) -> None:
    """books the row's amount to what it pays"""
    amounts = paid_by(row, str(made.facts["item"]), made.by)
    row.entry = book(
        legs_of(amounts), reason=(row.reference or row.payer or row.voucher)[:300], subject=f"{row} {made.name}",
        by=made.by, day=row.day, voucher=row.voucher,
    )  # fmt: skip
    row.column = row.reason = row.detail = ""


def free(row: BankRow, made: Made[BankRow]) -> None:
    """reverses the row's entry"""
    assert row.entry is not None
    reverse(row.entry, reason=made.note, by=made.by)
    row.entry = None


ANOTHER = by_another_than("asked_by")

WRITE_OFF: Workflow[WriteOff] = Workflow(
    name="write_off",
    words=gettext_lazy("A write-off"),
    states=WriteOff.State,
    act=Act.LEDGER,
    first=WriteOff.State.ASKED,
    module="supervision/ledger/workflows.py",
    moves={
        "approve": Move(
            frozenset({WriteOff.State.ASKED}), WriteOff.State.APPROVED, Duty.DECIDE, gettext_lazy("Approve"),
            conditions=(ANOTHER,), effects=(decided, write_off),
        ),
        "refuse": Move(
            frozenset({WriteOff.State.ASKED}), WriteOff.State.REFUSED, Duty.DECIDE, gettext_lazy("Refuse"),
            conditions=(ANOTHER,), effects=(decided,), needs_note=True,
        ),
        "take_back": Move(
            frozenset({WriteOff.State.ASKED}), WriteOff.State.TAKEN_BACK, Duty.BOOK, gettext_lazy("Take back"),
        ),
    },
)  # fmt: skip

PLAN: Workflow[Plan] = Workflow(
    name="instalment_plan",
    words=gettext_lazy("A plan of instalments"),
    states=Plan.State,
    act=Act.LEDGER,
    first=Plan.State.ASKED,
    module="supervision/ledger/workflows.py",
    moves={
        "agree": Move(
            frozenset({Plan.State.ASKED}), Plan.State.AGREED, Duty.DECIDE, gettext_lazy("Agree"),
            conditions=(ANOTHER, still_owed), effects=(decided, begin),
        ),
        "refuse": Move(
            frozenset({Plan.State.ASKED}), Plan.State.REFUSED, Duty.DECIDE, gettext_lazy("Refuse"),
            conditions=(ANOTHER,), effects=(decided,), needs_note=True,
        ),
        "end": Move(
            frozenset({Plan.State.ASKED, Plan.State.AGREED}), Plan.State.ENDED, Duty.BOOK, gettext_lazy("End"),
            effects=(end,), needs_note=True,
        ),
        "fall": Move(
            frozenset({Plan.State.ASKED, Plan.State.AGREED}), Plan.State.ENDED, Duty.DECIDE,
            gettext_lazy("End: the demand was lifted"), effects=(end,), needs_note=True,
        ),
    },
)  # fmt: skip

BANK_ROW: Workflow[BankRow] = Workflow(
    name="bank_row",
    words=gettext_lazy("A row of a bank file"),
    states=BankRow.State,
    act=Act.LEDGER,
    first=BankRow.State.WAITING,
    module="supervision/ledger/workflows.py",
    moves={
        "book": Move(
            frozenset({BankRow.State.WAITING}), BankRow.State.BOOKED, Duty.BOOK, gettext_lazy("Book it"),
            effects=(pay,), asks=("item",),
        ),
        "take_back": Move(
            frozenset({BankRow.State.BOOKED}), BankRow.State.WAITING, Duty.BOOK, gettext_lazy("Take back"),
            effects=(free,), needs_note=True,
        ),
        "set_aside": Move(
            frozenset({BankRow.State.WAITING}), BankRow.State.SET_ASIDE, Duty.BOOK, gettext_lazy("Set aside"),
            needs_note=True,
        ),
        "take_up": Move(
            frozenset({BankRow.State.SET_ASIDE}), BankRow.State.WAITING, Duty.BOOK, gettext_lazy("Take up again"),
        ),
    },
)  # fmt: skip
