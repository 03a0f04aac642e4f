"""Makes harmless copies of many files a minute: a process that has read its libraries once makes another for each file.

To start Python anew for a photograph takes five times as long as to draw it. The process that waits here is started
with nothing that opens a store, reads no file itself, and gives each file to a child of its own with the same bounds.
"""

import atexit
import json
import os
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Collection

from django.conf import settings

from . import apart
from .apart import ENVIRONMENT, log
from .cleaning import NotClean

HALL = "supervision.documents.presses"
LARGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}  # a picture's memory comes in a tenth of the work
AT_ONCE = threading.Lock()


class Press:
    """The waiting process of this process; after a fork, or when it has ended, another is started."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", HALL], cwd=settings.BASE_DIR, stdin=theirs.fileno(), stdout=subprocess.DEVNULL,
                env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ} | LARGE_PAGES,
                start_new_session=True,
            )  # fmt: skip
        atexit.register(self.end)

    @property
    def stands(self) -> bool:
        return self.owner == os.getpid() and self.process.poll() is None

    def end(self) -> None:
        """It ends when its line does."""
        self.line.close()
        if self.owner == os.getpid():
            self.process.wait(apart.PATIENCE)

    def ask(self, question: bytes, descriptors: list[int]) -> None:
        socket.send_fds(self.line, [question], descriptors)


_presses: list[Press] = []


def press() -> Press:
    with AT_ONCE:
        if not (_presses and _presses[0].stands):
            for former in _presses:
                former.end()
            _presses[:] = [Press()]
        return _presses[0]


def made(came: int, kept: int, *, among: Collection[str]) -> str:
    """The kind of the copy that was made of one open file into another, or NotClean."""
    question = json.dumps([str(settings.ATTACHMENT_MEGAPIXELS), *among]).encode()
    heard, says = os.pipe()
    try:
        try:
            press().ask(question, [came, kept, says])
        except OSError:  # it ended just now
            press().ask(question, [came, kept, says])
        finally:
            os.close(says)
        said = answer(heard)
    finally:
        os.close(heard)
    if not said:
        log.warning("a file's copy ended without an answer")
        raise NotClean("bomb")  # it was stopped for what it wanted
    if "refused" in said:
        raise NotClean(said["refused"], said.get("detail", ""))
    return said["kind"]


def answer(heard: int) -> dict[str, str]:
    """What the child said before it ended; nothing where it was stopped."""
    if not select.select([heard], [], [], apart.PATIENCE)[0]:
        raise NotClean("slow")
    text = b""
    while piece := os.read(heard, 4096):
        text += piece
    told: dict[str, str] = json.loads(text) if text else {}
    return told
