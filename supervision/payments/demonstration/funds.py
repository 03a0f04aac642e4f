"""The accounts of the prefecture's funds, and its budgets."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone

from institutions.models import Account, Division, Institution
from supervision.cases.demonstration import PREFECTURE, Cast
from supervision.cases.demonstration.telling import Story
from supervision.payments import budgeting, publishing
from supervision.payments.models import Budget, FundMonth, MonthlySettlement

FUNDS = {"310": (Decimal(520_000), Decimal(450_000)), "390": (Decimal(1_330_000), Decimal(1_270_000))}
HELD = {"310": Decimal(6_400_000), "390": Decimal(9_600_000)}  # at the beginning of last year
BUDGET_MONTHS = 12
FAST, SLOW = Decimal("1.2"), Decimal("0.9")  # pace of the invented budgets of institutions
SOURCE = "示例：云泽市基金月报，虚构"
FEN = Decimal("0.01")


def accounts(cast: Cast, clerk: Account) -> Story:
    """Told for each month of this year that is over, and put before the public by another; the last are not yet."""
    today = timezone.localdate()
    rows = told([f"{today.year}-{month:02}" for month in range(1, today.month)], clerk)
    yield 3
    for row in rows[: -len(FUNDS)]:
        publishing.publish_month(row, by=cast.agency_head)
    area = Division.objects.get(pk=PREFECTURE)
    for fund, (_income, spent) in FUNDS.items():
        Budget.objects.get_or_create(
            area=area, institution=None, year=today.year, fund=fund,
            defaults={"amount": spent * BUDGET_MONTHS, "source": "示例：云泽市年度总额预算，虚构"},
        )  # fmt: skip


def agree_budgets(places: Sequence[Institution], kinds: Sequence[str]) -> None:
    """Those of these institutions: the first spends faster than the line, the others slower than the year."""
    year, area = timezone.localdate().year, Division.objects.get(pk=PREFECTURE)
    rows = MonthlySettlement.objects.filter(month__startswith=f"{year}-")
    for number, place in enumerate(places):
        for fund in kinds:
            so_far = rows.filter(institution=place, fund=fund).aggregate(sum=Sum("payable"))["sum"]
            if so_far:
                amount = so_far / budgeting.elapsed(year) / (SLOW if number else FAST)
                Budget.objects.get_or_create(
                    area=area, institution=place, year=year, fund=fund,
                    defaults={"amount": amount.quantize(Decimal(1)), "source": "示例：集体谈判确定的年度总额，虚构"},
                )  # fmt: skip


def told(months: list[str], clerk: Account) -> list[FundMonth]:
    """Income a little over what was spent; the winter months cost more."""
    area = Division.objects.get(pk=PREFECTURE)
    return [
        publishing.tell_month(area, fund, month, **figures(fund, month), source=SOURCE, by=clerk)
        for month in months
        for fund in FUNDS
    ]


def figures(fund: str, month: str) -> dict[str, Decimal]:
    income, spent = FUNDS[fund]
    return {"income": income, "expenditure": spent_in(month, spent), "balance": balance(fund, month)}


def spent_in(month: str, spent: Decimal) -> Decimal:
    return (spent * (100 + (int(month[5:]) * 7) % 11 - 5) / 100).quantize(FEN)


def balance(fund: str, until: str) -> Decimal:
    """What the fund holds at the end of a month, counted from the beginning of the year before."""
    income, spent = FUNDS[fund]
    year = timezone.localdate().year
    months = [f"{one}-{month:02}" for one in (year - 1, year) for month in range(1, 13)]
    return HELD[fund] + sum((income - spent_in(month, spent) for month in months if month <= until), Decimal(0))
