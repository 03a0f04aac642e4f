"""The page of what will be erased, with a row of every kind: to come, held back, waiting for a reward."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from supervision.complaints import retention
from supervision.complaints.models import Complaint, Forgetting
from tests.complaints.building import WHO, ComplaintDesk, make_complaint, make_desk
from tests.journeys.browsing import AXE, LANGUAGES, examined, opened
from tests.journeys.test_axe_cases import sign_in_at_once

ADDRESS = "/desk/complaints/retention/"
WHY = "The court has asked for the file until its judgment is final; the letter lies with the legal office. " * 3


@pytest.fixture
def desk(portal: Path) -> ComplaintDesk:
    """Four reports whose words or names are erased soon; one is held back, and one waits for its reward."""
    desk, today = make_desk(), timezone.localdate()
    for number, (what, days) in enumerate((("identity", -3), ("identity", 2), ("words", 2), ("identity", 29))):
        complaint: Complaint = make_complaint(facts=f"story {number}", who=WHO)
        Forgetting.objects.create(complaint=complaint, what=what, due_on=today + timedelta(days))
    row = Forgetting.objects.get(what="words")
    retention.hold(row, until=today + timedelta(200), why=WHY, by=desk.chief)
    return desk


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: run `make setup` where node_modules can be made")
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_will_be_erased_is_read_and_held_back(
    browser: Browser, live_server: LiveServer, desk: ComplaintDesk, language: str
) -> None:
    wrong: list[str] = []
    page = opened(browser, live_server, LANGUAGES[language], wrong)
    sign_in_at_once(page, live_server, desk.chief)
    found = examined(page, "who decides", ADDRESS)
    assert page.locator("main tbody tr").count() == 4
    page.locator("main button[type=submit]").first.click()
    found += examined(page, "held back without a reason", None)
    sign_in_at_once(page, live_server, desk.first)
    found += examined(page, "who handles", ADDRESS)
    assert page.locator("main form").count() == 0
    page.context.close()
    assert not found + wrong, "\n".join(found + wrong)
