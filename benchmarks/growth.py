"""Time and memory against size: the same prefecture with 1, 2, 4 and 8 times the members, each in a home of its own."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from .sheet import Sheet

ROOT = Path(__file__).resolve().parent.parent
TIMES = (1, 2, 4, 8)


@dataclass(frozen=True)
class Spent:
    """What a command took, the processes it started included."""

    seconds: float
    processor: float  # seconds
    memory_mb: float  # of its largest process
    said: dict[str, object]


def spend(home: Path, *arguments: str) -> Spent:
    """A manage.py command in an installation of its own; answers what it took and the object it printed."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments, "--json"]
    begun = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "FUND_HOME": str(home)}, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        said = running.stdout.read()
        _pid, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    seconds = time.perf_counter() - begun
    return Spent(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, json.loads(said))


def measure(sheet: Sheet, base: Path, claims: dict[str, int]) -> None:
    """Simulate, take in and monitor each size; an eighth of the bench's members and plants is the first."""
    for times in TIMES:
        members = claims["members"] * times // TIMES[-1]
        home, data = base / f"growth-{members}", base / f"growth-{members}" / "data"
        if not (data / "truth.parquet").exists():
            plants = max(1, claims["plants"] * times // TIMES[-1])
            sized = ("--members", str(members), "--months", str(claims["months"]), "--plants", str(plants))
            spend(home, "simulate", "--out", str(data), "--seed", "1", "--format", "parquet", *sized)
        try:
            intake = spend(home, "intake", str(data))
            monitor = spend(home, "monitor", "--processes", "1")
        finally:
            subprocess.run(
                [sys.executable, str(ROOT / "manage.py"), "services", "stop"],
                cwd=ROOT, env={**os.environ, "FUND_HOME": str(home)}, check=False, stdout=subprocess.DEVNULL,
            )  # fmt: skip
        sheet.add(f"{times}×, members", members, "members")
        sheet.add(f"{times}×, charges judged", whole(monitor.said["charges"]), "charges × rules")
        for what, spent in (("intake", intake), ("monitor", monitor)):
            sheet.add(f"{times}×, {what}", spent.seconds, "s")
            sheet.add(f"{times}×, {what}, processors", spent.processor, "s")
            sheet.add(f"{times}×, {what}, largest process", spent.memory_mb, "MB")


def whole(said: object) -> int:
    assert isinstance(said, int)
    return said
