"""Budgets beside what was settled of them: how much, how fast, and who is beyond the line."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from institutions.models import Account, Institution
from supervision.payments import budgeting
from supervision.payments.models import Budget, MonthlySettlement, Rate
from tests.builders import make_account, make_division, make_institution
from tests.payments.office import Agency
from tests.payments.test_pages import page

pytestmark = pytest.mark.django_db


def settled(place: Institution, payable: str, month: str = "2026-03", *, told: bool = True, fund: str = "310") -> None:
    MonthlySettlement.objects.create(
        number=f"JS-{place.pk}-{month}-{fund}", institution=place, place=place.division, month=month, fund=fund,
        state="appeal", declared=Decimal(payable), payable=Decimal(payable),
        told_at=timezone.now() if told else None,
    )  # fmt: skip


def budget(place: Institution | None, amount: str, *, year: int = 2026, fund: str = "310") -> Budget:
    return Budget.objects.create(
        area=make_division("990100"), institution=place, year=year, fund=fund, amount=Decimal(amount), source="talks"
    )


@pytest.fixture
def other() -> Institution:
    return make_institution("H99010200002", "990102")


def on(day: date) -> time_machine.travel:
    return time_machine.travel(f"{day}T10:00+08:00", tick=False)


@pytest.mark.parametrize(
    ("day", "pace"),
    [(date(2026, 1, 1), None), (date(2026, 1, 2), "365"), (date(2026, 3, 15), "5"), (date(2027, 1, 1), "1")],
)  # fmt: skip
def test_the_pace_is_the_use_by_the_part_of_the_year_that_is_over(agency: Agency, day: date, pace: str | None) -> None:
    settled(agency.hospital, "100.00")
    budget(agency.hospital, "100.00")
    with on(day):
        [found] = budgeting.of_institutions(agency.clerk, 2026)
    assert (found.use, found.payable, found.until) == (Decimal(1), Decimal("100.00"), "2026-03")
    assert found.pace == (Decimal(pace) if pace else None)


def test_a_leap_year_has_366_days() -> None:
    with on(date(2028, 12, 31)):
        assert budgeting.elapsed(2028) == Decimal(365) / 366


def test_only_what_is_faster_than_the_line_is_beyond_it(agency: Agency, other: Institution) -> None:
    for place, sum_ in ((agency.hospital, "110.00"), (other, "110.01")):
        settled(place, sum_, "2025-03")
        budget(place, "100.00", year=2025)
    with on(date(2026, 1, 1)):
        found = budgeting.of_institutions(agency.clerk, 2025)
    assert [(one.budget.institution, one.beyond) for one in found] == [(other, True), (agency.hospital, False)]


def test_a_place_draws_its_own_line(agency: Agency) -> None:
    settled(agency.hospital, "110.00", "2025-03")
    budget(agency.hospital, "100.00", year=2025)
    Rate.objects.create(
        code="budget_pace", place="990100", value=Decimal("1.05"), name_zh="x", name_en="x", source="city",
        verified="setting", valid=(date(2020, 1, 1), None),
    )  # fmt: skip
    assert budgeting.of_institutions(agency.clerk, 2025)[0].beyond


def test_the_budget_of_an_area_counts_all_of_its_institutions_and_no_other_fund(
    agency: Agency, other: Institution
) -> None:
    settled(agency.hospital, "60.00")
    settled(other, "30.00", "2026-04")
    settled(other, "7.00", fund="390")
    settled(make_institution("H99020100003", "990201"), "500.00")
    budget(None, "100.00")
    [found] = budgeting.of_areas(agency.clerk, 2026)
    assert (found.payable, found.until) == (Decimal("90.00"), "2026-04")
    assert budgeting.of_institutions(agency.clerk, 2026) == []


def test_the_desk_lists_who_is_beyond_the_line(client: Client, agency: Agency, other: Institution) -> None:
    settled(agency.hospital, "90.00", "2025-03")
    settled(other, "120.00", "2025-03")
    budget(agency.hospital, "100.00", year=2025)
    budget(other, "100.00", year=2025)
    listed = page(client, agency.clerk, "/desk/budgets/?year=2025")
    assert str(other) in listed
    assert str(agency.hospital) not in listed
    assert "1 of 2 beyond the line" in listed
    assert "beyond 110.0%" in listed
    assert "非法定标准" in listed
    everybody = page(client, agency.clerk, "/desk/budgets/?year=2025&all=1")
    assert everybody.index(str(other)) < everybody.index(str(agency.hospital))
    assert str(other) not in page(client, agency.clerk, "/desk/budgets/?year=1999")


def test_a_county_sees_its_institutions_and_a_neighbour_nobody(agency: Agency, other: Institution) -> None:
    for place in (agency.hospital, other):
        settled(place, "60.00")
        budget(place, "100.00")
    budget(None, "1000.00")

    def seen(account: Account) -> list[Institution | None]:
        return [one.budget.institution for one in budgeting.of_institutions(account, 2026)]

    county = make_account("county", "990102")
    assert seen(county) == [other]
    assert budgeting.of_areas(county, 2026) == []
    assert seen(make_account("neighbour", "990200")) == []


def test_an_institution_reads_its_own_from_what_was_put_before_it(
    client: Client, agency: Agency, other: Institution
) -> None:
    settled(agency.hospital, "100.00", "2025-03")
    settled(agency.hospital, "33.00", "2025-04", told=False)
    settled(other, "77.00", "2025-03")
    budget(agency.hospital, "400.00", year=2025)
    budget(other, "444.00", year=2025)
    shown = page(client, agency.answerer, "/institution/settlements/?year=2025")
    assert "¥400.00" in shown
    assert "25.0%" in shown
    assert "¥444.00" not in shown
    assert "33.3%" in page(client, agency.clerk, "/desk/budgets/?year=2025&all=1")
