"""A scanner's socket: it is an outside program, and here it can be told how to behave."""

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd:
    """It answers each stream by what it holds, unless it was told what to say."""

    def __init__(self, path: Path) -> None:
        self.path, self.says, self.slow = path, b"", 0.0
        self.seen: list[bytes] = []
        self.door = socket.socket(socket.AF_UNIX)
        self.door.bind(str(path))
        self.door.listen()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while True:
            try:
                line, _address = self.door.accept()
            except OSError:
                return
            with line, suppress(OSError, struct.error):
                self.answer(line)

    def answer(self, line: socket.socket) -> None:
        assert exactly(line, 10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack(">I", exactly(line, 4))[0]:
            content += exactly(line, length)
        self.seen.append(content)
        time.sleep(self.slow)
        found = b"stream: Win.Test.EICAR_HDB-1 FOUND\0" if EICAR in content else b"stream: OK\0"
        line.sendall(self.says or found)


def exactly(line: socket.socket, count: int) -> bytes:
    got = b""
    while len(got) < count and (more := line.recv(count - len(got))):
        got += more
    return got


@contextmanager
def running(path: Path) -> Iterator[Clamd]:
    clamd = Clamd(path)
    try:
        yield clamd
    finally:
        clamd.door.close()
        path.unlink(missing_ok=True)
