"""Stores for the tests: one PostgreSQL and one Redis a run, or its own for a test that breaks them."""

import math
import os
import shutil
from collections.abc import Iterator

import hypothesis
import psutil
import pytest
from django.conf import settings
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from pytest_django import DjangoDbBlocker

from institutions.models import Account
from supervision.monitoring import standing
from supervision.services import embedded
from supervision.services.owner import as_owner
from tests.builders import make_account
from tests.installations import PROJECT, SMALL, template_home
from tests.spark import SMALL_QUESTIONS

SCRATCH = PROJECT / "build" / "test"
# A busy machine is no failure; what failed is printed so that it can be tried again.
hypothesis.settings.register_profile("steady", deadline=None, print_blob=True)
hypothesis.settings.load_profile("steady")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what this run started. Workers of pytest-xdist leave that to the one that started them."""
    if hasattr(config, "workerinput"):
        return
    embedded.destroy(template_home())  # wherever it lies: the next run may have other tables
    if settings.FUND_HOME.is_relative_to(SCRATCH):
        embedded.destroy(settings.FUND_HOME)


def chromium() -> str | None:
    """The browser of the journeys: CHROMIUM, or the first found on the PATH."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if chromium() is None:
        terminalreporter.section("NO BROWSER: the journeys were not tried", red=True, bold=True)
        terminalreporter.write_line("Install Chromium (on Debian: apt-get install chromium), or name one in CHROMIUM.")


@pytest.fixture(scope="session", autouse=True)
def stores() -> None:
    """PostgreSQL and Redis, unless DATABASE_URL and REDIS_URL name others."""
    for left in SCRATCH.glob("*"):
        pid = left.name.partition("-")[0]
        if pid.isdigit() and not psutil.pid_exists(int(pid)):
            embedded.destroy(left)  # of a run that was killed
    embedded.start(
        settings.FUND_HOME,
        with_postgres=settings.EMBEDDED_POSTGRES,
        with_redis=settings.EMBEDDED_REDIS,
        settings={**SMALL, "max_connections": "200"},
    )


@pytest.fixture(scope="session")
def django_db_setup(
    stores: None,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """The test database is made by the owner and used by the app, as in production; --reuse-db keeps it."""
    keep = django_db_keepdb and not django_db_createdb
    with django_db_blocker.unblock(), as_owner():
        made = setup_databases(verbosity=0, interactive=False, keepdb=keep)
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock(), as_owner():
            teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def titles_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What rules are called is looked up once a test, whatever time its pages take: their queries are counted."""
    monkeypatch.setattr(standing, "TITLES_KEPT", math.inf)
    standing.forget()


@pytest.fixture
def in_english() -> Iterator[None]:
    """A request leaves its language to the thread it was answered in; here everything begins in English."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def spark() -> Iterator[None]:
    """Spark in this process, made for many small questions."""
    from supervision.monitoring import cluster  # noqa: PLC0415 - where pyspark is found

    started = cluster.session(**SMALL_QUESTIONS)
    yield
    started.stop()


@pytest.fixture
def account(db: None) -> Account:
    """A regulator of the invented prefecture."""
    return make_account()


@pytest.fixture
def desk(client: Client, account: Account) -> Client:
    """Their browser, signed in."""
    client.force_login(account)
    return client
