"""axe on the pages of visits and samples, in both languages and at three widths."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from supervision.onsite.models import Visit
from tests.journeys.browsing import AXE, LANGUAGES, examined, opened
from tests.journeys.test_axe_cases import sign_in_at_once
from tests.journeys.test_onsite import PASSWORD
from tests.onsite.office import Device, Office, filled, make_office
from tests.onsite.office import opened as a_visit
from tests.onsite.prefecture import sample_of


@pytest.fixture
def office(settings: Settings, tmp_path: Path, db: None) -> Office:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_office()


def make_home(office: Office) -> Visit:
    """Everything that its page can show: answers, two of them apart, a photo, a statement, signatures, a device out."""
    visit = a_visit(office)
    device, other = Device(visit, office.first).taken(), Device(visit, office.second).taken()
    filled(device)
    device.photo(item="R05")
    device.statement()
    device.send()
    assert device.hand_back()
    other.answer("R03", "broken", remark="两张床空着")
    other.send()
    return visit


def on_the_device(page: Page, visit: Visit) -> None:
    page.goto(f"/desk/visits/device/#{visit.number}")
    page.locator("#new-password").fill(PASSWORD)
    page.locator("form[data-take] button[type=submit]").click()
    page.locator("[data-view=work]").wait_for()


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: run `make setup` where node_modules can be made")
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_the_pages_of_visits_and_samples(
    browser: Browser, live_server: LiveServer, office: Office, language: str
) -> None:
    wrong: list[str] = []
    page = opened(browser, live_server, LANGUAGES[language], wrong)
    page.context.set_default_timeout(30_000)
    sign_in_at_once(page, live_server, office.first)
    visit, sample = make_home(office), sample_of("9901", office.hospital, by=office.first)
    addresses = {
        "visits": "/desk/visits/", "new visit": "/desk/visits/new/", "visit": visit.get_absolute_url(),
        "no visit on the device": "/desk/visits/device/", "samples": "/desk/visits/samples/",
        "new sample": "/desk/visits/samples/new/", "sample": sample.get_absolute_url(),
    }  # fmt: skip
    faults = [fault for name, address in addresses.items() for fault in examined(page, name, address)]
    on_the_device(page, visit)
    faults += examined(page, "visit on the device", None)
    page.context.close()
    assert not [*faults, *wrong], "\n".join([*faults, *wrong])
