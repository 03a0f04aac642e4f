"""Prepayments of the invented prefecture: asked for in January, granted or not, paid, and set off month by month."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from claims import warehouse
from institutions.models import Account, Institution
from supervision.cases.demonstration import PREFECTURE, Cast
from supervision.cases.demonstration.parties import acting_for
from supervision.cases.demonstration.telling import Story
from supervision.clocks import calendar
from supervision.clocks.models import Limit
from supervision.payments import lending, publishing
from supervision.payments.models import MonthlySettlement, Prepayment, Rate
from supervision.payments.models.settlements import State
from supervision.payments.prepaying import PREPAYMENT
from supervision.payments.reckoning import FEN

from . import funds

EMPLOYEES, RESIDENTS = "310", "390"
BEFORE = Decimal("1.2")  # a month of the year before, beside the first month that is settled here
NOTE = "示例：本平台启用前由原系统结算，虚构"


def since_january(today: date) -> int | None:
    """Working days since the eighth of January; none in the first weeks of a year."""
    days = calendar.known().working_days_between(date(today.year, 1, 8), today)
    return days if today > date(today.year, 1, 31) else None


def prepayments(cast: Cast, clerk: Account, places: Sequence[Institution], months: Sequence[str]) -> Story:
    """The employees' fund prepays two hospitals; the residents' could, and the head decides against it."""
    year = timezone.localdate().year
    published = funds.told([f"{year - 1}-{month:02}" for month in range(1, 13)], clerk)
    for place in places[:2]:
        settled_before(place, months, year - 1)
    set_off_from(months, year)
    yield 1
    for row in published:
        publishing.publish_month(row, by=cast.agency_head)
    waiting = list(opened(places, clerk, year))
    yield 2
    applied = [
        PREPAYMENT.make(one, "apply", by=acting_for(one.institution), note="用于药品耗材货款周转，保证年初正常诊疗。")
        for one in waiting
    ]
    yield 5
    granted = [one for one in applied if one.fund == EMPLOYEES and was_paid(one)]
    for one in applied:
        if one in granted:
            PREPAYMENT.make(one, "approve", by=cast.agency_head)
        elif one.fund == RESIDENTS:
            PREPAYMENT.make(one, "refuse", by=cast.agency_head, note="居民基金年初支出较集中，本年度暂不预付。")
    yield 3
    for one in granted:
        PREPAYMENT.make(one, "pay", by=cast.books, voucher=f"YH-{one.number}", on=timezone.localdate())


def opened(places: Sequence[Institution], clerk: Account, year: int) -> Iterator[Prepayment]:
    """Of the hospital that signs in for both funds, of the next one for the employees'."""
    asked = [(places[0], EMPLOYEES), (places[0], RESIDENTS), *((place, EMPLOYEES) for place in places[1:2])]
    for place, fund in asked:
        yield lending.check_area(place, year, fund, by=clerk)


def was_paid(one: Prepayment) -> bool:
    """Whether a month of the year before is known, to take an average of."""
    return MonthlySettlement.objects.filter(
        institution=one.institution, fund=one.fund, month__startswith=f"{one.year - 1}-", paid__gt=0
    ).exists()


def settled_before(place: Institution, months: Sequence[str], year: int) -> None:
    """The year's months as the system before this one has settled them: paid, and of no claims that are known here."""
    known = warehouse.months(warehouse.published())
    of_first = warehouse.settled(warehouse.published(), warehouse.Asked(months[:1], place.pk, EMPLOYEES))
    paid = sum((one.paid for one in of_first), Decimal(0)) * BEFORE
    sums = dict.fromkeys(("declared", "payable", "paid"), paid.quantize(FEN))
    for month in (f"{year}-{number:02}" for number in range(1, 13)):
        if paid and month not in known:
            made = MonthlySettlement.objects.create(
                number=f"JS-{place.pk}-{month}-{EMPLOYEES}", institution=place, place=place.division, month=month,
                fund=EMPLOYEES, state=State.YEAR_SETTLED, **sums,
            )  # fmt: skip
            made.events.create(move="declare", after=made.state, note=NOTE)


def set_off_from(months: Sequence[str], year: int) -> None:
    """The invented prefecture sets off from the first month that it settles here, not only in autumn."""
    first = min((int(month[5:]) for month in months if month.startswith(f"{year}-")), default=None)
    if first is not None:
        Rate.objects.get_or_create(
            code=Rate.Code.SET_OFF_FROM, place=PREFECTURE, valid=DateRange(date(year, 1, 1), None),
            defaults={
                "value": first, "name_zh": "预付金开始冲抵的月份", "verified": Limit.Verified.SETTING,
                "name_en": "Month of the year from which prepaid money is set off",
                "source": f"示例：云泽市约定自{first}月起冲抵，虚构",
            },
        )  # fmt: skip
