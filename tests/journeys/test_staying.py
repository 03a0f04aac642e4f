"""The warning before a sign-in ends: shown in time, gone when one stays, and the page left at the end."""

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django import Settings

from tests.builders import make_account
from tests.journeys.browsing import AXE, sign_in
from tests.journeys.world import PASSPHRASE

LOOKS_AFTER = 4 * 60 + 1  # seconds
LOOKS = 60  # minutes of the page's clock at most until a dialog is awaited in vain


@pytest.fixture
def waiting(page: Page) -> Page:
    """Somebody who has opened a page, on a clock that the test turns."""
    account = make_account("prefecture", "990100")
    assert account.check_password(PASSPHRASE)
    page.clock.install()
    sign_in(page, account)
    page.goto("/desk/batches/new/")
    return page


def turn_until_shown(page: Page, dialog: Locator) -> None:
    """Turn the page's clock a minute at a time: each look's answer comes on the real clock, and sets the next look."""
    for _minute in range(LOOKS):
        page.clock.run_for(60 * 1000)
        page.wait_for_timeout(50)
        if dialog.is_visible():
            return


def test_whoever_stays_goes_on_where_they_were(waiting: Page, settings: Settings) -> None:
    dialog = waiting.get_by_role("dialog", name="You will soon be signed out")
    waiting.locator("[name=replaces]").focus()
    waiting.clock.run_for(LOOKS_AFTER * 1000)
    expect(dialog).to_be_hidden()  # half an hour is left
    settings.SESSION_IDLE = timedelta(minutes=4)
    turn_until_shown(waiting, dialog)
    expect(dialog).to_contain_text("Nothing has been asked for in a while. At ")
    expect(dialog.get_by_role("button", name="Stay signed in")).to_be_focused()
    settings.SESSION_IDLE = timedelta(minutes=30)
    waiting.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(waiting.locator("[name=replaces]")).to_be_focused()


def test_the_end_of_ten_hours_cannot_be_put_off(waiting: Page, settings: Settings) -> None:
    settings.SESSION_ABSOLUTE = timedelta(minutes=3)
    waiting.clock.run_for(LOOKS_AFTER * 1000)
    dialog = waiting.get_by_role("dialog")
    expect(dialog).to_contain_text("A sign-in lasts ten hours at most.")
    dialog.get_by_role("button", name="Understood").click()
    expect(dialog).to_be_hidden()


def test_when_the_sign_in_has_ended_the_page_is_left(waiting: Page, settings: Settings) -> None:
    settings.SESSION_IDLE = timedelta(seconds=-1)
    waiting.clock.run_for(LOOKS_AFTER * 1000)
    expect(waiting).to_have_url("/sign-in/?next=/desk/batches/new/")


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: run `make setup` where node_modules can be made")
def test_axe_finds_nothing_in_the_warning(waiting: Page, settings: Settings) -> None:
    settings.SESSION_IDLE = timedelta(minutes=4)
    waiting.clock.run_for(LOOKS_AFTER * 1000)
    expect(waiting.get_by_role("dialog")).to_be_visible()
    waiting.clock.resume()
    waiting.evaluate(AXE.read_text("utf-8"))
    verdict = waiting.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [(fault["id"], fault["help"]) for fault in verdict["violations"]] == []
