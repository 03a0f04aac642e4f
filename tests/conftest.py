"""Stores for the tests: one PostgreSQL and one Redis a run, or its own for a test that breaks them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import psutil
import pytest
from django.conf import settings
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from pytest_django import DjangoDbBlocker

from institutions.models import Account
from supervision.services import embedded
from supervision.services.owner import as_owner
from tests.builders import make_account
from tests.spark import SMALL_QUESTIONS

PROJECT = Path(__file__).resolve().parent.parent
SCRATCH = PROJECT / "build" / "test"
# A busy machine is no failure; what failed is printed so that it can be tried again.
hypothesis.settings.register_profile("steady", deadline=None, print_blob=True)
hypothesis.settings.load_profile("steady")

SMALL = {"shared_buffers": "64MB", "effective_cache_size": "256MB"}


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what this run started. Workers of pytest-xdist leave that to the one that started them."""
    if not hasattr(config, "workerinput") and settings.FUND_HOME.is_relative_to(SCRATCH):
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
        if left.name.isdigit() and not psutil.pid_exists(int(left.name)):
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
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """The test database is made by the owner and used by the app, as in production."""
    with django_db_blocker.unblock(), as_owner():
        made = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock(), as_owner():
        teardown_databases(made, verbosity=0)


@dataclass(frozen=True)
class Installation:
    """A FUND_HOME of one test's own, with services that the test may kill."""

    home: Path
    environment: Mapping[str, str]

    def manage(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=PROJECT,
            env=self.environment,
            text=True,
            capture_output=True,
            check=check,
            stdin=subprocess.DEVNULL,
        )

    def popen(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Any program of the project in this installation, in a process group of its own."""
        return subprocess.Popen(
            arguments,
            cwd=PROJECT,
            env=self.environment,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


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


@contextmanager
def installed(home: Path, **variables: str) -> Iterator[Installation]:
    """An installation of its own in a folder; destroyed at the end."""
    unset = {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "WAREHOUSE", "FUND_TEST_HOME"}
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment |= {
        "FUND_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "supervision.settings",
        **variables,
    }
    try:
        embedded.start(home, settings=SMALL)
        yield Installation(home, environment)
    finally:
        embedded.destroy(home)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with installed(tmp_path / "home") as made:
        yield made
