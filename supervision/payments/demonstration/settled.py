"""Months settled with some institutions: paid, approved or objected to, put before them, and only laid down."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils import timezone

from claims import warehouse
from institutions.models import Account, Institution
from supervision.cases.demonstration import Cast
from supervision.cases.demonstration.parties import acting_for, others
from supervision.cases.demonstration.telling import Story
from supervision.clocks import calendar
from supervision.payments import counting, declaring, hospitalizing
from supervision.payments.models import MonthlySettlement
from supervision.payments.workflow import SETTLEMENT

from . import funds, weighed

FUNDS = ("310", "390")
MONTHS = 4  # the last of which claims were settled
COUNTED = 3  # of them indicators are counted


def stories(cast: Cast, clerk: Account) -> Iterator[tuple[int, Story]]:
    """The first month was paid before anything else was demanded of the hospital; to the second it objects."""
    followed, months = places(cast), settled_months()
    for month, ago, story in zip(months, (88, 52, 10), (paid, objected, told), strict=False):
        yield min(ago, days_since(month)), story(cast, clerk, month, followed)
    if len(months) > COUNTED:
        yield 2, only_laid_down(clerk, months, followed)


def days_since(month: str) -> int:
    """How many working days ago the first one after a month was: before, nobody settles it."""
    after = calendar.months_after(date.fromisoformat(f"{month}-01"), 1)
    return calendar.known().working_days_between(after, timezone.localdate()) - 1


def places(cast: Cast) -> list[Institution]:
    """The hospital that signs in, and two others."""
    return [cast.institution, *others(Institution.Kind.HOSPITAL, cast.institution)[:2]]


def settled_months(number: int = MONTHS) -> list[str]:
    """The last months of which claims were settled."""
    this = timezone.localdate().year
    asked = warehouse.Asked([f"{year}-{month:02}" for year in (this - 1, this) for month in range(1, 13)])
    found = {one.month for one in warehouse.settled(warehouse.published(), asked)}
    return sorted(month for month in found if month < f"{timezone.localdate():%Y-%m}")[-number:]


def laid_down(clerk: Account, month: str, places: Sequence[Institution]) -> list[MonthlySettlement]:
    """All of the prefecture are laid down; those of these places and funds go on."""
    declaring.declare(month, by=clerk)
    rows = MonthlySettlement.objects.filter(month=month, institution__in=places, fund__in=FUNDS)
    return list(rows.order_by("pk"))


def moved(
    rows: Sequence[MonthlySettlement], *names: str, by: Account, note: str = ""
) -> list[MonthlySettlement]:  # fmt: skip
    found = list(rows)
    for name in names:
        found = [SETTLEMENT.make(one, name, by=by, note=note) for one in found]
    return found


def told(cast: Cast, clerk: Account, month: str, places: Sequence[Institution]) -> Story:
    rows = laid_down(clerk, month, places)
    yield 2
    rows = moved(rows, "reckon", "check", by=clerk)
    yield 1
    return moved(rows, "tell", by=clerk)


def approved(cast: Cast, clerk: Account, month: str, places: Sequence[Institution]) -> Story:
    """Accepted by the institutions, and approved by the head."""
    rows = yield from told(cast, clerk, month, places)
    yield 2
    rows = [SETTLEMENT.make(one, "accept", by=acting_for(one.institution)) for one in rows]
    yield 1
    return moved(rows, "confirm", by=cast.agency_head)


def paid(cast: Cast, clerk: Account, month: str, places: Sequence[Institution]) -> Story:
    rows = yield from approved(cast, clerk, month, places)
    yield from paid_out(cast, clerk, rows)


def paid_out(cast: Cast, clerk: Account, rows: Sequence[MonthlySettlement]) -> Story:
    yield 1
    for one in rows:
        SETTLEMENT.make(one, "pay", by=cast.books, voucher=f"YH-{one.number}", on=timezone.localdate())
    yield 2
    rows = [MonthlySettlement.objects.get(pk=one.pk) for one in rows]
    return moved(rows, "reconcile", by=clerk)


def objected(cast: Cast, clerk: Account, month: str, places: Sequence[Institution]) -> Story:
    """The hospital that signs in objects; the others accept, and are paid."""
    rows = yield from told(cast, clerk, month, places)
    yield 3
    own = [one for one in rows if one.institution_id == cast.institution.pk]
    moved(own, "object", by=cast.hospital, note="扣除的拒付金额中有一笔已申诉成立，请核对。")
    agreed = [SETTLEMENT.make(one, "accept", by=acting_for(one.institution)) for one in rows if one not in own]
    yield 1
    yield from paid_out(cast, clerk, moved(agreed, "confirm", by=cast.agency_head))


def only_laid_down(clerk: Account, months: Sequence[str], places: Sequence[Institution]) -> Story:
    """The last month waits to be reckoned; indicators of the last months stand beside their peers."""
    laid_down(clerk, months[-1], [])
    weighed.load(list(months))
    for month in months[-COUNTED:]:
        counting.count(month)
        hospitalizing.count(month)
    funds.agree_budgets(places, FUNDS)
    yield 1
