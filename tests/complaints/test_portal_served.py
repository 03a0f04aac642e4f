"""E2: what the web server itself writes down, whatever it is sent: no address of anybody, and no second."""

import socket
import subprocess
import sys
import time
from pathlib import Path

from supervision.services import serving
from tests.installations import PROJECT

ILL_FORMED = (
    b"\x16\x03\x01\x02\x00 https to a plain port\r\n\r\n", b"GET /report/ HTTP/9.9\r\n\r\n",
    b"GET /report/ HTTP/1.1\r\nHost: here\r\nno header\r\n\r\n",
    b"POST /report/ HTTP/1.1\r\nHost: here\r\nContent-Length: x\r\n\r\n",
)  # fmt: skip


def answer(port: int, sent: bytes) -> bytes:
    """What comes back, as soon as the server is there."""
    for _turn in range(900):  # a busy machine is no failure
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
                line.sendall(sent)
                return line.recv(64)
        except ConnectionError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def test_e2_who_sends_something_ill_formed_is_not_written_down(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "log"
    command = [sys.executable, "-m", "gunicorn", "tests.review.echoing", "--bind", f"127.0.0.1:{port}"]
    with (
        log.open("wb") as out,
        subprocess.Popen([*command, *serving.WEB.split()], cwd=PROJECT, stdout=out, stderr=out) as server,
    ):
        try:
            assert b"200 OK" in answer(port, b"GET /report/ HTTP/1.1\r\nHost: here\r\n\r\n")
            assert all(b"400 Bad Request" in answer(port, sent) for sent in ILL_FORMED)
        finally:
            server.terminate()
    assert "127.0.0.1" not in log.read_text()
    assert "/report/" not in log.read_text()
