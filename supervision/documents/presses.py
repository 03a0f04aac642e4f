"""The waiting process of pressing.py: for each file that it is handed it makes a child, bounded, which then ends."""

import gc
import json
import os
import signal
import socket
import sys
from contextlib import suppress
from types import FrameType

import pikepdf
from PIL import Image

from . import cleaning
from .apart import PATIENCE

LONGEST = 4096
BEHIND = 5  # of the page that waits for it, and of everybody else's


def main() -> None:
    Image.init()
    assert pikepdf.__version__  # read now, so that no child has to
    gc.freeze()  # what a child does not touch it need not copy
    gc.disable()
    os.nice(BEHIND)
    signal.signal(signal.SIGCHLD, bury)
    with socket.socket(fileno=0) as line:
        while True:
            question, descriptors, _flags, _address = socket.recv_fds(line, LONGEST, 3)
            if not question:
                return  # whoever asked has ended
            if os.fork() == 0:
                line.close()
                draw(question, descriptors)
            for descriptor in descriptors:
                os.close(descriptor)


def bury(_number: int, _frame: FrameType | None) -> None:
    """Children that have ended: their work counts as ours, and nothing of them stays."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def draw(question: bytes, descriptors: list[int]) -> None:
    """In the child: whatever becomes of it, it does not come back."""
    try:
        signal.alarm(PATIENCE)
        came, kept, says = descriptors
        sys.stdout = os.fdopen(says, "w")
        cleaning.main(f"/dev/fd/{came}", f"/dev/fd/{kept}", *json.loads(question))
        sys.stdout.flush()
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
