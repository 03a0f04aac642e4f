"""Nothing on the pages of deadlines and cases is hard to reach, their folded forms opened, at any width, in either tongue."""

from pathlib import Path

import pytest
from django.conf import settings as site
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from institutions.models import Account
from supervision.cases.proceeding import open_proceeding
from supervision.clocks import running
from tests.cases.office import Office, investigating, make_case, make_office, make_upheld, weighed
from tests.clocks.building import make_clock
from tests.journeys.browsing import AXE, LANGUAGES, examined, opened


@pytest.fixture
def office(db: None, tmp_path: Path, settings: Settings) -> Office:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_office()


def states(office: Office) -> dict[str, str]:
    """Pages by what they show: full, empty, under way."""
    late = make_clock("P07", since="2026-03-02 09:00", duty="hear")
    asked = make_clock("P01", since=timezone.localtime().strftime("%Y-%m-%d 00:00"), holder=office.first)
    running.ask_extension(asked, amount=5, reason="papers from abroad", by=office.first)
    penalty = investigating(make_case(office, make_upheld(office, "1000.00")), office)
    weighed(penalty, office)
    referral = open_proceeding(penalty.case, "criminal", by=office.first)
    make_upheld(office, "500.00")
    return {
        "my work": "/desk/work/",
        "hand over": "/desk/work/hand-over/",
        "deadlines": "/desk/clocks/",
        "deadlines, none": "/desk/clocks/?state=met",
        "a deadline, overdue": late.get_absolute_url(),
        "a deadline, more time asked for": asked.get_absolute_url(),
        "limits": "/desk/clocks/limits/",
        "calendar": "/desk/clocks/calendar/",
        "cases": "/desk/cases/",
        "cases, none": "/desk/cases/?text=nothing",
        "new lead": f"/desk/cases/new/?institution={office.place.pk}",
        "case": penalty.case.get_absolute_url(),
        "penalty": penalty.get_absolute_url(),
        "referral": referral.get_absolute_url(),
    }


def sign_in_at_once(page: Page, live_server: LiveServer, account: Account) -> None:
    """The session of somebody signed in; signing in has a journey of its own."""
    client = Client()
    client.force_login(account)
    session = client.cookies[site.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": site.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: run `make setup` where node_modules can be made")
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_the_pages_of_deadlines_and_cases(
    browser: Browser, live_server: LiveServer, office: Office, language: str
) -> None:
    wrong: list[str] = []
    page = opened(browser, live_server, LANGUAGES[language], wrong)
    sign_in_at_once(page, live_server, office.first)
    faults = [fault for name, address in states(office).items() for fault in examined(page, name, address)]
    page.context.close()
    assert not [*faults, *wrong], "\n".join([*faults, *wrong])
