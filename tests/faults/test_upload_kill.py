"""A3, H1: the site is killed in the middle of an upload, again and again; what it acknowledged is still there."""

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from supervision.services import embedded
from tests.complaints.gate.recordings import film
from tests.faults.world import SLOWNESS, World, a_seed, migrated

pytestmark = pytest.mark.faults
TICKET = "from supervision.complaints.gate import uploading; print(uploading.ticket())"
KEPT = """
import hashlib
from supervision.complaints.gate import forgetting, keeping, shelf
from supervision.complaints.gate.models import Upload
(upload,) = keeping.claim([{token!r}], subject="JB-1")
print(upload.state, hashlib.sha256(keeping.opened(upload)).hexdigest(), upload.digest,
      len(list(shelf.folder("parts").iterdir())), len(list(shelf.folder("kept").iterdir())), forgetting.nameless())
"""
PIECE = 64 << 10
KILLS = 4
TUS = {"Tus-Resumable": "1.0.0"}


class Site:
    """The site's own server, on a port of its own."""

    def __init__(self, world: World) -> None:
        self.world, self.port = world, a_port()
        self.process = self.start()

    def start(self) -> "subprocess.Popen[bytes]":
        where = f"127.0.0.1:{self.port}"
        line = f"-m gunicorn supervision.wsgi --bind {where} --workers 2 --no-control-socket"
        process = self.world.installation.popen(sys.executable, *line.split())
        for _turn in range(int(600 * SLOWNESS)):
            # A connection alone is not enough: the port of one that is being killed takes it, too.
            with suppress(OSError, http.client.HTTPException):
                if self.ask("OPTIONS", "/report/files/").status == 204:
                    return process
            time.sleep(0.1)
        raise AssertionError("the site does not start")

    def ask(self, method: str, address: str, body: bytes = b"", **headers: str) -> http.client.HTTPResponse:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
            said = TUS | {name.replace("_", "-"): value for name, value in headers.items()}
            line.request(method, address, body, said)
            answer = line.getresponse()
            answer.read()
            return answer


def a_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def shell(world: World, code: str) -> str:
    return world.installation.manage("shell", "-v", "0", "-c", code).stdout.strip().splitlines()[-1]


def send(site: Site, address: str, content: bytes, chance: random.Random) -> int:
    """Send it all, killing the site while pieces are on their way; how often something acknowledged was asked for anew."""
    offset, acknowledged, lost = 0, 0, 0
    killers: list[subprocess.Popen[bytes]] = []
    kills = set(chance.sample(range(2, len(content) // PIECE), KILLS))
    while offset < len(content):
        try:
            if offset // PIECE in kills:
                kills.discard(offset // PIECE)
                killers.append(kill_soon(site, chance))
            answer = site.ask(
                "PATCH", address, content[offset : offset + PIECE],
                Content_Type="application/offset+octet-stream", Upload_Offset=str(offset),
            )  # fmt: skip
            assert answer.status == 204
            offset = acknowledged = int(answer.headers["Upload-Offset"])
        except (OSError, http.client.HTTPException):
            site.process.wait()
            site.process = site.start()
            offset = int(site.ask("HEAD", address).headers["Upload-Offset"])
            lost += offset < acknowledged
    for killer in killers:
        killer.wait()
    return lost


def kill_soon(site: Site, chance: random.Random) -> "subprocess.Popen[bytes]":
    """By another process, so that it happens while a piece is being sent, written or acknowledged."""
    wait = chance.uniform(0, 0.05)
    code = f"import os, signal, time; time.sleep({wait}); os.killpg({site.process.pid}, signal.SIGKILL)"
    killer = subprocess.Popen([sys.executable, "-c", code])
    time.sleep(chance.uniform(0, 0.05))
    return killer


def test_an_upload_goes_on_where_it_was_acknowledged_however_often_the_site_is_killed(tmp_path: Path) -> None:
    chance = random.Random(a_seed())
    content = film() + b"\0\0\0\0mdat" + chance.randbytes(3 << 20)
    world: World = migrated(tmp_path / "home")
    try:
        site = Site(world)
        begun = site.ask("POST", "/report/files/", Upload_Length=str(len(content)), Upload_Ticket=shell(world, TICKET))
        assert begun.status == 201
        address = begun.headers["Location"]
        assert send(site, address, content, chance) == 0
        token = address.rstrip("/").rpartition("/")[2]
        state, opened, digest, parts, kept, swept = shell(world, KEPT.format(token=token)).split()
        assert (state, opened) == ("kept", digest)
        assert (parts, kept, swept) == ("0", "1", "0")
        os.killpg(site.process.pid, signal.SIGKILL)
        site.process.wait()
    finally:
        embedded.destroy(world.home)
