"""A reporter at the public pages: what they fill in, page by page, and the way back with the receipt."""

import re
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
ERRS = re.compile("^(Error:|错误)")
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

    def tells(self, *, until: str = "check", erring: bool = False) -> None:
        """Every page up to this one is answered, after a wrong turn on each where it is asked for."""
        self.begins()
        for step, following in pairwise(STEPS):
            if step == until:
                return
            if erring:
                self.errs(step)
            self.answers(step)
            self.goes_on(following)

    def answers(self, step: str) -> None:
        pages = {
            "what": self.what, "facts": self.facts, "where": self.where, "when": self.when, "files": self.files,
            "who": self.identity,
        }  # fmt: skip
        pages[step]()

    def errs(self, step: str) -> None:
        if step == "files":
            self.errs_with_a_file()
        else:
            self.errs_with_words(step)

    def errs_with_words(self, step: str) -> None:
        """What is wrong stands on top, takes the focus, and leads to its field, which says it too."""
        if step == "when":
            self.page.locator("#amount").fill("viel")
        if step == "who":
            self.page.locator("[name=who][value=named]").check()
        self.presses("next")
        expect(self.page.locator("#errors")).to_be_focused()
        self.stands_at(step)
        expect(self.page).to_have_title(ERRS)
        for link in self.page.locator("#errors a").all():
            link.press("Enter")
            field = self.page.locator(str(link.get_attribute("href")))
            assert field.evaluate("field => field.contains(document.activeElement)")
            expect(self.page.locator(".errorlist", has_text=link.inner_text())).to_be_in_viewport()

    def errs_with_a_file(self) -> None:
        """What is no photo is refused beside its name, and taken off the list."""
        self.page.locator("#given").set_input_files(
            {"name": "bill.jpg", "mimeType": "image/jpeg", "buffer": b"<html>" * 900}
        )
        expect(self.page.locator(".given .errorlist")).to_contain_text("JPEG", timeout=20_000)
        self.page.locator(".given button").click()
        expect(self.page.locator(".given li")).to_have_count(0)

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
        self.waits()

    def comes_back(self, receipt: str) -> None:
        self.page.goto("/report/follow/")
        self.page.locator("#receipt").fill(receipt.lower())
        self.page.locator("#receipt").press("Enter")
        self.waits()
        assert not self.page.evaluate(SIDEWAYS)

    def waits(self) -> None:
        """Until what was sent is answered, with a page of its own or within this one."""
        self.page.wait_for_load_state()
        expect(self.page.locator("main[aria-busy]")).to_have_count(0, timeout=20_000)

    def says(self) -> str:
        return self.page.locator("main").inner_text()
