"""Everybody who has a part in a case, each at a browser of their own, and the acts they do on its pages."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from playwright.sync_api import Browser, Locator, Page
from pytest_django.live_server_helper import LiveServer

from institutions.models import Account, Duty, Institution
from tests.builders import make_account
from tests.cases.handled import make_department, make_insurer
from tests.journeys.browsing import LANGUAGES, opened, sign_in

DUTIES = {
    "reviewer": (Duty.HEAR,), "second": (Duty.HEAR,), "officer": (Duty.INVESTIGATE,), "colleague": (Duty.INVESTIGATE,),
    "legal": (Duty.LEGAL,), "principal": (Duty.DECIDE,),
}  # fmt: skip


def make_people(hospital: Institution) -> dict[str, Account]:
    """The department's posts, the agency's book-keeper and the hospital's representative."""
    authority, agency = make_department("authority"), make_department("handling")
    found = {
        name: make_account(name, duties=[Duty.READ, *duties], department=authority) for name, duties in DUTIES.items()
    }
    found["books"] = make_account("books", duties=[Duty.READ, Duty.BOOK], department=agency, insurer=make_insurer())
    found["hospital"] = make_account("hospital", institution=hospital, duties=[Duty.ANSWER])
    return found


class Desks:
    """A browser for each person, signed in when first needed; what goes wrong on any of them is noted."""

    def __init__(
        self,
        browser: Browser,
        live_server: LiveServer,
        people: dict[str, Account],
        enter: Callable[[Page, Account], None] = sign_in,
    ) -> None:
        self.browser, self.live_server, self.people, self.enter = browser, live_server, people, enter
        self.pages: dict[str, Page] = {}
        self.wrong: list[str] = []

    def __getitem__(self, name: str) -> Page:
        if name not in self.pages:
            page = opened(self.browser, self.live_server, LANGUAGES["en"], self.wrong)
            self.enter(page, self.people[name])
            self.pages[name] = page
        return self.pages[name]

    def tell(self) -> None:
        """What everybody was looking at when something went wrong."""
        for name, page in self.pages.items():
            print(f"--- {name} at {page.url}\n{page.locator('body').inner_text()[:1500]}")

    def close(self) -> None:
        for page in self.pages.values():
            page.context.close()


@contextmanager
def at_their_desks(
    browser: Browser,
    live_server: LiveServer,
    people: dict[str, Account],
    enter: Callable[[Page, Account], None] = sign_in,
) -> Iterator[Desks]:
    desks = Desks(browser, live_server, people, enter)
    try:
        yield desks
    except BaseException:
        desks.tell()
        raise
    finally:
        desks.close()
    assert not desks.wrong, "\n".join(desks.wrong)


# --- What people do on a page ------------------------------------------------------------------------


def act(page: Page, address: str, name: str, *, field: str = "move", **facts: Any) -> str:
    """Open an act of a case or proceeding, fill in what it asks and do it; the address it leads to."""
    page.goto(address)
    button = page.locator(f"button[name={field}][value={name}]")
    form = page.locator("form").filter(has=button)
    unfold(page)
    return done(page, form, button, name if field == "move" else f"open-{name}", facts)


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(folded => folded.open = true)")


def decide(page: Page, number: int, name: str, **facts: Any) -> str:
    """A move on the page of a hearing."""
    page.goto(f"/desk/hearing/{number}/")
    button = page.locator(f"button[name=move][value={name}]")
    return done(page, page.locator("form").filter(has=button), button, name, facts)


def done(page: Page, form: Locator, button: Locator, name: str, facts: dict[str, Any]) -> str:
    for asked, fact in facts.items():
        give(form, f"{name}-{asked}", asked, fact)
    button.click()
    page.wait_for_load_state()
    refused = page.locator(".error-summary, .alert-danger")
    assert refused.count() == 0, f"{name}: {refused.first.inner_text()}"
    return page.url


def give(form: Locator, identity: str, asked: str, fact: Any) -> None:
    """One answer, as the field takes it: choices by their value, days and moments as browsers send them."""
    if isinstance(fact, list):
        for value in fact:
            form.locator(f"input[name='{asked}'][value='{value}']").check()
        return
    field = form.locator(f"[id='{identity}']")
    if field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(str(fact))
    elif isinstance(fact, datetime):
        field.fill(fact.strftime("%Y-%m-%dT%H:%M"))
    else:
        field.fill(fact.isoformat() if isinstance(fact, date) else str(fact))


def number_of(page: Page) -> int:
    """The last number in the address of the page."""
    return int(page.url.partition("?")[0].rstrip("/").rpartition("/")[2])


def figures(page: Page, address: str) -> str:
    page.goto(address)
    return page.locator("main").inner_text()
