"""A headless Chromium, where the machine has one."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from institutions.models import Account
from tests.complaints.vault.building import make_keys
from tests.conftest import chromium
from tests.journeys.world import accounts, make_world

FLAGS = """
    --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync --disable-dev-shm-usage
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journeys)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    program = chromium()
    if program is None:
        pytest.skip("no browser")
    # Playwright's loop lives in this thread; Django would take our own queries for queries within it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=FLAGS.split())
        yield launched
        launched.close()
        connections.close_all()  # Django keeps a thread's connections apart while a loop lives in it


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page that fails the test when a script errs, the policy is broken or another host is asked."""
    wrong: list[str] = []

    def told(message: ConsoleMessage) -> None:
        if message.type == "error":
            wrong.append(message.text)

    def asked(request: Request) -> None:
        if not request.url.startswith((live_server.url, "data:", "blob:", "about:")):
            wrong.append(f"asked another host: {request.url}")

    context = browser.new_context(base_url=live_server.url, locale="en-GB")
    opened = context.new_page()
    opened.on("console", told)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("request", asked)
    yield opened
    context.close()
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def world(settings: Settings, tmp_path: Path, db: None) -> dict[str, Account]:
    """A small prefecture to walk through, and who may."""
    settings.FUND_HOME, settings.WAREHOUSE = tmp_path, str(tmp_path / "warehouse")
    make_world(tmp_path)
    return accounts()


@pytest.fixture
def portal(settings: Settings, tmp_path: Path, db: None, in_english: None) -> Path:
    """The public pages with stores of the test's own, a vault's keys, and little work to prove; the folder of it all."""
    for name in ("VAULT_KEYS_FILE", "VAULT_PUBLIC_KEYS_FILE", "VAULT_PUBLIC_KEYS", "VAULT_SOCKET"):
        setattr(settings, name, getattr(settings, name))  # what is set below is taken back
    settings.FUND_HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    settings.PROOF_ROUNDS, settings.PROOF_TRIES = 1, 4
    make_keys(tmp_path)
    return tmp_path
