"""What journeys share: a browser's page that notes what goes wrong, signing in, and what axe says."""

import json
import re
import time
from pathlib import Path

import pyotp
from django.conf import settings as site
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from institutions.models import Account
from tests.journeys.world import PASSPHRASE

AXE = Path(site.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
LANGUAGES = {"zh-hans": "zh-CN", "en": "en-GB"}
# Everything where a page is widest and narrowest; between them what a place's width alone decides.
EVERYTHING = "{resultTypes: ['violations']}"
LAYOUT = "{resultTypes: ['violations'], runOnly: ['scrollable-region-focusable', 'target-size', 'link-in-text-block']}"
WIDTHS = {1440: EVERYTHING, 768: LAYOUT, 360: EVERYTHING}

SECOND_STEP = re.compile("/sign-in/(code|set-up)/")
SECRETS: dict[str, str] = {}  # what people's telephones hold, by account
SHOWN: dict[str, int] = {}  # the last time step they read off, by secret


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
    give_password_and_code(page, account.username)


def give_password_and_code(page: Page, username: str, password: str = PASSPHRASE) -> None:
    """As people do. Whoever signs in for the first time sets a telephone up, and keeps the recovery codes."""
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(password)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(SECOND_STEP)
    first_time = "set-up" in page.url
    if first_time:
        SECRETS[username] = page.locator("code.secret").inner_text().replace(" ", "")
    page.locator("[name=code]").fill(shown_by_telephone(SECRETS[username]))
    page.locator("main button[type=submit]").click()
    if first_time:
        page.locator("main a.btn-primary").click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    page.wait_for_load_state()


def shown_by_telephone(secret: str) -> str:
    """A code counts once, so whoever signs in again at once takes the next one; a third time they wait for it."""
    step = max(SHOWN.get(secret, 0) + 1, int(time.time()) // 30)
    while step > int(time.time()) // 30 + 1:
        time.sleep(1)
    SHOWN[secret] = step
    return pyotp.TOTP(secret).generate_otp(step)


def examined(page: Page, name: str, address: str | None) -> list[str]:
    """What axe says of a page at each width, its folded parts opened; and whether it is wider than the screen."""
    if address:
        page.goto(address)
    page.evaluate(AXE.read_text("utf-8"))
    page.evaluate("document.querySelectorAll('main details').forEach(folded => folded.open = true)")
    found = []
    for width, asked in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(150)
        verdict = page.evaluate(f"axe.run(document, {asked})")
        for fault in verdict["violations"]:
            nodes = json.dumps([node["html"][:160] for node in fault["nodes"][:3]], ensure_ascii=False)
            found.append(f"{name} at {width}: {fault['id']}: {fault['help']} {nodes}")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{name} at {width}: wider than the screen")
    return found
