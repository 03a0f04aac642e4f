"""What goes wrong while somebody reports, and what they change their mind about: nothing that was answered is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from supervision.complaints.models import Complaint
from tests.builders import make_institution
from tests.complaints.building import FACTS
from tests.journeys.reporters import STEPS, Reporter, at_a_telephone
from tests.journeys.world import HOSPITAL

NOT_SENT = "Failed to load resource"  # what browsers say of a line that a test breaks
LIGHT = 150_000  # bytes of the first page with all that it loads


@pytest.fixture
def reporter(browser: Browser, live_server: LiveServer, portal: Path) -> Iterator[Reporter]:
    make_institution(HOSPITAL)
    wrong: list[str] = []
    page = at_a_telephone(browser, live_server, wrong)
    yield Reporter(page)
    page.context.close()
    assert [one for one in wrong if NOT_SENT not in one] == []


def kept(page: Page, name: str) -> list[str]:
    """An answer as the page carries it, seen or unseen."""
    carried: list[str] = page.evaluate("name => new FormData(document.querySelector('#answers')).getAll(name)", name)
    return carried


def test_a_wrong_turn_is_told_on_top_and_leads_to_its_field(reporter: Reporter) -> None:
    reporter.tells(erring=True)
    assert FACTS in reporter.says()
    assert kept(reporter.page, "amount") == ["2,000 元"]


def test_back_and_forward_and_another_tongue_keep_every_answer(reporter: Reporter) -> None:
    page = reporter.page
    reporter.tells()
    for step in reversed(STEPS[:-1]):
        page.go_back()
        reporter.stands_at(step)
        assert kept(page, "facts") == [FACTS]
    expect(page.locator("[name=kind][value=tip]")).to_be_checked()
    for step in STEPS[1:4]:
        page.go_forward()
        reporter.stands_at(step)
    expect(page.locator("#amount")).to_have_value("2,000 元")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    reporter.stands_at("when")
    for step in STEPS[4:]:
        reporter.goes_on(step)
    assert FACTS in reporter.says()
    assert len(kept(page, "file")) == 1


def test_one_mends_a_single_answer_from_the_last_page(reporter: Reporter) -> None:
    reporter.tells()
    reporter.page.locator(".answers button[value=when]").click()
    reporter.stands_at("when")
    reporter.page.locator("#amount").fill("3000")
    for step in STEPS[4:]:
        reporter.goes_on(step)
    assert "3,000" in reporter.says()


def test_who_reloads_the_page_is_asked_before_answers_are_gone(reporter: Reporter) -> None:
    page = reporter.page
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    reporter.tells(until="when")
    page.on("dialog", stay)
    page.evaluate("() => void setTimeout(() => location.reload())")
    page.wait_for_timeout(1000)
    assert asked == ["beforeunload"]
    assert kept(page, "facts") == [FACTS]
    page.remove_listener("dialog", stay)


def test_two_clicks_send_one_report(reporter: Reporter) -> None:
    page = reporter.page
    reporter.tells()
    page.locator(".buttons button[value=send]").dblclick()
    expect(page.locator(".receipt")).to_be_visible(timeout=20_000)
    page.wait_for_timeout(500)
    assert Complaint.objects.count() == 1


def test_a_line_that_breaks_while_it_is_sent_loses_nothing(reporter: Reporter) -> None:
    page = reporter.page
    broken: list[str] = []

    def break_once(route: Route) -> None:
        if route.request.method == "POST" and not broken:
            broken.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    reporter.tells()
    page.route("**/report/", break_once)
    reporter.presses("send")
    expect(page.locator("[data-unsent]")).to_contain_text("Nothing is lost")
    assert broken
    assert kept(page, "facts") == [FACTS]
    assert reporter.sends()
    assert Complaint.objects.count() == 1


def test_the_receipt_stays_when_one_goes_back_by_mistake(reporter: Reporter) -> None:
    page = reporter.page
    reporter.tells()
    receipt = reporter.sends()
    page.go_back()
    page.wait_for_timeout(300)
    expect(page.locator(".receipt")).to_have_attribute("aria-label", receipt)
    reporter.types_back(receipt[-4:])
    expect(page.locator(".receipt")).to_have_count(0)


def test_the_first_page_is_light(reporter: Reporter) -> None:
    page = reporter.page
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    came: list[float] = []
    line.on("Network.loadingFinished", lambda told: came.append(told["encodedDataLength"]))
    reporter.begins()
    page.wait_for_load_state("networkidle")
    print(f"the first page: {sum(came) / 1000:.0f} kB in {len(came)} requests")
    assert sum(came) <= LIGHT
