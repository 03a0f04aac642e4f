"""How much of a year's budget is used, and how fast: use = Σ payable / budget, pace = use / part of the year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from django.db.models import Max, Sum
from django.utils import timezone

from institutions.models import Account

from . import rating
from .models import Budget, MonthlySettlement, Rate
from .reckoning import NOTHING

Sums = Mapping[tuple[str, str], tuple[Decimal, str]]  # by institution or county, and fund: yuan, the last month


@dataclass(frozen=True)
class Use:
    """A budget beside what was settled of it so far, in yuan."""

    budget: Budget
    payable: Decimal
    until: str  # the last month that was settled, "" where none was
    pace: Decimal | None  # above one: faster than the year; nothing before the year has begun
    line: Rate  # the pace beyond which it is told

    @property
    def use(self) -> Decimal:
        return self.payable / self.budget.amount

    @property
    def beyond(self) -> bool:
        return self.pace is not None and self.pace > self.line.value


def of_areas(account: Account, year: int) -> list[Use]:
    """The budgets of whole pooling areas that the account sees, each with all that its institutions settled."""
    rows = Budget.objects.visible_to(account).filter(year=year, institution=None).select_related("area")
    return used(rows, year, settled(year, "place")) if rows else []


def of_institutions(account: Account, year: int) -> list[Use]:
    """The budgets of institutions that the account sees, the fastest first; to itself it shows what it was told."""
    rows = Budget.objects.visible_to(account).filter(year=year, institution__isnull=False)
    rows = rows.select_related("area", "institution")
    found = used(rows, year, settled(year, "institution", told=account.institution_id is not None)) if rows else []
    return sorted(found, key=lambda one: (-(one.pace or NOTHING), one.budget.institution_id or "", one.budget.fund))


def used(budgets: Iterable[Budget], year: int, sums: Sums) -> list[Use]:
    part = elapsed(year)
    on = min(timezone.localdate(), date(year, 12, 31))
    line = cache(lambda area: rating.rate(Rate.Code.BUDGET_PACE, area, on))
    found = []
    for one in budgets:
        parts = list(settled_of(one, sums))
        payable = sum((sum_ for sum_, _month in parts), NOTHING)
        until = max((month for _sum, month in parts), default="")
        found.append(Use(one, payable, until, payable / one.amount / part if part else None, line(one.area_id)))
    return found


def settled_of(budget: Budget, sums: Sums) -> Iterable[tuple[Decimal, str]]:
    """What was settled of this budget: by its institution, or by everybody in its area."""
    if budget.institution_id:
        return [sums[key]] if (key := (budget.institution_id, budget.fund)) in sums else []
    prefix = budget.area.prefix
    return [said for (place, fund), said in sums.items() if fund == budget.fund and place.startswith(prefix)]


def settled(year: int, by: str, *, told: bool = False) -> Sums:
    """What is payable of the year's months, by institution or place and fund; `told`: only what was put before them."""
    rows = MonthlySettlement.objects.filter(month__startswith=f"{year}-")
    if told:
        rows = rows.filter(told_at__isnull=False)
    added = rows.order_by().values_list(by, "fund").annotate(Sum("payable"), Max("month"))
    return {(place, fund): (sum_, month) for place, fund, sum_, month in added}


def elapsed(year: int) -> Decimal:
    """The part of the year that is over, between nothing and one."""
    first, last, today = date(year, 1, 1), date(year, 12, 31), timezone.localdate()
    days = min(max((today - first).days, 0), (last - first).days + 1)
    return Decimal(days) / ((last - first).days + 1)
