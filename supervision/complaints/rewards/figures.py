"""What rewards add up to, for the public: whole numbers of a place and a year, never one reward."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Sum

from .models import RewardPayment

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Paid:
    """How many rewards were paid, and how much. Whoever shows it hides what is too few to hide anybody."""

    count: int
    amount: Decimal


def paid(place: str, year: int, *, until: date | None = None) -> Paid:
    """Of a place by the digits it begins with, in a year or its first days; what came back again is not among it."""
    rows = RewardPayment.objects.filter(reward__place__code__startswith=place, day__year=year, way="out")
    if until is not None:
        rows = rows.filter(day__lte=until)
    sums = rows.exclude(reward__payments__way="back").aggregate(count=Count("pk"), amount=Sum("amount"))
    return Paid(sums["count"], sums["amount"] or NOTHING)
