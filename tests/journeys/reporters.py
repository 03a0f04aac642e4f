"""A reporter at the public pages: what they fill in, page by page, and the way back with the receipt."""

from dataclasses import dataclass
from itertools import pairwise

from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from tests.complaints.building import FACTS, WHO
from tests.complaints.gate.corpus import photographed
from tests.journeys.browsing import LANGUAGES, opened
from tests.journeys.world import HOSPITAL

STEPS = ("what", "facts", "where", "when", "files", "who", "check")
TELEPHONE: ViewportSize = {"width": 390, "height": 844}
WIDE: ViewportSize = {"width": 1280, "height": 900}
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def at_a_telephone(browser: Browser, live_server: LiveServer, wrong: list[str], *, language: str = "en") -> Page:
    page = opened(browser, live_server, LANGUAGES[language], wrong)
    page.set_viewport_size(TELEPHONE)
    return page


@dataclass
class Reporter:
    """Somebody at a telephone or a computer, who answers in the order of the pages."""

    page: Page
    kind: str = "anonymous"

    def begins(self) -> None:
        self.page.goto("/report/")
        self.stands_at("what")

    def stands_at(self, step: str) -> None:
        expect(self.page.locator(f"form[data-step={step}]")).to_be_visible()
        assert not self.page.evaluate(SIDEWAYS), step

    def presses(self, to: str) -> None:
        self.page.locator(f".buttons button[name=to][value={to}]").click()

    def goes_on(self, to: str) -> None:
        self.presses("next")
        self.stands_at(to)

    def tells(self, *, until: str = "check") -> None:
        """Every page up to this one is answered."""
        self.begins()
        for step, following in pairwise(STEPS):
            if step == until:
                return
            self.answers(step)
            self.goes_on(following)

    def answers(self, step: str) -> None:
        pages = {
            "what": self.what, "facts": self.facts, "where": self.where, "when": self.when, "files": self.files,
            "who": self.identity,
        }  # fmt: skip
        pages[step]()

    def what(self) -> None:
        self.page.locator("[name=kind][value=tip]").check()

    def facts(self) -> None:
        self.page.locator("#facts").fill(FACTS)

    def where(self) -> None:
        self.page.locator("#search").fill("001")
        self.page.locator(".beside button").click()
        self.page.locator(f"[name=target][value='institution:{HOSPITAL}']").check()

    def when(self) -> None:
        self.page.locator("#when").fill("2026年3月")
        self.page.locator("#amount").fill("2,000 元")

    def files(self) -> None:
        """A photo as telephones take it: with the place where it was taken."""
        self.gives(photographed(0))

    def gives(self, content: bytes) -> None:
        self.page.locator("#given").set_input_files({"name": "bill.jpg", "mimeType": "image/jpeg", "buffer": content})
        expect(self.page.locator("[data-files] input[name=file]")).to_have_count(1, timeout=20_000)

    def identity(self) -> None:
        """Anonymous, or with name, telephone and address; a reward is wished for either way."""
        self.page.locator(f"[name=who][value={self.kind}]").check()
        for name in WHO if self.kind == "named" else ():
            self.page.locator(f"#{name}").fill(WHO[name])
        self.page.locator("[name=wants_reward][value=yes]").check()

    def sends(self) -> str:
        """The receipt, as it is shown."""
        self.presses("send")
        shown = self.page.locator(".receipt")
        expect(shown).to_be_visible(timeout=20_000)
        return str(shown.get_attribute("aria-label"))

    def types_back(self, end: str) -> None:
        self.page.locator("#end").fill(end)
        self.page.locator("#end").press("Enter")
        self.page.wait_for_load_state()

    def comes_back(self, receipt: str) -> None:
        self.page.goto("/report/follow/")
        self.page.locator("#receipt").fill(receipt.lower())
        self.page.locator("#receipt").press("Enter")
        self.page.wait_for_load_state()
        assert not self.page.evaluate(SIDEWAYS)

    def says(self) -> str:
        return self.page.locator("main").inner_text()
