"""What becomes of the money when a decision falls or is lowered. Nothing is edited: what is outstanding is owed no
more, what has come in is owed back to the party, and a refund that was ordered is merely confirmed again."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Sum
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from supervision.ledger import booking, repaying
from supervision.ledger.models import Book, Item, Plan, Posting, Stage
from supervision.ledger.sums import standing
from supervision.ledger.workflows import PLAN
from supervision.moves import Made

from . import deferring, punishing, surcharging, violating
from .models import Proceeding

NOTHING = Decimal("0.00")


def undo(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """takes back all that the decision ordered: what came in is owed back, and its lines are free for another"""
    punishing.keep(proceeding, changed_fine=NOTHING)
    for item in punishing.treasury_items(proceeding):
        sums = standing(item)
        lessen(item, sums[Stage.DEMANDED] + sums[Stage.CASH], proceeding, made)
    end_plan(proceeding, made)
    lift_refund(proceeding, made)
    violating.free_all(proceeding, made)


def end_plan(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """Nothing is left to pay in parts."""
    plan = deferring.plan_of(proceeding, Plan.State.ASKED, Plan.State.AGREED)
    if plan is not None:
        PLAN.make(plan, "fall", by=made.by, note=made.note)


def lower(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """lowers the fine to what was left of it, and its surcharge with it"""
    penalty, fine = punishing.of(proceeding), Decimal(made.facts["new_fine"])
    punishing.refuse_no_lower(penalty, fine)
    difference = penalty.standing_fine - fine
    punishing.keep(proceeding, changed_fine=fine)
    proceeding.amount = fine
    items = {item.reference: item for item in punishing.treasury_items(proceeding)}
    lessen(items[surcharging.fine_item(proceeding)], difference, proceeding, made)
    too_much = punishing.booked_surcharge(proceeding) - surcharging.accrued(punishing.of(proceeding))
    if too_much > 0:
        lessen(items[surcharging.surcharge_item(proceeding)], too_much, proceeding, made)


def lessen(item: Item, amount: Decimal, proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """So much less is owed: first of what is outstanding, then of what came in, which is owed back."""
    rest = amount - withdraw(item, amount, proceeding, made)
    back = min(rest, standing(item).figure("returned"))
    if back > 0:
        repaying.owe_back(
            item, back, reason=made.note or str(made.facts["result"]),
            basis=str(made.facts["result"])[:200], prepared_by=proceeding.handler or proceeding.opened_by,
            decided_by=made.by,
        )  # fmt: skip


def withdraw(item: Item, amount: Decimal, proceeding: Proceeding, made: Made[Proceeding]) -> Decimal:
    """Book what is outstanding of it as not owed; how much that was."""
    part = min(amount, standing(item)[Stage.DEMANDED])
    if part > 0:
        legs = [booking.Leg(item, Stage.DEMANDED, Stage.WITHDRAWN, part)]
        booking.book(legs, reason=gettext_noop("No longer owed"), subject=f"{proceeding} {made.name}", by=made.by)
    return part


def lift_refund(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """What this decision had demanded for the fund and is outstanding; what has come back stays where it is."""
    legs = list(lifted(proceeding, demanded_by(proceeding)))
    if legs:
        booking.book(legs, reason=gettext_noop("Demand lifted"), subject=f"{proceeding} {made.name}", by=made.by)


def lifted(proceeding: Proceeding, demanded: Iterable[tuple[int, Decimal]]) -> Iterable[booking.Leg]:
    for key, amount in demanded:
        item = Item.objects.get(pk=key)
        part = min(amount, standing(item)[Stage.DEMANDED])
        if part > 0:
            yield booking.Leg(item, Stage.DEMANDED, Stage.CONFIRMED, part)


def demanded_by(proceeding: Proceeding) -> list[tuple[int, Decimal]]:
    """By item of the fund, what the moves of this proceeding had demanded."""
    rows = Posting.objects.filter(
        item__book=Book.FUND, stage=Stage.DEMANDED, amount__gt=0, entry__subject__startswith=f"{proceeding} ",
        entry__reverses=None, entry__reversed_by=None,
    )  # fmt: skip
    return list(rows.values_list("item").annotate(Sum("amount")).order_by("item"))


def ask_back(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """asks for a surcharge to be repaid that was paid and turned out too high; a second person decides"""
    too_much = punishing.booked_surcharge(proceeding) - surcharging.accrued(punishing.of(proceeding))
    if too_much <= 0:
        return
    item = Item.objects.get(reference=surcharging.surcharge_item(proceeding))
    with translation.override("zh-hans"):  # the letter that follows is Chinese
        repaying.ask_repayment(
            item, min(too_much, standing(item).figure("returned")), basis=str(proceeding), by=made.by,
            reason=_("The surcharge was booked too high."),
        )  # fmt: skip
