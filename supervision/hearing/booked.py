"""Books what the fund paid of a hearing's lines; what the ledger refuses, the move is refused for."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from supervision.ledger import booking
from supervision.ledger.models import Balance, Item, Stage
from supervision.moves import Made

from .models import Hearing, HearingLine

Part = tuple[HearingLine, Stage, Stage, Decimal]


def reference(line: HearingLine) -> str:
    """What the ledger calls a line that is heard."""
    return f"hearing line {line.pk}"


def items_of(lines: Iterable[HearingLine]) -> Mapping[int, Item]:
    """The ledger's item of each line."""
    names = {reference(line): line.pk for line in lines}
    return {names[item.reference]: item for item in Item.objects.filter(reference__in=names)}


def suspected(items: Mapping[int, Item]) -> Mapping[int, Decimal]:
    """What of each line stands as suspected now."""
    rows = Balance.objects.filter(item__in=items.values(), stage=Stage.SUSPECTED).values_list("item", "amount")
    there = dict(rows)
    return {line: there.get(item.pk, Decimal("0.00")) for line, item in items.items()}


def book(hearing: Hearing, made: Made[Hearing], parts: Iterable[Part], items: Mapping[int, Item], why: str) -> None:
    """One entry with what moves of each line; nothing where nothing does."""
    legs = [booking.Leg(items[line.pk], source, target, amount) for line, source, target, amount in parts if amount]
    if legs:
        booking.book(legs, reason=why, subject=f"{hearing} {made.name}", by=made.by)
