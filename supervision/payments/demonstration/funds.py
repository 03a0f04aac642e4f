"""The accounts of the prefecture's funds, its budgets, and a prepayment asked for in January."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils import timezone

from institutions.models import Account, Division
from supervision.cases.demonstration import PREFECTURE, Cast
from supervision.cases.demonstration.telling import Story
from supervision.clocks import calendar
from supervision.payments import lending, publishing
from supervision.payments.models import Budget, FundMonth, Prepayment
from supervision.payments.prepaying import PREPAYMENT

FUNDS = {"310": (Decimal(520_000), Decimal(450_000)), "390": (Decimal(1_330_000), Decimal(1_270_000))}
HELD = {"310": Decimal(6_400_000), "390": Decimal(9_600_000)}  # at the beginning of last year
BUDGET_MONTHS = 12
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


def since_january(today: date) -> int | None:
    """Working days since the eighth of January; none in the first weeks of a year."""
    days = calendar.known().working_days_between(date(today.year, 1, 8), today)
    return days if today > date(today.year, 1, 31) else None


def prepayment(cast: Cast, clerk: Account) -> Story:
    """The fund may prepay; but no month was settled here before, so nothing says how much: it is not granted."""
    year = timezone.localdate().year
    published = told([f"{year - 1}-{month:02}" for month in range(1, 13)], clerk)
    yield 1
    for row in published:
        publishing.publish_month(row, by=cast.agency_head)
    waiting = list(opened(cast, clerk, year))
    yield 2
    applied = [
        PREPAYMENT.make(one, "apply", by=cast.hospital, note="用于药品耗材货款周转，保证年初正常诊疗。")
        for one in waiting
    ]
    yield 5
    PREPAYMENT.make(applied[-1], "refuse", by=cast.agency_head, note="居民基金年初支出较集中，本年度暂不预付。")


def opened(cast: Cast, clerk: Account, year: int) -> Iterator[Prepayment]:
    for fund in FUNDS:
        yield lending.check_area(cast.institution, year, fund, by=clerk)
