"""What the records say of a settlement: warehouse, hearings, ledger, register of measures, prepayments."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Sum

from claims import warehouse
from claims.models import Snapshot
from institutions import standing
from institutions.models import GradeFactor, Measure
from supervision.clocks.calendar import months_after
from supervision.hearing import booked
from supervision.hearing.models import Hearing, HearingLine
from supervision.ledger.models import Balance, Book, Item, Plan, Stage

from . import rating
from .models import MonthlySettlement, Prepayment, Rate, SettlementLine
from .models.settlements import DISBURSED, FOLLOWING, State
from .reckoning import NOTHING, Part, Wanted, share

Figure = SettlementLine.Figure
ENDED = (Measure.Kind.SUSPENDED, Measure.Kind.TERMINATED)  # services of these days are not settled


def wanted(settlement: MonthlySettlement, snapshot: Snapshot | None, sums: warehouse.Settled | None) -> Wanted:
    """All that the settlement stands on, at a version of the warehouse."""
    refused = refused_items(settlement)
    return Wanted(
        declared=sums.paid if sums else NOTHING,
        out_of_scope=out_of_scope(settlement, snapshot),
        adjustments=adjustments(settlement, snapshot),
        refused=owed(settlement, refused, Figure.REFUSED),
        deposit=lambda base: deposit(settlement, base),
        prepaid=prepaid(settlement),
        offset=owed(settlement, set_off_items(settlement, refused), Figure.OFFSET),
    )


def sums_of(settlement: MonthlySettlement, snapshot: Snapshot | None) -> warehouse.Settled | None:
    """What the warehouse says was declared."""
    found = warehouse.settled(snapshot, asked(settlement))
    return found[0] if found else None


def asked(settlement: MonthlySettlement, *within: warehouse.Span) -> warehouse.Asked:
    return warehouse.Asked([settlement.month], settlement.institution_id, settlement.fund, within)


# --- Out of scope -----------------------------------------------------------------------------------


def first_and_last(month: str) -> warehouse.Span:
    first = date.fromisoformat(f"{month}-01")
    return first, months_after(first, 1) - timedelta(1)


def out_of_scope(settlement: MonthlySettlement, snapshot: Snapshot | None) -> list[Part]:
    """What began on days on which the agreement was suspended or ended, each day laid to one measure."""
    parts, spans, before = [], list[warehouse.Span](), NOTHING
    for measure in Measure.objects.filter(institution=settlement.institution_id, kind__in=ENDED).order_by("pk"):
        if not measure.counts or measure.since > first_and_last(settlement.month)[1]:
            continue
        spans.append((measure.since, measure.last_day or date.max))
        found = warehouse.settled(snapshot, asked(settlement, *spans))
        so_far = found[0].paid if found else NOTHING
        if so_far > before:
            parts.append(Part(Figure.OUT_OF_SCOPE, so_far - before, {"measure": measure}))
        before = so_far
    return parts


# --- Earlier months that read otherwise by now ------------------------------------------------------


def adjustments(settlement: MonthlySettlement, snapshot: Snapshot | None) -> list[Part]:
    """By how much earlier settlements that are closed would be greater or less at this version, as far as not told."""
    closed = MonthlySettlement.objects.filter(
        institution=settlement.institution_id, fund=settlement.fund, month__lt=settlement.month,
        state__in=[State.CONFIRMED, *DISBURSED],
    ).order_by("month")  # fmt: skip
    # What another system has settled before this one was reckoned from no claims that are known here.
    earlier = [one for one in closed if snapshot and one.snapshot_id and one.snapshot_id != snapshot.pk]
    if not earlier:
        return []
    now = in_scope_now(earlier, snapshot)
    parts = []
    for one in earlier:
        told = one.adjusted_by.exclude(settlement=settlement).aggregate(sum=Sum("amount", default=NOTHING))["sum"]
        if difference := now[one.pk] - (one.declared - one.out_of_scope) - told:
            parts.append(Part(Figure.ADJUSTMENTS, difference, {"earlier": one}))
    return parts


def in_scope_now(earlier: Sequence[MonthlySettlement], snapshot: Snapshot | None) -> dict[int, Decimal]:
    """What of each would be declared and in scope today."""
    first = earlier[0]
    of = warehouse.Asked([one.month for one in earlier], first.institution_id, first.fund)
    declared = {found.month: found.paid for found in warehouse.settled(snapshot, of)}
    return {
        one.pk: declared.get(one.month, NOTHING) - sum((part.amount for part in out_of_scope(one, snapshot)), NOTHING)
        for one in earlier
    }


# --- The ledger -------------------------------------------------------------------------------------


def refused_items(settlement: MonthlySettlement) -> set[int]:
    """The ledger's items of what review has refused, of this month and those before it."""
    lines = HearingLine.objects.filter(
        hearing__institution=settlement.institution_id, hearing__measure=Hearing.Measure.REFUSE,
        hearing__month__lte=settlement.month,
    ).only("pk")  # fmt: skip
    return {item.pk for item in booked.items_of(lines).values()}


