"""What goes over the vault's socket: one line of JSON each way, bounded in length and in time."""

import json
import socket
import time
from typing import Any

ASKED, ANSWERED = 1024, 64 * 1024  # bytes of a line, at most
PATIENCE = 5.0  # seconds that the vault waits for a question
WAITS = 15.0  # seconds that a page waits for the answer: longer than the vault waits for the database


class Broken(Exception):
    """What came is no line of ours."""


def send(connection: socket.socket, message: dict[str, Any]) -> None:
    connection.sendall(json.dumps(message, ensure_ascii=False).encode() + b"\n")


def receive(connection: socket.socket, most: int, *, within: float) -> dict[str, Any]:
    """The line that comes in so many seconds, however slowly its bytes drip."""
    line, deadline = b"", time.monotonic() + within
    while not line.endswith(b"\n"):
        if len(line) > most or time.monotonic() >= deadline:
            raise Broken
        connection.settimeout(max(0.01, deadline - time.monotonic()))
        some = connection.recv(4096)
        if not some:
            raise Broken
        line += some
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        raise Broken from None
    if not isinstance(message, dict) or len(line) > most:
        raise Broken
    return message
