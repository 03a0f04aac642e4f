"""Nothing on the public pages and at the desk of complaints is hard to reach: every page, in every state it can be in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from institutions.models import Account, Duty
from supervision.complaints import receipts, talking
from tests.builders import make_institution
from tests.cases.office import make_officer
from tests.complaints.building import WHO, accepted, concluded, file, make_desk
from tests.complaints.exposure.world import make_told
from tests.complaints.rewards import office as rewards
from tests.complaints.vault.building import make_approved
from tests.journeys.browsing import AXE, LANGUAGES, examined, opened
from tests.journeys.reporters import STEPS, TELEPHONE, Reporter
from tests.journeys.test_axe_cases import sign_in_at_once
from tests.journeys.world import HOSPITAL

pytestmark = pytest.mark.skipif(not AXE.exists(), reason="no axe-core: run `make setup` where node_modules can be made")

PUBLIC = {
    "front": "/", "how reporting works": "/how-reporting-works/", "figures, none": "/reporting-figures/",
    "institutions": "/public-institutions/", "institutions, none": "/public-institutions/?named=nothing",
    "exposed cases": "/cases-exposed/", "rules of rewards": "/report/reward/", "follow": "/report/follow/",
    "check an acknowledgement": "/report/acknowledgement/verify/",
}  # fmt: skip


# On the public pages: targets of 44 px, links within a sentence left out, and words of 16 px. At the width last looked at.
TOO_SMALL = """() => {
    const seen = [...document.querySelectorAll("header *, main *, footer *")].filter(
        (one) => one.checkVisibility() && !one.closest(".visually-hidden, .skip-link"));
    const targets = seen.filter((one) => one.matches("a, button, summary, select, textarea, input"))
        .filter((one) => !one.matches("p a, h2 a, li > a")).map((one) => [one, (one.closest("label") ?? one).getBoundingClientRect()])
        .filter(([, box]) => box.height < 43.5 || box.width < 43.5).map(([one]) => one.outerHTML.slice(0, 120));
    const words = seen.filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
        .filter((one) => parseFloat(getComputedStyle(one).fontSize) < 16).map((one) => one.outerHTML.slice(0, 120));
    return [...targets, ...words];
}"""


@dataclass(frozen=True)
class Told:
    """Receipts of reports in several states, the case that became public, and who reads what at the desk."""

    talked: str
    named: str
    rewarded: str
    exposed: str
    pages: dict[str, str]
    reader: Account


@pytest.fixture
def told(portal: Path, settings: Settings) -> Told:
    settings.HELPLINE = "0990-12393"
    make_institution(HOSPITAL)
    desk, reader = make_desk(), make_officer("reader", Duty.COMPLAINTS, Duty.IDENTITY)
    talked, named = file(wants_reward=True), file(who=WHO)
    complaint = accepted(talked.complaint, desk)
    talking.write_to_reporter(complaint, "请问是哪一天？", by=desk.first)
    talking.say(complaint, "三月三日。", once="1")
    concluded(named.complaint, desk)
    reward = rewards.notified(rewards.make_desk(sign="r"), ticket="f" * 32)
    opening = make_approved(reader, make_officer("second", Duty.IDENTITY), named.complaint.number)
    exposed = make_told(str(reward.case), "9901", by=reader)["typical"]
    pages = {
        "complaints": "/desk/complaints/", "complaints, none": "/desk/complaints/?number=nothing",
        "write down": "/desk/complaints/new/", "a complaint": complaint.get_absolute_url(),
        "a complaint by name": named.complaint.get_absolute_url(), "identities": "/desk/identities/",
        "identities, over": "/desk/identities/?past=1", "ask for an opening": "/desk/identities/ask/",
        "an opening": opening.get_absolute_url(), "rewards": "/desk/rewards/",
        "rewards, none": "/desk/rewards/?complaint=nothing", "a reward": reward.get_absolute_url(),
        "what will be erased": "/desk/complaints/retention/",
    }  # fmt: skip
    receipt = receipts.receipt_of("f" * 32)
    return Told(
        receipts.shown(talked.receipt), receipts.shown(named.receipt), receipts.shown(receipt), exposed, pages, reader
    )


@pytest.fixture(params=LANGUAGES)
def walk(request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer, told: Told) -> Iterator["Walk"]:
    """A walk through the pages in a tongue; in the end nothing was found on any of them."""
    wrong: list[str] = []
    page = opened(browser, live_server, LANGUAGES[request.param], wrong)
    page.set_viewport_size(TELEPHONE)
    walk = Walk(Reporter(page))
    yield walk
    page.context.close()
    assert not [*walk.faults, *wrong], "\n".join([*walk.faults, *wrong])


@dataclass
class Walk:
    reporter: Reporter
    faults: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.reporter.page

    def look(self, name: str, address: str | None = None) -> None:
        self.page.evaluate("scrollTo(0, 0)")  # or axe measures what scrolls under the top as cut
        self.faults += examined(self.page, name, address)
        small = self.page.evaluate(TOO_SMALL) if not (address or "").startswith("/desk/") else []
        self.faults += [f"{name}: smaller than a finger or than 16 px: {one}" for one in small]

    def send(self, button: str) -> None:
        self.page.locator(button).first.click()
        self.reporter.waits()


def test_axe_finds_nothing_on_the_public_pages(walk: Walk, told: Told) -> None:
    for name, address in PUBLIC.items():
        walk.look(name, address)
    for name, address in {"follow": "/report/follow/", "rules of rewards": "/report/reward/"}.items():
        walk.page.goto(address)
        walk.page.locator("#receipt").fill("1234")
        walk.send("main button[type=submit]")
        walk.look(f"{name}, wrong")
    walk.page.goto("/report/acknowledgement/verify/")
    walk.page.locator("#text").fill("nothing of ours")
    walk.send("main button[type=submit]")
    walk.look("an acknowledgement that is not ours")
    walk.look("an exposed case", f"/cases-exposed/{told.exposed}/")
    walk.send("main button[type=submit]")
    walk.look("an exposed case, an error without words")


def test_axe_finds_nothing_on_the_pages_of_a_report(walk: Walk) -> None:
    """Each page empty, sent back and filled in; then the receipt."""
    reporter, page = walk.reporter, walk.page
    reporter.kind = "named"
    reporter.begins()
    for step, following in pairwise(STEPS):
        walk.look(f"{step}, empty")
        if step not in ("when", "files"):
            reporter.presses("next")
            expect(page.locator("#errors")).to_be_focused()
            walk.look(f"{step}, sent back")
        reporter.answers(step)
        walk.look(f"{step}, filled in")
        reporter.goes_on(following)
    walk.look("check")
    receipt = reporter.sends()
    walk.look("receipt")
    reporter.types_back("?")
    walk.look("receipt, typed back wrongly")
    reporter.types_back(receipt[-4:])
    walk.look("kept")


def test_axe_finds_nothing_on_the_pages_behind_a_receipt(walk: Walk, told: Told) -> None:
    reporter = walk.reporter
    for name, receipt in {"with messages": told.talked, "by name, concluded": told.named}.items():
        reporter.comes_back(receipt)
        reporter.files()
        walk.look(f"a report {name}, a file chosen")
    walk.send("button[value=object]")
    walk.look("a report, an objection without words")
    reporter.comes_back(told.rewarded)
    walk.send("form[action='/report/reward/'] button")
    walk.look("a reward")
    walk.send("button[value=claim]")
    walk.look("a reward, claimed without an account")
    walk.page.locator("[name=way][value=code]").check()
    walk.send("button[value=claim]")
    walk.look("a reward, claimed")


def test_axe_finds_nothing_at_the_desk_of_complaints(walk: Walk, told: Told, live_server: LiveServer) -> None:
    sign_in_at_once(walk.page, live_server, told.reader)
    for name, address in told.pages.items():
        walk.look(name, address)
    walk.page.goto("/desk/complaints/new/")
    walk.send("main form button[type=submit]")
    walk.faults += examined(walk.page, "write down, sent back", None)
