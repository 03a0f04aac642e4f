"""A platform served over the loopback with the lists that are shipped, and hospitals whose systems are pointed at it."""

import json
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from supervision.services import serving
from tests.installations import Installation, installed
from tests.review.hospital.client import Client

AREA = "990101"


@dataclass(frozen=True)
class Platform:
    installation: Installation
    site: str

    def opened(self, number: int) -> Client:
        """The client of a new hospital with an open key."""
        code = f"H{AREA}{number:05d}"
        made = f"from tests.builders import make_institution; make_institution({code!r}, {AREA!r})"
        self.installation.manage("shell", "-v", "0", "-c", made)
        said = json.loads(self.installation.manage("open_key", code, "--json").stdout)
        return Client(f"{self.site}/api/national/", code, said["key"], said["secret"])


@pytest.fixture(scope="package")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        site = f"http://127.0.0.1:{free.getsockname()[1]}"
    patience = "30000"  # a busy machine is no reason to let an order pass
    with installed(
        tmp_path_factory.mktemp("platform") / "home", SITE_URL=site, REVIEW_PATIENCE=patience
    ) as installation:
        log = installation.home.with_name("web.log")
        command = (
            f"gunicorn supervision.desk:opened() --bind {site.removeprefix('http://')} --workers 2 {serving.REVIEW}"
        )
        served = installation.popen(
            sys.executable, "-m", *command.split(), "--capture-output", "--error-logfile", str(log)
        )
        try:
            serving.wait_until_served(f"{site}/ready/", {"web": served})
            yield Platform(installation, site)
        finally:
            serving.end({"web": served})
        assert "Traceback" not in log.read_text(), log.read_text()


@pytest.fixture(scope="package")
def hospital(platform: Platform) -> Client:
    return platform.opened(1)


@pytest.fixture(scope="package")
def neighbour(platform: Platform) -> Client:
    return platform.opened(2)
