"""Which processes are ours: known by number and start time, so a recycled number is never mistaken."""

import contextlib
import json
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from supervision.services.places import ServicesRefused


def remember(record: Path, pid: int) -> None:
    part = record.with_suffix(".part")
    part.write_text(json.dumps({"pid": pid, "started": psutil.Process(pid).create_time()}))
    part.replace(record)


def recall(record: Path) -> psutil.Process | None:
    """The recorded process, if it is still the same one and alive."""
    try:
        known = json.loads(record.read_text())
        process = psutil.Process(known["pid"])
        same = abs(process.create_time() - known["started"]) < 0.1
        return process if same and alive(process) else None
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        return None


def alive(process: psutil.Process) -> bool:
    """A process that has ended but was not yet fetched by its parent counts as gone."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def running(pid: int, *words: str) -> bool:
    """Whether that process lives and names all these words on its command line."""
    try:
        process = psutil.Process(pid)
        line = " ".join(process.cmdline())
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False
    return alive(process) and all(word in line for word in words)


def settled(record: Path, answers: Callable[[], bool], *, patience: float) -> bool:
    """Whether the recorded process serves; one that is just starting or dying is waited for."""
    deadline = time.monotonic() + patience
    while recall(record):
        if answers():
            return True
        if time.monotonic() > deadline:
            raise ServicesRefused(f"The process of {record} runs but does not answer: end it, then try again.")
        time.sleep(0.02)
    return False


def end(process: psutil.Process, sign: int, *, patience: float) -> None:
    """Ask with the signal, and kill what has not ended in time."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process.send_signal(sign)
        deadline = time.monotonic() + patience
        while alive(process):
            if time.monotonic() > deadline:
                process.kill()
            time.sleep(0.01)
