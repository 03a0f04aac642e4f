"""Installations of a test's own, with services that it may kill: copies of one that a run prepares once."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from supervision.services import embedded
from supervision.services.places import Places

PROJECT = Path(__file__).resolve().parent.parent
SMALL = {"shared_buffers": "64MB", "effective_cache_size": "256MB"}
OF_THIS_RUN = {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "WAREHOUSE", "FUND_TEST_HOME"}
MADE = "made"
ITS_OWN = ("postgres", "redis", "run", MADE)  # of an installation's folder: what no copy takes over


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


def bare(home: Path, **variables: str) -> Installation:
    """An empty one, its services running: its first command fills it."""
    environment = {name: value for name, value in os.environ.items() if name not in OF_THIS_RUN}
    environment |= {"FUND_HOME": str(home), "DJANGO_SETTINGS_MODULE": "supervision.settings", **variables}
    embedded.start(home, settings=SMALL)
    return Installation(home, environment)


def template() -> Path:
    """The folder of this run's first installation: tables made, what is shipped loaded, stopped.

    That takes most of a minute, so the workers of a run share it; whoever needs it first makes it.
    """
    home = template_home()
    with (settings.FUND_HOME / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (made := home / MADE).exists():
            embedded.destroy(home)  # its maker was killed
            bare(home).manage("migrate", "-v", "0")
            embedded.stop(home)
            made.touch()
    return home


def template_home() -> Path:
    """Beside the home of the run, and swept with it (tests/conftest.py)."""
    return settings.FUND_HOME.with_name(f"{settings.FUND_HOME.name}-template")


def prepared(home: Path, **variables: str) -> Installation:
    """A new installation as its first command leaves it, its services running."""
    made, source, target = bare(home, **variables), Places.of(template()), Places.of(home)
    embedded.stop(home)
    shutil.rmtree(target.cluster)
    subprocess.run(["cp", "-a", source.cluster, target.cluster], check=True)
    for part in source.home.iterdir():
        if part.name not in ITS_OWN:  # keys, above all
            subprocess.run(["cp", "-a", part, home], check=True)
    (target.run / "prepared").touch()
    embedded.start(home, settings=SMALL)
    return made


@contextmanager
def installed(home: Path, **variables: str) -> Iterator[Installation]:
    """A prepared installation of its own in a folder; destroyed at the end."""
    try:
        yield prepared(home, **variables)
    finally:
        embedded.destroy(home)
