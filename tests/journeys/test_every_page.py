"""Every page of every role in both tongues: no broken policy, no script error, no other host, nothing hard to reach."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings as site
from django.urls import resolve
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from claims.models import Batch
from institutions.models import Account
from supervision.knowledge.models import Point, Proposal
from supervision.monitoring.guards import Hold
from supervision.monitoring.models import Finding, Run
from tests.journeys.world import CLAIM, PASSPHRASE, accounts, make_world

AXE = Path(site.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (1440, 768, 360)
LANGUAGES = {"zh-hans": "zh-CN", "en": "en-GB"}
LEFT_ALONE = {"sign_out", "set_language"}


@pytest.fixture(autouse=True)
def world(settings: Settings, tmp_path: Path, db: None) -> dict[str, Account]:
    settings.FUND_HOME, settings.WAREHOUSE = tmp_path, str(tmp_path / "warehouse")
    make_world(tmp_path)
    return accounts()


def opened(browser: Browser, live_server: LiveServer, locale: str, wrong: list[str]) -> Page:
    """A browser's page that notes what goes wrong on it."""
    page = browser.new_context(base_url=live_server.url, locale=locale).new_page()
    page.on("console", lambda message: wrong.append(f"{page.url}: {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on(
        "request", lambda asked: None if ours(asked.url, live_server) else wrong.append(f"{page.url} asked {asked.url}")
    )
    return page


def ours(address: str, live_server: LiveServer) -> bool:
    return address.startswith((live_server.url, "data:", "blob:", "about:"))


def sign_in(page: Page, account: Account) -> None:
    page.goto("/sign-in/")
    page.locator("[name=username]").fill(account.username)
    page.locator("[name=password]").fill(PASSPHRASE)
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state()


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
    for view in pages_of(page, *first):
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


def states() -> dict[str, str]:
    """Pages by what they show: full, empty, wrong, under way."""
    claim = Finding.objects.filter(claim=CLAIM).earliest("pk")
    reading, failed = Batch.objects.get(status=Batch.Status.READING), Batch.objects.get(status=Batch.Status.FAILED)
    rejects = Batch.objects.filter(rows_rejected__gt=0).earliest("pk")
    return {
        "dashboard": "/desk/",
        "findings": "/desk/findings/",
        "findings, filtered": "/desk/findings/?rule=drug_sex_restricted&month=2026-03&certainty=certain&sort=-at_stake",
        "findings, none": "/desk/findings/?claim=nothing",
        "findings, not understood": "/desk/findings/?least=x&month=y",
        "finding with its claim": claim.get_absolute_url(),
        "finding without": Finding.objects.exclude(claim=CLAIM).latest("pk").get_absolute_url(),
        "rules": "/desk/rules/",
        "rules, none": "/desk/rules/?family=trace&certainty=low",
        "rule": "/desk/rules/adm_readmit_split/",
        "quality": "/desk/quality/",
        "quality of one rule": "/desk/quality/drug_sex_restricted/",
        "stopped rules": "/desk/holds/",
        "one stopped": f"/desk/holds/{Hold.objects.undecided().get().pk}/",
        "one decided": f"/desk/holds/{Hold.objects.exclude(decision='').get().pk}/",
        "finding held back": Finding.objects.filter(status="held").earliest("pk").get_absolute_url(),
        "finding exempted": Finding.objects.get(withdrawn_because="exempted").get_absolute_url(),
        "finding reviewed": Finding.objects.filter(acted_on=True).earliest("pk").get_absolute_url(),
        "exemptions": "/desk/exemptions/",
        "exemption, asking": "/desk/exemptions/new/",
        "runs": "/desk/runs/",
        "run, going on": Run.objects.get(status=Run.Status.RUNNING).get_absolute_url(),
        "run, parked": Run.objects.get(status=Run.Status.PARKED).get_absolute_url(),
        "start": "/desk/runs/start/",
        "batches": "/desk/batches/",
        "batch": rejects.get_absolute_url(),
        "batch, being read": reading.get_absolute_url(),
        "batch, failed": failed.get_absolute_url(),
        "upload": "/desk/batches/new/",
        "template": "/desk/template/",
        "knowledge": "/desk/knowledge/",
        "list": "/desk/knowledge/lists/bed/",
        "list, filtered to nothing": "/desk/knowledge/lists/bed/?q=nothing&on=2026-03-01",
        "list, empty": "/desk/knowledge/lists/kit/",
        "point": Point.objects.earliest("pk").get_absolute_url(),
        "knowledge batches": "/desk/knowledge/batches/",
        "knowledge batches, none": "/desk/knowledge/batches/?show=refused",
        "knowledge batch, in force": Proposal.objects.filter(status="in_force").earliest("pk").get_absolute_url(),
        "knowledge batch, waiting": Proposal.objects.filter(status="prepared").latest("pk").get_absolute_url(),
        "knowledge, prepare": "/desk/knowledge/batches/new/",
        "knowledge, compare": "/desk/knowledge/compare/",
        "not found": "/desk/findings/987654321/",
    }


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: run `make setup` where node_modules can be made")
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_any_page_at_any_width(
    browser: Browser, live_server: LiveServer, world: dict[str, Account], language: str
) -> None:
    page = opened(browser, live_server, LANGUAGES[language], [])
    sign_in(page, world["prefecture"])
    faults = []
    for name, address in states().items():
        faults += examined(page, name, address)
    page.goto("/desk/batches/new/")
    page.locator("main form button[type=submit]").click()
    faults += examined(page, "upload, sent back", None)
    empty = opened(browser, live_server, LANGUAGES[language], [])
    sign_in(empty, world["neighbour"])
    for address in (
        "/desk/",
        "/desk/findings/",
        "/desk/runs/",
        "/desk/batches/",
        "/desk/rules/adm_overlap/",
        "/desk/quality/",
        "/desk/quality/adm_overlap/",
        "/desk/holds/",
        "/desk/exemptions/",
    ):
        faults += examined(empty, f"empty {address}", address)
    empty.context.close()
    page.context.close()
    assert not faults, "\n".join(faults)


def examined(page: Page, name: str, address: str | None) -> list[str]:
    """What axe says of a page at each width, its folded parts opened; and whether it is wider than the screen."""
    if address:
        page.goto(address)
    page.evaluate(AXE.read_text("utf-8"))
    page.evaluate("document.querySelectorAll('main details').forEach(folded => folded.open = true)")
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(150)
        verdict = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        for fault in verdict["violations"]:
            nodes = json.dumps([node["html"][:160] for node in fault["nodes"][:3]], ensure_ascii=False)
            found.append(f"{name} at {width}: {fault['id']}: {fault['help']} {nodes}")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{name} at {width}: wider than the screen")
    return found
