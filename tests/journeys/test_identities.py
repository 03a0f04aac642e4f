"""An identity is opened by two people in a browser, and every page on the way can be reached and read by everybody."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.complaints.vault.building import (
    SUBJECT,
    WHO,
    make_approved,
    make_asked,
    make_keys,
    make_reader,
    make_sealed,
    places,
    running,
)
from tests.journeys.browsing import LANGUAGES, examined, opened
from tests.journeys.test_axe_cases import sign_in_at_once

ASKED = "JB-990101-2026-10000002"


@pytest.fixture
def vault(live_server: LiveServer, tmp_path: Path, settings: Settings) -> Path:
    for name in places(tmp_path):
        setattr(settings, name, getattr(settings, name))
    make_keys(tmp_path)
    make_sealed()
    make_sealed(ASKED)
    return tmp_path / "vault.log"


def test_two_people_open_an_identity_and_no_page_on_the_way_is_hard_to_use(
    browser: Browser, live_server: LiveServer, vault: Path
) -> None:
    asker, second = make_reader("asker"), make_reader("second")
    opening, asked = make_approved(asker, second), make_asked(asker, ASKED)
    pages = {
        "identities": "/desk/identities/",
        "identities, over": "/desk/identities/?past=1",
        "ask": f"/desk/identities/ask/?subject={SUBJECT}",
        "an opening to decide on": asked.get_absolute_url(),
    }
    wrong: list[str] = []
    with running(vault):
        for locale in LANGUAGES.values():
            page = opened(browser, live_server, locale, wrong)
            sign_in_at_once(page, live_server, second)
            for name, address in pages.items():
                wrong += examined(page, name, address)
            page.context.clear_cookies()
            sign_in_at_once(page, live_server, asker)
            wrong += examined(page, "an opening to read", opening.get_absolute_url())
            page.locator("form[action$='/read/'] button").click()
            assert WHO["phone"] in page.locator("main").inner_text()
            wrong += examined(page, "an identity", None)
            page.context.close()
    assert wrong == []
