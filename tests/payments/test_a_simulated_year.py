"""A year of a small invented prefecture: what is payable agrees with claims, refusals and ledger to the fen."""

import csv
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db.models import Sum
from django.utils import timezone

from claims import warehouse
from claims.simulation import Prefecture, places, simulate
from claims.simulation.seasons import Month
from institutions import measures
from institutions.models import Account, Institution, Measure
from supervision.clocks.models import Clock
from supervision.ledger.models import Posting, Stage
from supervision.payments import declaring, reconciling
from supervision.payments.models import MonthlySettlement, SettlementPayment
from supervision.payments.models.settlements import State
from tests.builders import make_division
from tests.claims.building import publish, take_in
from tests.hearing.heard import make_reviewer
from tests.ledger.small import make_item
from tests.payments.office import Agency, make_agency, moved, visit
from tests.payments.refusing import refused_by_review

pytestmark = pytest.mark.django_db

MEMBERS, YEAR = 60, 2025
LOOKED_AT = 2  # institutions that are followed through the whole year
Key = tuple[str, str, str]  # institution, month, fund


@pytest.fixture
def prefecture(db: None, folder: Path) -> Path:
    """The prefecture's files, taken in as one batch."""
    for code, *_names in places.DIVISIONS:
        make_division(code)
    files = folder / "files"
    simulate(Prefecture(MEMBERS, 12, 3, Month(YEAR, 1), copies=1), files, kind="csv")
    take_in(files)
    return files


def naive(files: Path) -> dict[Key, Decimal]:
    """What the fund paid, added up from the files themselves, claims that were refused left out."""
    stands = {str(row["claim"]) for month in warehouse.months(warehouse.published()) for row in claims_of(month)}
    sums: dict[Key, Decimal] = defaultdict(Decimal)
    for path in sorted([*files.glob("claims.csv"), *files.glob("claims-*.csv")]):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if f"{row['institution']}:{row['claim_no']}" in stands:
                    key = (row["institution"], row["settled_at"][:7], row["insurance"])
                    sums[key] += Decimal(row["fund_paid"])
    return sums


def claims_of(month: str) -> list[Mapping[str, object]]:
    return warehouse.settled_claims(warehouse.published(), warehouse.Asked([month]), most=1_000_000)


def through(settlement: MonthlySettlement, agency: Agency) -> MonthlySettlement:
    """To the end of its month; the institution keeps silent."""
    found = moved(settlement, agency, "reckon", "check", "tell")
    past = timezone.now() - timedelta(1)
    Clock.objects.filter(subject=found.number, limit__code="settlement_objection").update(
        since=past - timedelta(30), due_at=past
    )
    return moved(found, agency, "confirm", "pay", "reconcile", voucher=f"B-{settlement.number}")


def busiest(files: Path) -> list[Institution]:
    """Those that settle in most months with one fund: what comes late finds a later month to go into."""
    months: Counter[tuple[str, str]] = Counter((place, fund) for place, _month, fund in naive(files))
    ordered = dict.fromkeys(place for (place, _fund), _n in sorted(months.items(), key=lambda one: (-one[1], one[0])))
    return [Institution.objects.get(pk=code) for code in list(ordered)[:LOOKED_AT]]


def usual_fund(place: Institution, told: Mapping[Key, Decimal]) -> str:
    return Counter(fund for code, _month, fund in told if code == place.pk).most_common(1)[0][0]


def test_payable_agrees_with_claims_refusals_and_ledger_to_the_fen(prefecture: Path) -> None:
    agency, followed = make_agency(), busiest(prefecture)
    first, second = make_reviewer("first"), make_reviewer("second")
    told = naive(prefecture)
    months = sorted(
        {month for place, month, _fund in told if place in {one.pk for one in followed} and month[:4] == str(YEAR)}
    )
    for number, month in enumerate(months):
        laid = [one for one in declaring.declare(month, by=agency.clerk) if one.institution in followed]
        for one in laid:
            assert one.declared == told[one.institution_id, one.month, one.fund]
        if number % 4 == 0:  # review refuses something of this month
            biggest = max(laid, key=lambda one: one.declared)
            refuse_something(biggest, first, second)
        if number % 5 == 1:  # something else is owed
            place = followed[0]
            make_item(
                at=Stage.DEMANDED, amount="12.34", institution=place, place=place.division,
                pooling_area=place.division.parent, month=month,
            )  # fmt: skip
        if number == 6:  # the agreement was suspended for some days of the month
            start = date.fromisoformat(f"{month}-10")
            measures.impose(Measure.Kind.SUSPENDED, followed[1], because="P1", since=start, until=start + timedelta(5))
        for one in laid:
            through(one, agency)
        if number == 2:  # late claims of an earlier month
            fund = usual_fund(followed[0], told)
            begun = MonthlySettlement.objects.filter(institution=followed[0], fund=fund).earliest("month")
            late = [visit(followed[0], 900_000 + n, 1_111, month=begun.month, insurance=begun.fund) for n in range(3)]
            publish(prefecture.parent / "late", {"visit": late})
    agrees(followed, months)


def refuse_something(settlement: MonthlySettlement, first: Account, second: Account) -> None:
    """A whole charge of the month's dearest claim."""
    asked = warehouse.Asked([settlement.month], settlement.institution_id, settlement.fund)
    dearest = max(
        warehouse.settled_claims(warehouse.published(), asked, most=1_000_000),
        key=lambda row: str(row["paid"]).rjust(20),
    )
    claim = str(dearest["claim"])
    whole = warehouse.whole(warehouse.published(), [claim], month=settlement.month)[claim]
    charge = max(whole["charge"], key=lambda row: Decimal(str(row["eligible"])))
    refused_by_review(
        settlement.institution, first, second, settlement.month, str(charge["amount"]), claim=claim,
        charge=str(charge["charge"]), member=str(charge["member"]),
    )  # fmt: skip


def agrees(followed: list[Institution], months: list[str]) -> None:
    """The whole year: claims, lines, ledger and bank say the same."""
    rows = MonthlySettlement.objects.filter(institution__in=followed)
    assert set(rows.values_list("state", flat=True)) == {State.RECONCILED}
    sums = rows.aggregate(**{name: Sum(name) for name in (*declaring.FIGURES, "declared", "payable", "paid")})
    claims = [
        one for place in followed
        for one in warehouse.settled(warehouse.published(), warehouse.Asked(months, place.pk))
    ]  # fmt: skip
    assert sums["declared"] + sums["adjustments"] == sum(one.paid for one in claims)
    assert sums["adjustments"] == Decimal("33.33")
    assert sums["refused"] > 0
    assert sums["offset"] > 0
    back = Posting.objects.filter(stage=Stage.OFFSET, item__institution__in=followed).aggregate(sum=Sum("amount"))
    assert back["sum"] == sums["refused"] + sums["offset"]
    paid = SettlementPayment.objects.filter(settlement__in=rows).aggregate(sum=Sum("amount"))
    assert paid["sum"] == sums["payable"] == sums["paid"]
    assert sums["payable"] == (
        sums["declared"] - sums["out_of_scope"] - sums["refused"] - sums["offset"] - sums["deposit"]
        - sums["prepaid_offset"] + sums["adjustments"]
    )  # fmt: skip
    assert all(one.agrees for settlement in rows for one in reconciling.compared(settlement))