def set_off_items(settlement: MonthlySettlement, refused: set[int]) -> set[int]:
    """What else the institution owes the fund and has been told of, unless instalments are agreed or it is left out."""
    items = Item.objects.filter(institution=settlement.institution_id, book=Book.FUND, demanded_at__isnull=False)
    planned = Plan.objects.filter(item__in=items, state=Plan.State.AGREED).values("item")
    kept = items.exclude(pk__in=planned).exclude(pk__in=[*refused, *settlement.left_out])
    return set(kept.values_list("pk", flat=True))


def owed(settlement: MonthlySettlement, items: set[int], figure: SettlementLine.Figure) -> list[Part]:
    """What stands demanded of each item and no other open settlement has taken, the oldest first."""
    taken, funds = taken_elsewhere(settlement, items), ["", settlement.fund]  # of some claims nobody knows which paid
    rows = Balance.objects.filter(item__in=items, item__fund__in=funds, stage=Stage.DEMANDED, amount__gt=0)
    rows = rows.select_related("item")
    left = ((row.item, row.amount - taken.get(row.item_id, NOTHING)) for row in rows.order_by("item"))
    return [Part(figure, amount, {"item": item}) for item, amount in left if amount > 0]


def taken_elsewhere(settlement: MonthlySettlement, items: set[int]) -> dict[int, Decimal]:
    """What other settlements that are not paid yet have taken of these items."""
    lines = SettlementLine.objects.filter(item__in=items, settlement__state__in=[*FOLLOWING, State.CONFIRMED])
    rows = lines.exclude(settlement=settlement).order_by().values_list("item").annotate(Sum("amount"))
    return dict(rows)


# --- Deposit and prepayment -------------------------------------------------------------------------


def deposit(settlement: MonthlySettlement, base: Decimal) -> list[Part]:
    """The part of the month that is kept until the year is assessed; the grade of that time makes it more or less."""
    on = first_and_last(settlement.month)[1]
    found = rating.rate(Rate.Code.DEPOSIT, settlement.place_id, on)
    factor = standing.factor(settlement.institution, GradeFactor.What.DEPOSIT, on)
    return [Part(Figure.DEPOSIT, share(base, found.value * factor), {"rate": found})]


def prepaid(settlement: MonthlySettlement) -> list[Part]:
    """What was lent for the year and is to be set off from a month of it on."""
    first = first_and_last(settlement.month)[0]
    since = rating.rate(Rate.Code.SET_OFF_FROM, settlement.place_id, first)
    if first.month < since.value:
        return []
    return list(lent(settlement, first.year))


def lent(settlement: MonthlySettlement, year: int) -> Iterator[Part]:
    rows = Prepayment.objects.outstanding().filter(
        institution=settlement.institution_id, fund=settlement.fund, year__lte=year
    )
    for one in rows.order_by("year"):
        open_lines = one.settlement_lines.filter(settlement__state__in=[*FOLLOWING, State.CONFIRMED])
        taken = open_lines.exclude(settlement=settlement).aggregate(sum=Sum("amount", default=NOTHING))["sum"]
        left = one.amount - one.set_off - taken
        if left > 0:
            yield Part(Figure.PREPAID_OFFSET, left, {"prepayment": one})
