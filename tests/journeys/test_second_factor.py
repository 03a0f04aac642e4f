"""Setting a telephone up, signing in with it, and losing it: what people do, in both languages."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.builders import make_account
from tests.journeys.browsing import LANGUAGES, SECOND_STEP, examined, opened, shown_by_telephone
from tests.journeys.world import PASSPHRASE


def give_password(page: Page) -> None:
    page.goto("/sign-in/")
    page.locator("[name=username]").fill("li")
    page.locator("[name=password]").fill(PASSPHRASE)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(SECOND_STEP)


def give_code(page: Page, code: str) -> None:
    page.locator("[name=code]").fill(code)
    page.locator("main button[type=submit]").click()


def sign_out(page: Page) -> None:
    page.locator(".account-menu summary").click()
    page.locator(".account-menu form button").click()
    page.wait_for_url("**/sign-in/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_telephone_is_set_up_used_and_lost(browser: Browser, live_server: LiveServer, language: str) -> None:
    make_account("li")
    wrong: list[str] = []
    page = opened(browser, live_server, LANGUAGES[language], wrong)
    give_password(page)
    faults = examined(page, "set up", None)
    secret = page.locator("code.secret").inner_text().replace(" ", "")
    give_code(page, "000000")
    expect(page.locator(".error-summary")).to_be_visible()
    give_code(page, shown_by_telephone(secret))
    codes = page.locator(".recovery-codes code")
    expect(codes).to_have_count(10)
    kept = codes.first.inner_text()
    faults += examined(page, "recovery codes", None)
    page.locator("main a.btn-primary").click()
    expect(page).to_have_url(re.compile("/desk/"))
    faults += examined(page, "own", "/second-factor/")
    page.goto("/desk/")
    sign_out(page)
    give_password(page)
    faults += examined(page, "code", None)
    give_code(page, kept)
    expect(page).to_have_url(re.compile("/desk/"))
    assert faults == []
    assert wrong == []
    page.context.close()
