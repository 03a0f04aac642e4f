"""A matter of care away from home through both regions, and the money back to the fund that had paid."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from supervision.assistance import money
from supervision.assistance.models import Request
from supervision.ledger import paying
from tests.assistance.regions import Regions, make_regions, settled
from tests.journeys.people import act, at_their_desks, figures


@pytest.fixture
def regions(settings: Settings, tmp_path: Path, db: None) -> Regions:
    settings.FUND_HOME, settings.WAREHOUSE = tmp_path, str(tmp_path / "warehouse")
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_regions()


def test_one_region_asks_the_other_answers_and_the_money_goes_home(
    browser: Browser, live_server: LiveServer, regions: Regions, tmp_path: Path
) -> None:
    number = settled(regions, tmp_path)
    people = {
        "asks": regions.home.officer, "sends": regions.home.chief, "looks": regions.away.officer,
        "answers": regions.away.chief, "books": regions.away.books,
    }  # fmt: skip
    with at_their_desks(browser, live_server, people) as desks:
        page = desks["asks"]
        page.goto("/desk/assistance/new/")
        page.locator("[name=institution]").fill(regions.hospital.pk)
        page.locator("[name=claim]").fill(number)
        page.locator("[name=suspect]").select_option("institution")
        page.locator("[name=words]").fill("Was the scan made?")
        page.locator("main form button[type=submit]").click()
        page.wait_for_load_state()
        request = Request.objects.get()
        at = request.get_absolute_url()
        act(desks["sends"], at, "send")
        shown = [figures(desks[name], at) for name in ("asks", "looks")]
        assert all("the place of treatment investigates and decides" in words for words in shown)
        assert all("¥120.00" in words for words in shown)
        act(desks["looks"], at, "accept")
        act(desks["looks"], at, "handle")
        page = desks["looks"]
        page.locator("[name=found]").check()
        page.locator("[name=lost]").fill("40.01")
        page.locator("form").filter(has=page.locator("[name=lost]")).locator("[name=words]").fill("the register")
        page.locator("button[name=act][value=answer]").click()
        page.wait_for_load_state()
        act(desks["answers"], at, "reply", assist_reply="The scan was never made.")
        act(desks["sends"], at, "confirm")
        act(desks["answers"], at, "demand")
        [item] = money.items(request)
        paying.pay({item: Decimal("40.01")}, voucher="V-1", day=timezone.localdate(), by=regions.away.books)
        act(desks["books"], at, "refund", voucher="ZZ-1", on=timezone.localdate())
        act(desks["sends"], at, "close")
        assert "¥40.01, Yunze, ZZ-1" in figures(desks["asks"], at)
    assert money.standing(request).to_pass_on == 0
