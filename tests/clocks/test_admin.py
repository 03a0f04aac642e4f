"""Administrators set calendars and limits; a limit that clocks ran by stays as it was."""

from datetime import date

import pytest
from django.test import Client

from institutions.models import Duty
from supervision.clocks.models import CalendarYear, Clock, Limit
from tests.builders import make_account
from tests.clocks.building import make_clock, make_limit

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(make_account("administrator", None, duties=[Duty.ADMINISTER]))
    return client


def form_of(year: int, *days: str) -> dict[str, object]:
    """What the page of a year sends: its days off."""
    names = {"kind": "off", "name_zh": "节", "name_en": "Holiday"}
    sent: dict[str, object] = {
        "year": year, "source": "the notice", "verified": "on",
        "days-TOTAL_FORMS": len(days), "days-INITIAL_FORMS": 0,
    }  # fmt: skip
    for place, day in enumerate(days):
        sent |= {f"days-{place}-{name}": value for name, value in {"day": day, **names}.items()}
    return sent


def test_a_year_set_by_an_administrator_moves_the_clocks_that_run_through_it(office: Client) -> None:
    CalendarYear.objects.filter(year=2027).delete()
    clock = make_clock("P05", since="2026-11-07 09:00")  # to Friday, 5 February 2027
    office.post("/admin/clocks/calendaryear/add/", form_of(2027, "2027-02-05"))
    assert CalendarYear.objects.get(year=2027).verified
    assert Clock.objects.get(pk=clock.pk).due_at.date().isoformat() == "2027-02-08"


def test_a_limit_that_clocks_ran_by_can_only_be_ended(office: Client) -> None:
    used = make_limit("hearing_answer", "990100", amount=15)
    make_clock("hearing_answer", since="2026-11-02 09:00")
    sent = {"valid_0": "2020-01-01", "valid_1": "2026-12-01", "amount": 99}
    office.post(f"/admin/clocks/limit/{used.pk}/change/", sent)
    kept = Limit.objects.get(pk=used.pk)
    assert (kept.amount, kept.valid.upper) == (15, date(2026, 12, 1))
