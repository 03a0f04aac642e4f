"""What stays behind on a telephone that others take up: nothing in its history, nothing on its disk, and no way back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from supervision.complaints import receipts
from tests.builders import make_institution
from tests.complaints.building import FACTS, file
from tests.conftest import chromium
from tests.journeys.browsing import LANGUAGES
from tests.journeys.conftest import FLAGS
from tests.journeys.reporters import TELEPHONE, Reporter, at_a_telephone
from tests.journeys.world import HOSPITAL

EXIT = "/how-reporting-works/"
SAID = "我又想起一件事：收费单在抽屉里。"
KEPT = """() => [document.title, document.body.innerText, JSON.stringify(history.state),
    ...[...document.querySelectorAll("input, textarea")].map((one) => one.value)].join("\\n")"""

# A line on which every answer comes so many milliseconds later.
SLOW = """late => {
    const line = window.fetch;
    window.fetch = async (...asked) => {
        const answer = await line(...asked);
        return new Promise((come) => setTimeout(() => come(answer), late));
    };
}"""


@pytest.fixture
def reporter(browser: Browser, live_server: LiveServer, portal: Path, settings: Settings) -> Iterator[Reporter]:
    make_institution(HOSPITAL)
    settings.QUICK_EXIT = f"{live_server.url}{EXIT}"  # tests ask no other host
    wrong: list[str] = []
    page = at_a_telephone(browser, live_server, wrong)
    yield Reporter(page)
    page.context.close()
    assert wrong == []


def held(page: Page) -> str:
    """What a page holds once it has settled: going back may load it anew."""
    for _turn in range(10):
        page.wait_for_timeout(400)
        try:
            return str(page.evaluate(KEPT))
        except Error:
            page.wait_for_load_state()
    raise AssertionError("the page does not settle")


def ways_back(page: Page) -> int:
    return len(page.context.new_cdp_session(page).send("Page.getNavigationHistory")["entries"]) - 1


def followed(reporter: Reporter) -> list[str]:
    """A report is looked at and written to; what nobody else may come upon afterwards."""
    filed = file()
    reporter.page.goto("/")
    reporter.comes_back(receipts.shown(filed.receipt))
    reporter.page.locator("#words").fill(SAID)
    reporter.page.locator("button[value=say]").click()
    expect(reporter.page.locator(".done")).to_be_visible()
    assert SAID in reporter.says()
    return [filed.receipt, filed.complaint.number, SAID]


def test_no_way_back_leads_to_a_report_that_was_looked_at(reporter: Reporter) -> None:
    page, secrets = reporter.page, followed(reporter)
    page.locator("#leave").click()
    page.wait_for_url(f"**{EXIT}")
    for _step in range(ways_back(page)):
        page.go_back()
        assert not any(words in held(page) for words in secrets)
    page.go_forward()
    assert not any(words in held(page) for words in secrets)


def test_going_back_from_a_report_leads_to_its_door(reporter: Reporter) -> None:
    page, secrets = reporter.page, followed(reporter)
    for turn in (page.go_back, page.go_forward):
        turn()
        expect(page.locator("main #receipt[type=text]")).to_have_value("")
        assert not any(words in held(page) for words in secrets)


def test_the_receipt_is_in_no_way_back_after_it_was_typed_in(reporter: Reporter) -> None:
    page = reporter.page
    reporter.tells()
    receipt = reporter.sends().replace("-", "")
    reporter.types_back("0000" if receipt[-4:] != "0000" else "1111")
    expect(page.locator("#end")).to_be_focused()
    reporter.types_back(receipt[-4:])
    expect(page.locator(".done")).to_be_visible()
    for _step in range(2):
        page.go_back()
        assert not any(words in held(page) for words in (receipt, FACTS))


def test_what_comes_after_leaving_quickly_is_not_shown_any_more(reporter: Reporter) -> None:
    """On a slow line the next page is still on its way, and so is the one that one leaves to."""
    page = reporter.page
    reporter.tells(until="when")
    page.route(f"**{EXIT}", lambda route: route.fulfill(status=204))  # so this page stays where it is
    page.evaluate(SLOW, 800)
    page.evaluate("""() => {
        document.querySelector(".buttons button[value=next]").click();
        document.getElementById("leave").click();
    }""")
    page.wait_for_timeout(1500)
    assert page.evaluate("document.body.childElementCount") == 0
    assert not any(words in page.title() for words in ("What", "When", "Fund"))


def test_a_slow_line_says_so_and_a_pull_too_far_reloads_nothing(reporter: Reporter) -> None:
    page = reporter.page
    reporter.tells(until="facts")
    assert page.evaluate("getComputedStyle(document.documentElement).overscrollBehaviorY") == "contain"
    page.evaluate(SLOW, 1500)
    reporter.answers("facts")
    reporter.presses("next")
    expect(page.locator("[data-unsent]")).to_have_text("One moment…")
    reporter.stands_at("where")
    expect(page.locator("[data-unsent]")).to_have_text("")


def test_a_draft_can_be_erased_without_going_on_with_it(reporter: Reporter) -> None:
    page = reporter.page
    reporter.tells(until="when")
    page.locator("#draft").check()
    reporter.begins()
    page.locator("#draft-erase").click()
    expect(page.locator("#draft-found")).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0


# --- On the telephone's disk -------------------------------------------------------------------------


@contextmanager
def telephone(browser: Browser, live_server: LiveServer, folder: Path) -> Iterator[Page]:
    """A browser that keeps its things in a folder, as those of telephones do, and was closed in the end."""
    context = browser.browser_type.launch_persistent_context(
        folder, executable_path=chromium(), args=FLAGS.split(), base_url=live_server.url, locale=LANGUAGES["en"],
        viewport=TELEPHONE,
    )  # fmt: skip
    yield context.pages[0]
    context.pages[0].wait_for_timeout(1500)  # browsers write what a tab holds every now and then
    context.close()


def found_in(folder: Path, words: str) -> list[str]:
    """The files that hold these words, in either way browsers write them."""
    forms = [words.encode(), words.encode("utf-16-le")]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(form in path.read_bytes() for form in forms)]


def test_answers_and_receipts_come_to_lie_on_no_disk_unless_a_draft_is_asked_for(
    browser: Browser, live_server: LiveServer, portal: Path, tmp_path: Path
) -> None:
    make_institution(HOSPITAL)
    folder, filed = tmp_path / "telephone", file()
    with telephone(browser, live_server, folder) as page:
        Reporter(page).comes_back(receipts.shown(filed.receipt))
        page.locator("#words").fill(SAID)
        Reporter(page).tells()
    assert not any(found_in(folder, words) for words in (FACTS, SAID, receipts.shown(filed.receipt).lower()))
    with telephone(browser, live_server, folder) as page:
        Reporter(page).tells(until="when")
        page.locator("#draft").check()
    assert found_in(folder, FACTS)  # the search finds what lies there
    with telephone(browser, live_server, folder) as page:
        Reporter(page).begins()
        page.locator("#draft-erase").click()
