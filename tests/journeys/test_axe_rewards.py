"""Nothing on the pages of rewards, at the desk or with a receipt, is hard to reach, at any width, in either tongue."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from supervision.complaints import receipts
from tests.builders import make_division
from tests.complaints.rewards.office import (
    RewardDesk,
    approved,
    begun,
    claimed,
    issued,
    make_desk,
    make_true,
    notified,
    paid,
    proposed,
)
from tests.journeys.browsing import AXE, LANGUAGES, examined, opened
from tests.journeys.test_axe_cases import sign_in_at_once

RULES = "/report/reward/"


@pytest.fixture
def office(portal: Path) -> RewardDesk:
    make_division("990200")
    return make_desk()


def states(office: RewardDesk) -> dict[str, str]:
    """One in each hand that a reward goes through, and the list of them; the report that may bring the next."""
    waiting = make_true(office)
    made = {make.__name__: make(office) for make in (begun, proposed, approved, claimed, issued, paid)}
    addresses = {name: reward.get_absolute_url() for name, reward in made.items()}
    return {
        "list": "/desk/rewards/", "none": "/desk/rewards/?state=recovered",
        "of a report": f"/desk/rewards/?complaint={waiting.number}", **addresses,
    }  # fmt: skip


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: run `make setup` where node_modules can be made")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_rewards_at_the_desk(
    browser: Browser, live_server: LiveServer, office: RewardDesk, language: str
) -> None:
    wrong: list[str] = []
    pages = states(office)
    page = opened(browser, live_server, LANGUAGES[language], wrong)
    sign_in_at_once(page, live_server, office.proposer)
    found = [fault for name, address in pages.items() for fault in examined(page, name, address)]
    sign_in_at_once(page, live_server, office.finance)
    found += examined(page, "for finance", pages["issued"])
    page.context.close()
    assert not found + wrong, "\n".join(found + wrong)


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: run `make setup` where node_modules can be made")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_a_reward_with_its_receipt(
    browser: Browser, live_server: LiveServer, office: RewardDesk, language: str
) -> None:
    wrong: list[str] = []
    ticket = receipts.draw_ticket()
    notified(office, ticket=ticket)
    page = opened(browser, live_server, LANGUAGES[language], wrong)
    found = examined(page, "rules", RULES)
    found += shown_for(page, "no such receipt", "0000")
    found += shown_for(page, "granted", receipts.receipt_of(ticket))
    page.locator("[name=act]").click()
    found += examined(page, "not filled in", None)
    page.locator("[name=holder]").fill("欧阳不存在")
    page.locator("[name=bank]").fill("杜撰银行云泽支行")
    page.locator("[name=account]").fill("6222 0000 1234 5678")
    page.locator("[name=act]").click()
    assert "欧阳不存在" not in page.content()
    found += examined(page, "claimed", None)
    page.context.close()
    assert not found + wrong, "\n".join(found + wrong)


def shown_for(page: Page, name: str, receipt: str) -> list[str]:
    page.goto(RULES)
    page.locator("[name=receipt]").last.fill(receipt)
    page.locator("[name=receipt]").last.press("Enter")
    page.wait_for_load_state()
    return examined(page, name, None)
