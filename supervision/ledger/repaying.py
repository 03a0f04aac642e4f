"""Pays back to the party what came and turned out not to be owed: decided by two people, told in a letter, then paid.

The payment that had come stays in the books as it was; what goes back is booked beside it.
"""

from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.documents import serving
from supervision.documents.issuing import issue
from supervision.documents.models import Service
from supervision.ledger.booking import FEN, BookingRefused, Leg, book, refuse_unless, reverse
from supervision.ledger.models import RETURNED, Entry, Item, Repayment, Stage
from supervision.ledger.paying import permit, said
from supervision.ledger.sums import standing
from supervision.moves import Made, Move, Workflow, by_another_than

NOTHING = Decimal("0.00")
State = Repayment.State


@transaction.atomic
def ask_repayment(item: Item, amount: Decimal, *, reason: str, basis: str, by: Account) -> Repayment:
    """Ask for what came to be paid back; who decides is another person."""
    permit([item], by)
    said(reason, basis)
    refuse_unless(amount >= FEN and amount == amount.quantize(FEN), _("An amount is above zero, in whole fen."))
    came = standing(item).figure("returned")
    refuse_unless(amount <= came, _("Only ¥%(came)s has come.") % {"came": f"{came:,}"})
    try:
        with transaction.atomic():
            wish = Repayment.objects.create(
                item=item, amount=amount, reason=reason, basis=basis, asked_by=by, state=State.ASKED
            )
    except IntegrityError as error:
        raise BookingRefused(_("A repayment is asked for already.")) from error
    wish.events.create(move="ask", after=wish.state, by=by, note=reason)
    record(Act.LEDGER, by, str(wish), move="ask_repayment", amount=f"{amount}", basis=basis)
    return wish


def owe_back(
    item: Item, amount: Decimal, *, reason: str, basis: str, prepared_by: Account, decided_by: Account
) -> Repayment:
    """What a decision that fell had brought in, in the transaction of the move by which it fell."""
    entry = set_apart(item, amount, reason=reason, subject=f"{item} owed back", by=decided_by)
    owed = Repayment.objects.create(
        item=item, amount=amount, reason=reason, basis=basis, asked_by=prepared_by, decided_by=decided_by,
        state=State.APPROVED, set_aside=entry,
    )  # fmt: skip
    owed.events.create(move="approve", after=owed.state, by=decided_by, note=reason)
    tell(owed, decided_by)
    return owed


def set_apart(item: Item, amount: Decimal, *, reason: str, subject: str, by: Account) -> Entry:
    """From wherever it had come in, the oldest way first."""
    sums, left, legs = standing(item), amount, []
    for way in RETURNED:
        part = min(left, sums[way])
        if part > 0:
            legs.append(Leg(item, way, Stage.REPAYABLE, part))
            left -= part
    refuse_unless(left == 0, _("Only ¥%(came)s has come.") % {"came": f"{amount - left:,}"})
    return book(legs, reason=reason[:300], subject=subject, by=by)


def tell(owed: Repayment, by: Account) -> None:
    """The party is told what it gets back, and why."""
    item = owed.item
    party = item.institution.name_zh if item.institution else item.person
    letter = issue(
        "repayment_notice", place=item.place_id, place_name=item.place.name_zh, about=item.case or str(item), by=by,
        facts={
            "party": party, "amount": f"{owed.amount:.2f}", "reason": owed.reason, "basis": owed.basis,
            "item": item.reference,
        },
        address=owed.get_absolute_url(),
    )  # fmt: skip
    if item.institution:
        serving.serve(letter, to=party, method=Service.Method.ELECTRONIC, by=by, institution=item.institution.pk)


# --- What moves do ----------------------------------------------------------------------------------


def decided(owed: Repayment, made: Made[Repayment]) -> None:
    """keeps who decided"""
    owed.decided_by = made.by


def approve(owed: Repayment, made: Made[Repayment]) -> None:
    """books the amount as owed back, and tells the party"""
    owed.set_aside = set_apart(owed.item, owed.amount, reason=owed.reason, subject=f"{owed} {made.name}", by=made.by)
    tell(owed, made.by)


def pay(owed: Repayment, made: Made[Repayment]) -> None:
    """books that it was paid, with the voucher"""
    facts: Any = made.facts
    legs = [Leg(owed.item, Stage.REPAYABLE, Stage.REPAID, owed.amount)]
    owed.payment = book(
        legs, reason=owed.reason[:300], subject=f"{owed} {made.name}", by=made.by, day=facts["on"],
        voucher=str(facts["voucher"]),
    )  # fmt: skip


def bounced(owed: Repayment, made: Made[Repayment]) -> None:
    """reverses the payment: the amount is still owed"""
    assert owed.payment is not None
    reverse(owed.payment, reason=made.note, by=made.by)
    owed.payment = None


ANOTHER = by_another_than("asked_by")

REPAYMENT: Workflow[Repayment] = Workflow(
    name="repayment",
    words=gettext_lazy("A repayment to the party"),
    states=State,
    act=Act.LEDGER,
    first=State.ASKED,
    module="supervision/ledger/repaying.py",
    moves={
        "approve": Move(
            frozenset({State.ASKED}), State.APPROVED, Duty.DECIDE, gettext_lazy("Approve"), conditions=(ANOTHER,),
            effects=(decided, approve),
        ),
        "refuse": Move(
            frozenset({State.ASKED}), State.REFUSED, Duty.DECIDE, gettext_lazy("Refuse"), conditions=(ANOTHER,),
            effects=(decided,), needs_note=True,
        ),
        "take_back": Move(
            frozenset({State.ASKED}), State.TAKEN_BACK, Duty.BOOK, gettext_lazy("Take back"),
        ),
        "pay": Move(
            frozenset({State.APPROVED}), State.PAID, Duty.BOOK, gettext_lazy("Repay"),
            conditions=(by_another_than("decided_by"),), effects=(pay,), asks=("voucher", "on"),
        ),
        "bounce": Move(
            frozenset({State.PAID}), State.APPROVED, Duty.BOOK, gettext_lazy("Take the payment back"),
            effects=(bounced,), needs_note=True,
        ),
    },
)  # fmt: skip
