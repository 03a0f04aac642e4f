"""Sends requests at a fixed rate over connections that are kept, whether or not the answers keep up.

A request is timed from the moment at which it was to be sent, so one that waits for a free connection, or for a client
that is late, counts in full: nothing is left out while the service is slow. Run as a process of its own, so that the
client's work is not the service's: `python -m benchmarks.load FILE RATE PORT`, requests in the file each behind its
length.
"""

import json
import selectors
import socket
import struct
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

AT_FIRST, MOST_CONNECTIONS = 64, 400  # connections; taken in turn, as those of many hospitals
LEFT = 10.0  # seconds for what is still under way at the end
LENGTH = struct.Struct("<I")
PASSED = b'"inf_refmsgid": "000000'  # an answer without a review names no place


def kept(file: Path, requests: Iterable[bytes]) -> int:
    """Write requests to a file; how many."""
    count = 0
    with file.open("wb") as out:
        for request in requests:
            out.write(LENGTH.pack(len(request)) + request)
            count += 1
    return count


def read(file: Path) -> Iterator[bytes]:
    data, at = file.read_bytes(), 0
    while at < len(data):
        (length,) = LENGTH.unpack_from(data, at)
        at += LENGTH.size + length
        yield data[at - length : at]


@dataclass
class Outcome:
    """What came of it, in seconds from the intended moment."""

    seconds: list[float] = field(default_factory=list)
    passed: int = 0  # answered in time, but without a review
    wrong: int = 0  # refused, or no answer at all
    first_wrong: str = ""
    lasted: float = 0.0
    processor: float = 0.0  # seconds that the client itself worked


class Client:
    def __init__(self, port: int, requests: Sequence[bytes], rate: float) -> None:
        self.port, self.requests, self.rate = port, requests, rate
        self.ready = selectors.DefaultSelector()
        self.free: deque[socket.socket] = deque()
        self.under_way: dict[socket.socket, tuple[float, bytearray]] = {}
        self.late: deque[tuple[float, bytes]] = deque()
        self.opened = 0
        self.outcome = Outcome()

    def run(self) -> Outcome:
        self.free.extend(self._open() for _ in range(AT_FIRST))
        begun = time.perf_counter() + 0.2
        for number, request in enumerate(self.requests):
            intended = begun + number / self.rate
            while (left := intended - time.perf_counter()) > 0:
                self._receive(left)
            self.late.append((intended, request))
            self._send()
        ended = time.perf_counter() + LEFT
        while (self.under_way or self.late) and time.perf_counter() < ended:
            self._receive(0.1)
        self.outcome.wrong += len(self.under_way) + len(self.late)
        self.outcome.lasted = time.perf_counter() - begun
        return self.outcome

    def _send(self) -> None:
        while self.late and (self.free or self.opened < MOST_CONNECTIONS):
            intended, request = self.late.popleft()
            line = self.free.popleft() if self.free else self._open()
            self.under_way[line] = (intended, bytearray())
            try:
                line.sendall(request)
            except OSError as error:
                self._end(line, str(error))

    def _open(self) -> socket.socket:
        line = socket.create_connection(("127.0.0.1", self.port))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.ready.register(line, selectors.EVENT_READ)
        self.opened += 1
        return line

    def _end(self, line: socket.socket, why: str) -> None:
        self.ready.unregister(line)
        line.close()
        self.opened -= 1
        if line in self.free:
            self.free.remove(line)
        if self.under_way.pop(line, None):
            self._wrong(why)

    def _wrong(self, why: str) -> None:
        self.outcome.wrong += 1
        self.outcome.first_wrong = self.outcome.first_wrong or why

    def _receive(self, most: float) -> None:
        for key, _events in self.ready.select(most):
            line = key.fileobj
            assert isinstance(line, socket.socket)
            try:
                piece = line.recv(1 << 18)
            except OSError:
                piece = b""
            if not piece or line not in self.under_way:
                self._end(line, "cut off")
            else:
                self.under_way[line][1].extend(piece)
                self._take(line)
        self._send()

    def _take(self, line: socket.socket) -> None:
        """The answer, where it is whole."""
        intended, answer = self.under_way[line]
        head = answer.find(b"\r\n\r\n")
        if head < 0:
            return
        told = answer[:head].lower()
        length = int(told.split(b"content-length:")[1].split(b"\r\n")[0])
        if len(answer) < head + 4 + length:
            return
        self.outcome.seconds.append(time.perf_counter() - intended)
        body = answer[head + 4 :]
        if not answer.startswith(b"HTTP/1.1 200") or b'"infcode": 0' not in body:
            self._wrong(body[:300].decode(errors="replace"))
        self.outcome.passed += PASSED in body
        del self.under_way[line]
        self.free.append(line)


def main() -> None:
    file, rate, port = sys.argv[1:]
    requests = list(read(Path(file)))
    begun = time.process_time()
    outcome = Client(int(port), requests, float(rate)).run()
    outcome.processor = time.process_time() - begun
    json.dump(asdict(outcome), sys.stdout)


if __name__ == "__main__":
    main()
