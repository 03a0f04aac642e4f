"""What a regulator does at the desk."""

import csv
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from claims.models import Batch
from supervision.knowledge import loading
from supervision.monitoring.models import Finding, Run
from tests.builders import make_account, make_division
from tests.journeys.browsing import give_password_and_code
from tests.journeys.world import make_world

LISTS = Path(loading.__file__).parent / "lists"


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.FUND_HOME, settings.WAREHOUSE = tmp_path, str(tmp_path / "warehouse")
    return tmp_path


def sign_in(page: Page, username: str = "prefecture") -> None:
    page.goto("/sign-in/")
    give_password_and_code(page, username)


def test_from_the_dashboard_to_one_finding_and_its_rule(page: Page, home: Path) -> None:
    make_world(home)
    make_account("prefecture")
    sign_in(page)
    expect(page.get_by_role("heading", name="Yunze", level=1)).to_be_visible()
    page.get_by_role("link", name=re.compile("new findings")).click()
    page.get_by_label("Rule", exact=True).select_option("drug_sex_restricted")
    page.get_by_label("Month").select_option("2026-03")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("link", name=re.compile("Remove Month: Mar 2026"))).to_be_visible()
    rows = page.locator("table[data-keys] tbody tr")
    shown = Finding.objects.open().filter(rule="drug_sex_restricted", month="2026-03").count()
    expect(rows).to_have_count(shown)
    # The list came from the dashboard with the greatest amount first: the finding of the claim in the warehouse.
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Why")).to_be_visible()
    expect(page.locator("table.lines tr.accused").first).to_contain_text("accused")
    expect(page.locator("table.lines")).to_contain_text("takes back 3")
    expect(page.get_by_text("99****23").first).to_be_visible()
    page.keyboard.press("j")
    expect(page.get_by_text("99****23")).to_have_count(0)
    page.go_back()
    page.get_by_role("main").get_by_role("link", name="Drug for the other sex").click()
    expect(page.get_by_role("heading", name="Examples, run as tests of this rule")).to_be_visible()
    page.get_by_text("The query itself").click()
    expect(page.locator("pre.query")).to_contain_text("SELECT")


def test_a_chart_opens_to_its_list_and_has_a_table_behind(page: Page, home: Path) -> None:
    make_world(home)
    make_account("prefecture")
    sign_in(page)
    chart = page.locator("[data-chart=findings-by-rule]")
    expect(chart.locator("svg")).to_be_visible()
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.55, box["y"] + 20)
    page.wait_for_timeout(300)
    section = page.get_by_role("region", name="Findings by rule")
    section.get_by_text("As a table").click()
    cells = section.get_by_role("row").filter(has_text="Drug for the other sex")
    number = Finding.objects.open().filter(rule="drug_sex_restricted").count()
    expect(cells).to_contain_text(str(number))
    page.mouse.click(box["x"] + box["width"] * 0.55, box["y"] + 20)
    page.wait_for_url("**/desk/findings/?rule=*")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_claims_are_uploaded_rejects_read_and_a_run_finds_what_was_planted(page: Page, home: Path) -> None:
    loading.load(LISTS)
    make_division("990200")
    make_account("prefecture")
    simulated = home / "simulated"
    call_command("simulate", "--out", str(simulated), "--members", "200", "--months", "1", "--seed", "3")
    for division in read(simulated / "divisions.csv"):
        make_division(division["code"])  # where claims may come from is not for an upload to say
    claims = next(simulated.glob("claims-*.csv"))
    rows = read(claims)
    rows[0]["total"] = "twelve"
    with claims.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    page.set_default_timeout(120_000)

    sign_in(page)
    page.get_by_role("link", name="Upload a batch of claims").click()
    page.get_by_label("Files").set_input_files(sorted(path for path in simulated.glob("*.csv") if path.stem != "truth"))
    page.get_by_role("button", name="Take in").click()
    expect(page.get_by_role("heading", name=re.compile("Batch"), level=1)).to_be_visible()
    batch = Batch.objects.get()
    assert batch.status == Batch.Status.LOADED
    assert batch.rows_in == batch.rows_accepted + batch.rows_rejected
    reject = page.locator("#rejects tbody tr").filter(has_text="twelve")
    expect(reject).to_contain_text("is not a number")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Download the rejects")).click()
    assert len(download.value.path().read_text("utf-8-sig").splitlines()) == 1 + batch.rows_rejected

    page.get_by_role("link", name="Monitoring runs").click()
    page.get_by_role("main").get_by_role("link", name="Start a run").first.click()
    for box in page.get_by_role("group", name="Rules").get_by_role("checkbox").all():
        if box.get_attribute("value") not in ("drug_sex_restricted", "claim_data_invalid"):
            box.uncheck()
    page.get_by_role("button", name="Start the run").click()
    expect(page.get_by_text("2 of 2 steps done (100%)")).to_be_visible()
    run = Run.objects.get()
    assert run.status == Run.Status.DONE
    found = Finding.objects.open().count()
    assert found
    page.get_by_role("link", name="Findings").click()
    expect(page.locator("#how-many")).to_contain_text(f"{found} finding")


def test_progress_moves_by_itself_until_the_run_has_ended(page: Page, home: Path) -> None:
    make_world(home)
    make_account("prefecture")
    going = Run.objects.get(status=Run.Status.RUNNING)
    sign_in(page)
    page.goto(going.get_absolute_url())
    expect(page.get_by_text("1 of 4 steps done")).to_be_visible()
    going.steps.create(rule="adm_overlap", month="2026-01", done_at=going.started_at, page_hash="0", inputs="0")
    expect(page.get_by_text("2 of 4 steps done")).to_be_visible(timeout=15_000)
    Run.objects.filter(pk=going.pk).update(status=Run.Status.DONE, finished_at=going.started_at)
    expect(page.locator("#progress .badge-good")).to_be_visible(timeout=15_000)
    assert not page.locator("[hx-get]").count()


def test_filters_sorting_pages_and_cancelling_go_without_scripts(
    page: Page, home: Path, live_server: LiveServer
) -> None:
    make_world(home)
    make_account("prefecture")
    assert page.context.browser
    context = page.context.browser.new_context(java_script_enabled=False, base_url=live_server.url, locale="en-GB")
    plain = context.new_page()
    sign_in(plain)
    plain.get_by_role("link", name="Findings", exact=True).click()
    plain.get_by_role("link", name="At stake").click()
    plain.get_by_role("link", name="Next").click()
    plain.get_by_label("At stake, to").fill("1000")
    plain.get_by_role("button", name="Filter").click()
    amounts = plain.locator("table[data-keys] tbody td:nth-last-child(2)").all_inner_texts()
    figures = [float(amount.strip("¥").replace(",", "")) for amount in amounts]
    assert figures == sorted(figures, reverse=True)
    assert max(figures) <= 1000
    plain.goto(Run.objects.get(status=Run.Status.RUNNING).get_absolute_url())
    plain.get_by_role("button", name="Cancel the run").click()
    expect(plain.get_by_text("The run has been cancelled.")).to_be_visible()
    context.close()
