"""Every page of every role in both tongues: no broken policy, no script error, no other host."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from institutions.models import Account
from tests.journeys.browsing import LANGUAGES, opened, sign_in

LEFT_ALONE = {"sign_out", "set_language"}


def pages_of(page: Page, *first: str, each: int = 2) -> Iterator[str]:
    """Walks the site by its links, from where it is and from these addresses; of pages of one kind, `each`."""
    kinds: Counter[str] = Counter()
    waiting, seen = [urljoin(page.url, address) for address in (*first, page.url)], set()
    while waiting:
        address = waiting.pop(0)
        parts = urlsplit(address)
        view = resolve(parts.path).view_name
        if kinds[view] >= each or view in LEFT_ALONE:
            continue
        kinds[view] += 1
        answer = page.goto(address)
        assert answer
        assert answer.status < 400, address
        yield view
        links = page.locator("a[href]").evaluate_all("found => found.map(link => link.getAttribute('href'))")
        for link in links:
            there = urljoin(page.url, link).partition("#")[0]
            path = urlsplit(there).path
            if there not in seen and urlsplit(there).netloc == parts.netloc and is_page(path):
                seen.add(there)
                waiting.append(there)


def is_page(path: str) -> bool:
    """Not a download, a static file or a redirect out of the walk."""
    return path.endswith("/") and not path.startswith(("/static/", "/admin/logout"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ["prefecture", "county", "neighbour", "nation", "hospital", "admin"])
def test_every_page_keeps_the_policy_and_stays_at_home(
    browser: Browser, live_server: LiveServer, world: dict[str, Account], role: str, language: str
) -> None:
    wrong: list[str] = []
    page = opened(browser, live_server, LANGUAGES[language], wrong)
    sign_in(page, world[role])
    seen = set()
    first = ["/desk/knowledge/lists/bed/"] if role == "prefecture" else []  # most lists are empty here
    for view in pages_of(page, *first, each=2 if language == "zh-hans" else 1):
        seen.add(view)
        assert page.locator("html").get_attribute("lang") in ("zh-Hans", "zh-hans", "en", "en-gb"), page.url
        for chart in page.locator("[data-chart]").all():
            chart.hover()
        for details in page.locator("main details > summary").all():
            details.click()
    page.context.close()
    assert not wrong, "\n".join(wrong)
    if role == "prefecture":
        desk = {"reporting:dashboard", "monitoring:findings", "monitoring:finding", "monitoring:rules", "monitoring:rule",
                "monitoring:runs", "monitoring:run", "monitoring:start", "claims:batches", "claims:batch", "claims:new",
                "monitoring:quality", "monitoring:card", "monitoring:holds", "monitoring:hold", "monitoring:exemptions",
                "monitoring:exemption_new", "claims:template", "institutions:list", "institutions:detail", "password_change",
                "knowledge:lists", "knowledge:list",
                "knowledge:point", "knowledge:batches", "knowledge:batch", "knowledge:new", "knowledge:compare"}  # fmt: skip
        assert seen >= desk, desk - seen
