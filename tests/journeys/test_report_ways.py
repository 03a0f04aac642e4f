"""The ways to report: without a script, by the keyboard alone, with a draft; and the way out that leaves nothing behind."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from supervision.complaints.gate import keeping
from supervision.complaints.models import Complaint
from tests.builders import make_institution
from tests.complaints.building import FACTS, WHO
from tests.complaints.gate.corpus import photographed
from tests.journeys.reporters import STEPS, TELEPHONE, Reporter, at_a_telephone
from tests.journeys.world import HOSPITAL

MOST_TABS = 60


@pytest.fixture
def reporter(browser: Browser, live_server: LiveServer, portal: Path, settings: Settings) -> Iterator[Reporter]:
    make_institution(HOSPITAL)
    settings.QUICK_EXIT = f"{live_server.url}/how-reporting-works/"  # tests ask no other host
    wrong: list[str] = []
    page = at_a_telephone(browser, live_server, wrong)
    yield Reporter(page)
    page.context.close()
    assert wrong == []


# --- Without a script --------------------------------------------------------------------------------


def test_without_a_script_the_whole_report_goes_through(
    browser: Browser, live_server: LiveServer, portal: Path, settings: Settings
) -> None:
    make_institution(HOSPITAL)
    settings.WAITING_SECONDS = 1
    context = browser.new_context(
        base_url=live_server.url, locale="en-GB", java_script_enabled=False, viewport=TELEPHONE
    )
    reporter = Reporter(context.new_page(), kind="named")
    reporter.tells(until="files")
    page = reporter.page
    page.wait_for_timeout(1500)
    page.locator("#given").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photographed(0)})
    page.get_by_role("button", name="Add these files").click()
    expect(page.locator("[name=file]")).to_be_checked()
    reporter.goes_on("who")
    reporter.identity()
    reporter.goes_on("check")
    page.wait_for_timeout(1500)
    receipt = reporter.sends()
    reporter.types_back("")
    expect(page.locator("#end")).to_have_attribute("aria-invalid", "true")
    reporter.types_back(receipt[-4:])
    complaint = Complaint.objects.get()
    assert (complaint.facts, complaint.named) == (FACTS, True)
    assert keeping.of(complaint.number).count() == 1
    reporter.comes_back(receipt)
    assert complaint.number in reporter.says()
    context.close()


# --- By the keyboard ---------------------------------------------------------------------------------


def reach(page: Page, selector: str) -> None:
    """Tab after tab, as who has no pointer does; what has the focus is in sight."""
    for _tab in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            expect(page.locator(selector)).to_be_in_viewport()
            return
    raise AssertionError(f"{selector} is not reached by the keyboard")


def choose(page: Page, group: str, value: str) -> None:
    """Into a group of choices, and with the arrow keys to the one that is meant."""
    reach(page, f"[name={group}]:is(:checked, :focus)")
    page.keyboard.press("Space")
    while not page.locator(f"[name={group}][value={value}]").is_checked():
        page.keyboard.press("ArrowDown")


def type_into(page: Page, name: str, words: str) -> None:
    reach(page, f"#{name}")
    page.keyboard.insert_text(words)


def go_on(reporter: Reporter, to: str) -> None:
    reach(reporter.page, ".buttons button[value=next]")
    reporter.page.keyboard.press("Enter")
    reporter.stands_at(to)


def test_a_report_is_made_by_the_keyboard_alone(reporter: Reporter) -> None:
    page = reporter.page
    reporter.begins()
    choose(page, "kind", "grievance")
    go_on(reporter, "facts")
    type_into(page, "facts", FACTS)
    go_on(reporter, "where")
    type_into(page, "search", "001")
    page.keyboard.press("Enter")
    expect(page.locator("[name=target]").first).to_be_visible()
    reach(page, "[name=target]")
    page.keyboard.press("Space")
    go_on(reporter, "when")
    type_into(page, "when", "last spring")
    go_on(reporter, "files")
    go_on(reporter, "who")
    choose(page, "who", "anonymous")
    go_on(reporter, "check")
    reach(page, ".buttons button[value=send]")
    page.keyboard.press("Enter")
    expect(page.locator(".receipt")).to_be_visible(timeout=20_000)
    receipt = str(page.locator(".receipt").get_attribute("aria-label"))
    type_into(page, "end", receipt[-4:])
    page.keyboard.press("Enter")
    expect(page.locator(".done")).to_be_visible()
    assert Complaint.objects.get().kind == "grievance"


# --- The draft, and the way out ----------------------------------------------------------------------


def draft(page: Page) -> str:
    """What lies on the telephone, in any of a browser's stores."""
    stores = page.evaluate("({...localStorage, ...sessionStorage})")
    return json.dumps(stores, ensure_ascii=False) if stores else ""


def test_a_draft_is_kept_only_when_ticked_and_holds_no_name(reporter: Reporter) -> None:
    page = reporter.page
    reporter.kind = "named"
    reporter.tells(until="who")
    assert draft(page) == ""
    page.locator("#draft").check()
    reporter.identity()
    reporter.goes_on("check")
    assert FACTS in draft(page)
    assert not any(words in draft(page) for words in WHO.values())
    reporter.begins()
    page.locator("#draft-go-on").click()
    reporter.stands_at("who")
    expect(page.locator("#draft")).to_be_checked()
    reporter.identity()
    reporter.goes_on("check")
    assert FACTS in reporter.says()
    reporter.sends()
    assert draft(page) == ""


def test_who_takes_the_tick_away_takes_the_draft_away(reporter: Reporter) -> None:
    page = reporter.page
    reporter.tells(until="when")
    page.locator("#draft").check()
    assert FACTS in draft(page)
    page.locator("#draft").uncheck()
    assert draft(page) == ""


@pytest.mark.parametrize("until", ["when", "check"])
def test_leaving_quickly_empties_the_page_and_nothing_brings_it_back(reporter: Reporter, until: str) -> None:
    page = reporter.page
    reporter.tells(until=until)
    page.locator("#draft").check()
    page.locator("#leave").click()
    page.wait_for_url("**/how-reporting-works/")
    assert draft(page) == ""
    for _step in STEPS[: STEPS.index(until)]:
        page.go_back()
        page.wait_for_load_state()
        assert FACTS not in page.content()
        assert FACTS not in str(
            page.evaluate("[history.state, ...[...document.querySelectorAll('input, textarea')].map(one => one.value)]")
        )
