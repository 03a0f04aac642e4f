"""What a case is owed, by the ledger: its refunds by pooling area and fund, and how they came back."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from institutions.models import Account
from supervision.ledger.booking import Leg, book
from supervision.ledger.models import RETURNED, Balance, Book, Entry, Item, Stage

from .models import Case, Kind

NOTHING = Decimal("0.00")


def recovered_now(case: Case) -> bool:
    """Whether a recovery of the case's money is under way."""
    return case.proceedings.filter(kind=Kind.RECOVERY, closed_at=None).exists()


def refunds(case: Case) -> QuerySet[Item]:
    """The case's sums that belong to the fund."""
    return Item.objects.filter(case=case.number, book=Book.FUND)


def standing(items: Iterable[Item], *stages: Stage) -> dict[int, Decimal]:
    """What of each item stands at one of these stages, by the item's key."""
    rows = (
        Balance.objects.filter(item__in=items, stage__in=stages, amount__gt=0)
        .values("item")
        .annotate(sum=Sum("amount"))
    )
    return {row["item"]: row["sum"] for row in rows}


def total(items: Iterable[Item], *stages: Stage) -> Decimal:
    """What of all of them stands at these stages."""
    return sum(standing(items, *stages).values(), NOTHING)


def outstanding(items: Iterable[Item]) -> Decimal:
    """What has been demanded and has not come back."""
    return total(items, Stage.DEMANDED)


def returned(items: Iterable[Item]) -> Decimal:
    return total(items, *RETURNED)


def move_all(
    items: QuerySet[Item], source: Stage, target: Stage, *, reason: str, subject: str, by: Account,
    most: Decimal | None = None, **voucher: Any,
) -> Entry | None:  # fmt: skip
    """Book what stands at one stage to another, the oldest item first, up to `most`; nothing where nothing is there."""
    there, left, legs = standing(items, source), most, []
    for item in items.order_by("pk"):
        amount = there.get(item.pk, NOTHING)
        if left is not None:
            amount = min(amount, left)
            left -= amount
        if amount > 0:
            legs.append(Leg(item, source, target, amount))
    return book(legs, reason=reason, subject=subject, by=by, **voucher) if legs else None
