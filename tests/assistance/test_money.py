"""What is recovered goes back to the fund that had paid, to the fen."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Sum
from django.utils import timezone

from supervision.assistance import money
from supervision.assistance.requesting import REQUEST
from supervision.cases.models import Case
from supervision.ledger import paying
from supervision.ledger.models import Item, Posting, Stage
from supervision.moves import MoveRefused
from tests.assistance.regions import HOME, Regions, answered, confirmed, handling, name
from tests.builders import make_division
from tests.hearing.heard import make_lines, make_reviewer, notified
from tests.ledger.small import make_item

pytestmark = pytest.mark.django_db
VOUCHER: dict[str, Any] = {"voucher": "ZZ-1", "on": timezone.localdate()}


def test_what_the_hospital_returns_goes_to_the_payers_fund_to_the_fen(regions: Regions, folder: Path) -> None:
    request = handling(regions, folder)
    for number, lost in enumerate(("33.33", "0.01", "119.99"), 2):
        answered(request, name(request, number), lost, regions.away.officer)
    answered(request, request.claims.order_by("pk")[0], "12.34", regions.away.officer)
    request = REQUEST.make(request, "reply", by=regions.away.chief, assist_reply="found")
    request = REQUEST.make(request, "confirm", by=regions.home.chief)
    with pytest.raises(MoveRefused, match="region that leads"):
        REQUEST.make(request, "demand", by=regions.home.chief)
    request = REQUEST.make(request, "demand", by=regions.away.chief)
    items = {item: item for item in money.items(request)}
    assert {item.pooling_area_id for item in items} == {HOME}
    assert {item.institution_id for item in items} == {regions.hospital.pk}
    with pytest.raises(MoveRefused, match=r"¥165.67 of it is outstanding"):
        REQUEST.make(request, "refund", by=regions.away.books, **VOUCHER)
    owed = {item: demanded(item) for item in items}
    paying.pay(owed, voucher="V-1", day=timezone.localdate(), by=regions.away.books)
    request = REQUEST.make(request, "refund", by=regions.away.books, **VOUCHER)
    now = money.standing(request)
    assert now == money.Standing(Decimal("165.67"), Decimal("0.00"), Decimal("165.67"), Decimal("165.67"))
    assert request.passed.get().pooling_area_id == HOME
    sums = Posting.objects.filter(item__in=items).values("stage").annotate(sum=Sum("amount"))
    stages = {row["stage"]: row["sum"] for row in sums if row["sum"]}
    assert stages == {Stage.SOURCE: Decimal("-165.67"), Stage.CASH: Decimal("165.67")}
    assert REQUEST.make(request, "close", by=regions.home.chief).state == "closed"


def demanded(item: Item) -> Decimal:
    return Decimal(item.balances.get(stage=Stage.DEMANDED).amount)


def test_of_the_person_alone_the_place_of_participation_demands(regions: Regions, folder: Path) -> None:
    request = confirmed(regions, folder, suspect="person")
    with pytest.raises(MoveRefused, match="region that leads"):
        REQUEST.make(request, "demand", by=regions.away.chief)
    request = REQUEST.make(request, "demand", by=regions.home.chief)
    item = money.items(request).get()
    assert (item.institution_id, item.person, item.place_id, item.pooling_area_id) == (None, "m1", HOME, HOME)


def test_it_is_demanded_once_and_one_way(regions: Regions, folder: Path) -> None:
    request = REQUEST.make(confirmed(regions, folder), "demand", by=regions.away.chief)
    with pytest.raises(MoveRefused, match="demanded already"):
        REQUEST.make(request, "demand", by=regions.away.chief)
    last = request.events.last()
    assert last is not None
    assert last.after_words == "Demand what the fund lost"  # it changed no state
    with pytest.raises(MoveRefused, match="demanded already"):
        REQUEST.make(request, "name_case", by=regions.away.officer, assist_case="AJ-1")
    with pytest.raises(MoveRefused, match="not gone back yet"):
        REQUEST.make(request, "close_without_money", by=regions.home.chief, note="x")


def test_what_a_finding_asks_for_is_not_demanded_a_second_time(regions: Regions, folder: Path) -> None:
    request = confirmed(regions, folder)
    lines = make_lines("40.00", place=regions.hospital, claim=f"{regions.hospital.pk}:1")
    notified(lines, make_reviewer("away reviewer", "990300"))
    with pytest.raises(MoveRefused, match="name the case"):
        REQUEST.make(request, "demand", by=regions.away.chief)


def test_what_a_case_recovers_is_the_payers_part_of_it_alone(regions: Regions, folder: Path) -> None:
    request = confirmed(regions, folder)
    with pytest.raises(MoveRefused, match="no case of this number"):
        REQUEST.make(request, "name_case", by=regions.away.officer, assist_case="AJ-none")
    case = Case.objects.create(
        number="AJ-990301-2026-1", title="scans", origin="other", place=regions.hospital.division, facts="x",
        respondent="institution", institution=regions.hospital, opened_by=regions.away.officer, state="new",
    )  # fmt: skip
    request = REQUEST.make(request, "name_case", by=regions.away.officer, assist_case=case.number)
    for pooling_area in (HOME, "990300"):
        make_item(
            at=Stage.DEMANDED, amount="40.00", institution=regions.hospital, place=regions.hospital.division,
            pooling_area=make_division(pooling_area), case=case.number,
        )  # fmt: skip
    assert money.standing(request).demanded == Decimal("40.00")
    payers = money.items(request).get()
    paying.pay({payers: Decimal("40.00")}, voucher="V-2", day=timezone.localdate(), by=regions.away.books)
    with pytest.raises(MoveRefused, match=r"¥40.00 of it is not passed on in the case"):
        REQUEST.make(request, "refund", by=regions.away.books, **VOUCHER)


def test_where_the_fund_lost_nothing_it_is_closed_with_a_reason(regions: Regions, folder: Path) -> None:
    request = confirmed(regions, folder)
    request.claims.update(lost=0)
    with pytest.raises(MoveRefused, match="lost nothing"):
        REQUEST.make(request, "demand", by=regions.away.chief)
    request = REQUEST.make(request, "close_without_money", by=regions.home.chief, note="a warning was enough")
    assert request.state == "closed"
