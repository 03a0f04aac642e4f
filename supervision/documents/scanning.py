"""The virus scanner, where there is one: clamd, asked in its own few words over a socket.

Only its clear answers count. Where it is silent, slow or says anything else, a file is not scanned, and waits.
"""

import re
import socket
import struct
from collections.abc import Iterable
from enum import StrEnum

from django.conf import settings

PATIENCE = 30  # seconds for a connection, and for each answer
PIECE = 256 << 10  # bytes sent at once
LONGEST = 4096  # bytes of an answer
FOUND = re.compile(rb"stream: [\x20-\x7e]{1,200} FOUND\0?\n?")


class Verdict(StrEnum):
    CLEAN = "clean"
    INFECTED = "infected"
    UNKNOWN = "unknown"  # to be asked again


def is_set() -> bool:
    return bool(settings.CLAMAV)


def scan(content: Iterable[bytes]) -> Verdict:
    """What the scanner says of it."""
    if not is_set():
        return Verdict.CLEAN
    try:
        with connected() as line:
            line.sendall(b"zINSTREAM\0")
            for piece in content:
                for start in range(0, len(piece), PIECE):
                    part = piece[start : start + PIECE]
                    line.sendall(struct.pack(">I", len(part)) + part)
            line.sendall(struct.pack(">I", 0))
            return understood(answer(line))
    except OSError:  # refused, cut off, too slow
        return Verdict.UNKNOWN


def connected() -> socket.socket:
    if settings.CLAMAV.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(PATIENCE)
        try:
            line.connect(settings.CLAMAV.removeprefix("unix:"))
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = settings.CLAMAV.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=PATIENCE)


def answer(line: socket.socket) -> bytes:
    said = b""
    while len(said) < LONGEST and (more := line.recv(LONGEST)):
        said += more
        if said.endswith((b"\0", b"\n")):
            break
    return said


def understood(said: bytes) -> Verdict:
    if said.rstrip(b"\0\n") == b"stream: OK":
        return Verdict.CLEAN
    return Verdict.INFECTED if FOUND.fullmatch(said) else Verdict.UNKNOWN
