"""A supervisor changes a number of a rule, sees what that would do, and two others bring it into force and back."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from claims.models import Batch, Snapshot
from institutions.models import Account
from supervision.laboratory import comparing
from supervision.laboratory.models import Comparison, Version
from supervision.monitoring import runs, standing
from supervision.monitoring.models import Finding
from tests.builders import make_division, make_institution, make_total
from tests.claims.building import publish
from tests.journeys.browsing import examined, opened, sign_in
from tests.laboratory.pages import CODE, PAGE, people, published, written
from tests.monitoring.small import charge, visit


@pytest.fixture
def claims(settings: Settings, tmp_path: Path, db: None) -> Snapshot:
    """Three charges of one claim, of 90, 120 and 500 yuan."""
    settings.FUND_HOME, settings.WAREHOUSE = tmp_path, str(tmp_path / "warehouse")
    standing.forget()
    hospital = make_institution("H1")
    rows = {"charge": [charge(1, 90), charge(2, 120), charge(3, 500)], "visit": [visit()]}
    snapshot = publish(tmp_path, rows)
    Batch.objects.update(territory=make_division("990100"))
    make_total(hospital, "2026-01", batch=Batch.objects.get())
    return snapshot


def shown(page: Page, name: str) -> None:
    """Where LOOK names a folder, what a reader sees is laid there as pictures."""
    if folder := os.environ.get("LOOK"):
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_three_people_change_a_number_of_a_rule_and_take_it_back(
    browser: Browser, live_server: LiveServer, claims: Snapshot, locale: str
) -> None:
    accounts = people()
    first = published(written(accounts[0]), accounts[1], accounts[2], claims)
    runs.work(runs.start(rules=[CODE]))
    wrong: list[str] = []
    faults: list[str] = []
    author, checker, publisher = (signed_in(browser, live_server, locale, wrong, account) for account in accounts)

    def looked_at(page: Page, name: str) -> None:
        shown(page, f"{name}-{locale}")
        faults.extend(examined(page, name, None))
        page.set_viewport_size({"width": 1280, "height": 900})

    author.goto(f"/desk/rules/{CODE}/")
    looked_at(author, "rule")
    author.goto(f"/desk/laboratory/rules/{CODE}/text/")
    author.locator("[name=text]").fill(PAGE.replace("c.amount > $most", "year(c.day) > $most"))
    author.locator("[name=reason]").fill("x")
    author.locator("main form button[type=submit]").click()
    looked_at(author, "text-refused")
    author.goto(f"/desk/laboratory/rules/{CODE}/parameters/")
    author.locator("[name=values-0-value]").fill("60000")
    author.locator("[name=reason]").fill("Nothing below 600 yuan is dear any more.")
    author.locator("main form button.btn-primary").click()
    looked_at(author, "parameters-refused")
    author.locator("button[name=carry]").click()
    expect(author.locator("[name=text]")).to_contain_text("value  = 60000")
    author.goto(f"/desk/laboratory/rules/{CODE}/parameters/")
    author.locator("[name=values-0-value]").fill("15000")
    author.locator("[name=reason]").fill("150 yuan is ordinary now.")
    looked_at(author, "parameters")
    author.locator("main form button.btn-primary").click()
    version = Version.objects.get(number=2)
    looked_at(author, "version")
    author.locator("form[action$='/back-test/'] button").click()
    expect(author.locator("progress")).to_be_visible()
    comparison = Comparison.objects.get(version=version)
    assert comparison.status == "done", list(comparison.months.values())
    looked_at(author, "comparison")
    author.locator("main th[scope=row] a").first.click()
    looked_at(author, "sample")
    author.goto(version.get_absolute_url())
    author.locator("button[name=move][value=submit]").click()
    checker.goto(version.get_absolute_url())
    checker.locator("button[name=move][value=approve]").click()
    comparing.trials()
    publisher.goto(version.get_absolute_url())
    looked_at(publisher, "on-trial")
    publisher.locator("button[name=move][value=publish]").click()
    publisher.goto(f"/desk/laboratory/rules/{CODE}/")
    looked_at(publisher, "history")
    publisher.goto(f"/desk/laboratory/rules/{CODE}/difference/?from=1&to=2")
    looked_at(publisher, "difference")
    publisher.goto("/desk/laboratory/")
    looked_at(publisher, "versions")
    runs.work(runs.start(rules=[CODE]))
    assert Finding.objects.open().count() == 1
    publisher.goto(f"/desk/laboratory/rules/{CODE}/back/")
    looked_at(publisher, "back")
    publisher.locator("[name=reason]").fill("It misses too much.")
    publisher.locator("main form button[type=submit]").click()
    first.refresh_from_db()
    assert first.stage == "in_force"
    for page in (author, checker, publisher):
        page.context.close()
    assert not wrong, "\n".join(wrong)
    assert not faults, "\n".join(faults)


def signed_in(browser: Browser, live_server: LiveServer, locale: str, wrong: list[str], account: Account) -> Page:
    page = opened(browser, live_server, locale, wrong)
    sign_in(page, account)
    return page
