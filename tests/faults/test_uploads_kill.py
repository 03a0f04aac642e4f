"""The site is killed while photos are half-way and reports are being sent: all of it goes on where it stopped."""

import http.client
import io
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from benchmarks.complaints import free_port
from benchmarks.reporters import PIECE, TUS, NotTaken, Reporter
from supervision.services import embedded, serving
from tests.faults.world import SLOWNESS, World, kill, migrated

pytestmark = pytest.mark.faults
UPLOADS = 20
PATIENCE = 90 * SLOWNESS  # a line that hangs is given up after a minute
LAID_OUT = """
import json, secrets
from benchmarks.proofs import proved
from tests.builders import make_institution
make_institution()
answers = {"step": "check", "to": "send", "kind": "tip", "about": "institution", "who": "anonymous",
    "target": "institution:H99010100001", "wants_reward": "no"}
told = [{**answers, "facts": f"told {n}", "ticket": secrets.token_hex(16)} for n in range(20)]
print(json.dumps([
    {"upload_proof": proved("files"), "proof": proved(), "answers": one} for one in told
]))
"""
FOUND = """
import io, json
from PIL import Image
from supervision.complaints.gate import forgetting, keeping, shelf, tasks
from supervision.complaints.models import Complaint
forgetting.nameless()
tasks.make_anew()
print(json.dumps({
    "told": sorted(one.facts for one in Complaint.objects.all()),
    "widths": sorted(Image.open(io.BytesIO(keeping.opened(kept))).width
        for one in Complaint.objects.all() for kept in keeping.of(one.number)),
    "left": len([path for path in shelf.folder("parts").iterdir()]),
}))
"""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = migrated(tmp_path / "home")
    made.installation.manage("collectstatic", "--no-input", "-v", "0")  # without it each page is an error
    made.installation.environment.update(PROOF_ROUNDS="1", PROOF_TRIES="4")  # type: ignore[attr-defined]
    try:
        yield made
    finally:
        embedded.destroy(made.home)


@contextmanager
def served(world: World, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    command = f"gunicorn supervision.wsgi --bind 127.0.0.1:{port} {serving.WEB}"
    process = world.installation.popen(sys.executable, "-m", *command.split())
    try:
        wait_for(port)
        yield process
    finally:
        kill(process)


def wait_for(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with suppress(OSError, http.client.HTTPException):
            Reporter(port).line.close()
            return
        time.sleep(0.2)
    raise AssertionError("nobody answers")


def photo(number: int) -> bytes:
    """Each of another width, so that none can be taken for another."""
    written = io.BytesIO()
    noise = Image.effect_noise((700 + number, 500), 80).convert("RGB")
    noise.save(written, "JPEG", quality=92)
    return written.getvalue()


def half(port: int, one: dict[str, Any], content: bytes) -> str:
    """The first half of a photo; its address."""
    with Reporter(port) as reporter:
        told = {"Upload-Length": str(len(content)), "Upload-Ticket": one["upload_proof"], "Content-Length": "0"}
        _status, headers, _page = reporter.ask("POST", "/report/files/", b"", **TUS, **told)
        address = str(headers["Location"])
        piece(reporter, address, content[: len(content) // 2], 0)
    return address


def piece(reporter: Reporter, address: str, content: bytes, offset: int) -> int:
    status, _headers, _page = reporter.ask(
        "PATCH", address, content, Upload_Offset=str(offset), Content_Type=PIECE, Tus_Resumable=TUS["Tus-Resumable"]
    )
    return status


def go_on(port: int, address: str, content: bytes) -> None:
    """What has come is asked for, and the rest is sent: once more where the line broke."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with suppress(OSError, http.client.HTTPException), Reporter(port) as reporter:
            _status, headers, _page = reporter.ask("HEAD", address, b"", **TUS)
            offset, length = int(headers["Upload-Offset"]), int(headers["Upload-Length"])
            if offset == length:
                return
            if piece(reporter, address, content[offset:], offset) == 204:
                return
        time.sleep(0.3)
    raise AssertionError("never came to its end")


def send(port: int, one: dict[str, Any], address: str) -> str:
    """The report, again and again until it is acknowledged."""
    token = address.rstrip("/").rpartition("/")[2]
    answers = {**one["answers"], "proof": one["proof"], "file": token}
    deadline, met = time.monotonic() + PATIENCE, []
    while time.monotonic() < deadline:
        began = time.monotonic()
        try:
            with Reporter(port) as reporter:
                # A report that was killed has spent no proof, and one that was taken in asks for none.
                return reporter.report({"answers": answers}, b"")
        except (OSError, http.client.HTTPException, NotTaken) as problem:
            met.append(f"{problem!r} after {time.monotonic() - began:.1f} s")
        time.sleep(0.3)
    raise AssertionError(f"never acknowledged: {len(met)} tries, at last {met[-3:]}")


def killed_and_started(world: World, port: int, process: "subprocess.Popen[bytes]", after: float) -> Any:
    time.sleep(after)
    kill(process)
    again = served(world, port)
    again.__enter__()
    return again


def test_uploads_killed_half_way_are_resumed_whole_and_no_report_is_doubled(world: World) -> None:
    plan = json.loads(world.installation.manage("shell", "-v", "0", "-c", LAID_OUT).stdout.splitlines()[-1])
    port, photos = free_port(), [photo(number) for number in range(UPLOADS)]
    with ThreadPoolExecutor(UPLOADS) as pool, ThreadPoolExecutor(1) as killer:
        with served(world, port) as first:
            addresses = list(pool.map(lambda pair: half(port, *pair), zip(plan, photos, strict=True)))
            resumed = [pool.submit(go_on, port, *pair) for pair in zip(addresses, photos, strict=True)]
            second = killer.submit(killed_and_started, world, port, first, 0.4).result()
        for one in resumed:
            one.result()
        sending = [pool.submit(send, port, one, address) for one, address in zip(plan, addresses, strict=True)]
        time.sleep(0.3)
        second.__exit__(None, None, None)  # killed once more, while reports are being sent
        with served(world, port):
            receipts = [one.result() for one in sending]
    assert len(set(receipts)) == UPLOADS
    found = json.loads(world.installation.manage("shell", "-v", "0", "-c", FOUND).stdout.splitlines()[-1])
    assert found["told"] == sorted(one["answers"]["facts"] for one in plan)
    assert found["widths"] == [700 + number for number in range(UPLOADS)]
    assert found["left"] == 0
