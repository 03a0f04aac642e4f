"""Two major issues from the hour in which they were found: one reported up in time and closed, one too late."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from supervision.major.models import Issue
from tests.journeys.people import act, at_their_desks, figures, unfold
from tests.major.office import Office, make_office


@pytest.fixture
def office(settings: Settings, tmp_path: Path, db: None) -> Office:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_office()


def brought_up(page: Page, title: str, found_at: datetime) -> str:
    """Of level II: the first report is due twelve hours after it was found."""
    page.goto("/desk/major-issues/new/")
    page.locator("[name=title]").fill(title)
    page.locator("[name=kind]").select_option("loss")
    page.locator("[name=level]").select_option("2")
    page.locator("[name=found_at]").fill(timezone.localtime(found_at).strftime("%Y-%m-%dT%H:%M"))
    page.locator("[name=facts]").fill("Beds stood empty that were billed.")
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()
    return Issue.objects.get(title=title).get_absolute_url()


def written(page: Page, address: str, name: str, **words: str) -> None:
    page.goto(address)
    unfold(page)
    button = page.locator(f"button[name=act][value={name}]")
    form = page.locator("form").filter(has=button)
    for field, value in words.items():
        form.locator(f"[name={field}]").fill(value)
    button.click()
    page.wait_for_load_state()


def test_one_is_reported_in_time_and_one_too_late(browser: Browser, live_server: LiveServer, office: Office) -> None:
    now, until = timezone.now(), timezone.localdate() + timedelta(days=20)
    people = {"officer": office.officer, "chief": office.chief, "province": office.province}
    with at_their_desks(browser, live_server, people) as desks:
        officer, chief, province = desks["officer"], desks["chief"], desks["province"]
        in_time = brought_up(officer, "Empty beds", now - timedelta(hours=3))
        late = brought_up(officer, "Sham stays", now - timedelta(hours=13))
        for address in (in_time, late):
            act(officer, address, "report", issue_report="What is known so far.")
        assert "in time, it was due" in figures(province, in_time)
        assert "too late, it was due" in figures(province, late)
        act(province, in_time, "grade", issue_level="2")
        act(chief, in_time, "respond", issue_owner="the deputy director")
        written(officer, in_time, "follow_up", words="All wards were visited.")
        act(province, in_time, "list", listing_demands="Get the money back.", listing_until=until)
        assert "Get the money back." in figures(chief, in_time)
        act(province, in_time, "delist", note="it is back")
        act(chief, in_time, "stabilise", note="it is back")
        act(chief, in_time, "review", review_happened="empty beds", review_cause="no visits", review_change="visits")
        written(chief, in_time, "task", words="Visit each ward", owner="the section", due_on=until.isoformat())
        written(officer, in_time, "done", words="All were visited.")
        act(province, in_time, "close", issue_report="It is over.")
        shown = figures(officer, "/desk/major-issues/")
        assert "reported too late" in shown
        assert "closed" in shown
        shown = figures(officer, "/desk/major-issues/?late=yes")
        assert "Sham stays" in shown
        assert "Empty beds" not in shown
