"""How much of a year's budget is used, and how fast: use = Σ payable / budget, pace = use / part of the year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone

from institutions.models import Account

from .models import Budget, MonthlySettlement
from .reckoning import NOTHING


@dataclass(frozen=True)
class Use:
    """A budget beside what was settled of it so far."""

    budget: Budget
    payable: Decimal
    use: Decimal
    pace: Decimal | None  # above one: faster than the year; nothing before the year has begun


def uses(account: Account, year: int) -> list[Use]:
    """The budgets of a year that the account sees."""
    rows = Budget.objects.visible_to(account).filter(year=year).select_related("area", "institution")
    return [used(one) for one in rows]


def used(budget: Budget) -> Use:
    payable = total(budget)
    use = payable / budget.amount
    part = elapsed(budget.year)
    return Use(budget, payable, use, use / part if part else None)


def total(budget: Budget) -> Decimal:
    """What was settled of it in the year; in a whole area, by all of its institutions."""
    rows = MonthlySettlement.objects.filter(fund=budget.fund, month__startswith=f"{budget.year}-")
    if budget.institution_id:
        rows = rows.filter(institution=budget.institution_id)
    else:
        rows = rows.filter(place__code__startswith=budget.area.prefix)
    found: Decimal = rows.aggregate(sum=Sum("payable", default=NOTHING))["sum"]
    return found


def elapsed(year: int) -> Decimal:
    """The part of the year that is over, between nothing and one."""
    first, last, today = date(year, 1, 1), date(year, 12, 31), timezone.localdate()
    days = min(max((today - first).days, 0), (last - first).days + 1)
    return Decimal(days) / ((last - first).days + 1)


def years() -> Iterable[int]:
    return Budget.objects.order_by("-year").values_list("year", flat=True).distinct()
