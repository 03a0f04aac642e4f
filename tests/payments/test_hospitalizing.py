"""The hospitalization rate by pooling area: who stands in the register, alive when the month began."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from supervision.payments import hospitalizing
from supervision.payments.models import Hospitalization
from supervision.payments.tasks import count_indicators
from tests.builders import make_account, make_division
from tests.claims.building import publish
from tests.payments.office import MONTH, Agency
from tests.payments.test_counting import stay
from tests.payments.test_pages import page

pytestmark = pytest.mark.django_db


def insured(member: str, area: str = "990101", died_on: date | None = None) -> dict[str, object]:
    return {"member": member, "insured_area": area, "died_on": died_on}


def laid(agency: Agency, folder: Path) -> None:
    """Four insured in March, one of whom came and went twice; two who do not count, with their stays."""
    make_division("990200")
    place, day = agency.hospital.pk, date(2026, 3, 9)
    stays = [
        stay(place, number, date(2026, 3, 2), day, member=member)
        for number, member in enumerate(("m1", "m1", "dead", "stranger", "away"), 1)
    ]
    register = [
        insured("m1"), insured("m2"), insured("m3", "990106"), insured("lately", died_on=date(2026, 3, 1)),
        insured("dead", died_on=date(2026, 2, 28)), insured("away", "990201"),
    ]  # fmt: skip
    publish(folder, {"stay": stays, "member": register})


def test_discharges_of_the_register_are_divided_by_the_register(agency: Agency, folder: Path) -> None:
    laid(agency, folder)
    assert hospitalizing.count(MONTH) == hospitalizing.count(MONTH) == 2
    found = {one.area_id: (one.discharges, one.insured) for one in Hospitalization.objects.all()}
    assert found == {"990100": (2, 4), "990200": (1, 1)}


def test_the_latest_word_of_the_register_counts(agency: Agency, folder: Path) -> None:
    laid(agency, folder)
    publish(folder, {"member": [insured("m2", died_on=date(2026, 2, 1))]})
    hospitalizing.count(MONTH)
    assert Hospitalization.objects.get(area="990100").insured == 3


def test_a_year_adds_up_discharges_and_divides_by_the_last_insured(agency: Agency, folder: Path) -> None:
    laid(agency, folder)
    hospitalizing.count(MONTH)
    first = Hospitalization.objects.get(area="990100")
    Hospitalization.objects.create(area=first.area, month="2026-02", discharges=4, insured=9, snapshot=first.snapshot)
    [found] = hospitalizing.years(agency.clerk, 2026)
    assert (found.discharges, found.insured, found.rate) == (6, 4, Decimal("1.5"))
    assert hospitalizing.years(agency.clerk, 2025) == []


def test_nothing_is_counted_before_claims_have_come() -> None:
    count_indicators()
    assert not Hospitalization.objects.exists()


def test_it_stands_beside_the_funds_of_the_area(client: Client, agency: Agency, folder: Path) -> None:
    laid(agency, folder)
    hospitalizing.count(MONTH)
    shown = page(client, agency.clerk, "/desk/funds/?year=2026")
    assert "50.0%" in shown
    assert "Hospitalization rate" in shown
    assert "100.0%" not in shown  # the neighbour's
    assert "Hospitalization rate" not in page(client, make_account("county", "990102"), "/desk/funds/?year=2026")
