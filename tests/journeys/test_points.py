"""A doctor reaches twelve points, and the next claim of that doctor is refused at the hospital's desk."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from credit.points import nightly
from credit.points.models import ScoreRecord
from supervision.review.asking import library
from tests.credit.points.office import Office, general, make_handled, make_matter, make_office, on, run_out
from tests.credit.points.test_at_the_desk import said
from tests.journeys.people import act, at_their_desks, figures


@pytest.fixture
def office(settings: Settings, tmp_path: Path, db: None) -> Iterator[Office]:
    settings.MEDIA_ROOT = tmp_path / "media"
    yield make_office()
    library.forget()


def proposed(page: Page, office: Office) -> ScoreRecord:
    """On the page of the doctor, after a handling of the hospital that is in effect."""
    handled, matter = make_handled(office), make_matter(12)
    page.goto(f"/desk/practitioners/{office.doctor.pk}/propose/")
    page.locator("[name=proceeding]").select_option(str(handled.pk))
    page.locator("[name=matter]").select_option(str(matter.pk))
    page.locator("[name=responsibility]").select_option(str(general().pk))
    page.locator("[name=facts]").fill("虚记手术耗材，执业证书被吊销。")
    page.get_by_role("button", name="Propose").click()
    page.wait_for_load_state()
    return ScoreRecord.objects.get()


def test_the_next_claim_of_a_doctor_with_twelve_points_is_refused(
    browser: Browser, live_server: LiveServer, office: Office
) -> None:
    today = timezone.localdate()
    tomorrow = (today + timedelta(1)).isoformat()
    people = {"keeper": office.keeper, "head": office.head, "clerk": office.clerk}
    with at_their_desks(browser, live_server, people) as desks:
        record = proposed(desks["keeper"], office)
        act(desks["head"], record.get_absolute_url(), "notify")
        assert "12" in figures(desks["clerk"], f"/institution/practitioners/records/{record.number}/")
        assert said("before", today.isoformat()) == []
        record.refresh_from_db()
        run_out(record)
        nightly.take_up()
        assert "terminated" in figures(desks["clerk"], f"/institution/practitioners/{office.doctor.pk}/")
    with on(tomorrow):
        assert ["医保支付资格已终止" in words for words in said("next", tomorrow)] == [True]
