"""`python -m benchmarks.review`: the desk over loopback at fixed rates; beside it, PostgreSQL and DuckDB.

Everything happens in an installation of its own, FUND_HOME/bench/review, and on this machine: service, PostgreSQL and
the client that sends. Its claims are dealt out anew each time; `--keep` leaves them.
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import psutil

from benchmarks.sheet import Sheet, machine, watch
from supervision.services import embedded, readiness

ROOT = Path(__file__).resolve().parent.parent
RATES = (50, 100, 200, 324, 400, 500)
GOALS = {50: {"95": 50.0}, 324: {"99": 100.0}}  # milliseconds within which so many of a hundred are answered
SMALL, MONTHS, PLANTS = 3_000, 12, 1  # members and months of the prefecture whose claims are dealt out
POINTS = 20_000
WARM = 5  # seconds at the lowest rate before anything counts


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.review", description=__doc__)
    parser.add_argument("--members", type=int, default=1_000_000, help="who have a year of history")
    parser.add_argument("--seconds", type=int, default=60, help="at each rate")
    parser.add_argument("--rates", default=",".join(map(str, RATES)), help="requests a second, comma-separated")
    parser.add_argument("--quick", action="store_true", help="20,000 members, 8 seconds a rate: a trial")
    parser.add_argument("--keep", action="store_true", help="leave what was laid out, and use what is there")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.members, chosen.seconds = 20_000, 8
    base = Path(os.environ.get("FUND_HOME") or ROOT / "var").resolve() / "bench"
    home = base / "review"
    os.environ.update(FUND_HOME=str(home), REVIEW_URL=f"http://127.0.0.1:{_free_port()}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supervision.settings")
    home.mkdir(parents=True, exist_ok=True)
    readiness.before_command([sys.argv[0], "monitor"])
    try:
        measure(Sheet("review", base), chosen, home)
    finally:
        if chosen.keep:
            embedded.stop(home)
        else:
            embedded.destroy(home)


def measure(sheet: Sheet, chosen: argparse.Namespace, home: Path) -> None:
    # Only now: their models need the settings of the installation chosen above.
    asking, prefecture, peers = (
        import_module(f"benchmarks.{part}") for part in ("asking", "prefecture", "review_peers")
    )
    print(machine())
    prefecture.lay_out(sheet, home, chosen.members)
    templates = asking.templates(1_000)
    sheet.add("encounters of 20 lines, each of another visit", len(templates), "")
    with service(home) as port:
        _offer(templates, home, port, RATES[0], WARM, chosen.members)
        for rate in map(int, chosen.rates.split(",")):
            shutil.rmtree(home / "review", ignore_errors=True)  # what was let pass before is not taken up now
            load = _offer(templates, home, port, rate, chosen.seconds, chosen.members)
            told(sheet, rate, load)
    peers.measure(sheet, templates)
    sheet.keep()


# --- The service ----------------------------------------------------------------------------------------


@contextmanager
def service(home: Path) -> Iterator[int]:
    """The review's server as the site runs it."""
    from django.conf import settings  # noqa: PLC0415 - chosen above

    from supervision.services import serving  # noqa: PLC0415

    with (home / "review.log").open("wb") as log:
        process = subprocess.Popen(
            serving.commands()["review"], cwd=ROOT, stdout=log, stderr=log, start_new_session=True
        )
    processes = {"review": process}
    try:
        serving.wait_until_served(f"{settings.REVIEW_URL}/ready/", processes)
        yield int(settings.REVIEW_URL.rpartition(":")[2])
    finally:
        serving.end(processes)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


# --- The load -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Load:
    """What came of so many seconds at a rate, and which processes worked for it."""

    outcome: Mapping[str, Any]
    requests: int
    processors: Mapping[str, float]  # seconds of a processor

    def within(self, hundredths: str) -> float:
        """Milliseconds within which so many of a hundred were answered."""
        seconds = sorted(self.outcome["seconds"])
        return 1000 * float(seconds[min(len(seconds) - 1, len(seconds) * int(hundredths) // 100)])


def _offer(templates: Any, home: Path, port: int, rate: int, seconds: int, members: int) -> Load:
    """Signed requests are written beforehand; the client that sends them is a process of its own."""
    load, histories = import_module("benchmarks.load"), import_module("benchmarks.histories")
    run, file = f"{int(time.time() * 10) % 10**8:08}", home / "requests"
    made = (
        templates[number % len(templates)].signed(
            number=number, member=histories.MEMBER.format(number * 7919 % members), run=run
        )
        for number in range(rate * seconds)
    )
    requests = load.kept(file, made)
    before = processors()
    command = [sys.executable, "-m", "benchmarks.load", str(file), str(rate), str(port)]
    outcome = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    file.unlink()
    used = processors()
    used["client"] = outcome["processor"]
    return Load(outcome, requests, {name: seconds - before.get(name, 0.0) for name, seconds in used.items()})


def processors() -> dict[str, float]:
    """Seconds of a processor that each kind of process of this installation has had."""
    used: dict[str, float] = {"service": 0.0, "postgres": 0.0}
    postgres = embedded.status(Path(os.environ["FUND_HOME"]))["postgres"]
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            times, line = process.cpu_times(), " ".join(process.cmdline())
            if "supervision.desk" in line and process.environ().get("FUND_HOME") == os.environ["FUND_HOME"]:
                used["service"] += times.user + times.system
            elif postgres in (process.pid, process.ppid()):  # one that has ended is counted with its parent
                used["postgres"] += times.user + times.system + times.children_user + times.children_system
    return used


def told(sheet: Sheet, rate: int, load: Load) -> None:
    outcome, goals = load.outcome, GOALS.get(rate, {})
    at = f"at {rate}/s"
    sheet.add(f"{at}: answered", len(outcome["seconds"]) / outcome["lasted"], "requests/s")
    for hundredths in ("50", "95", "99"):
        figure, goal = load.within(hundredths), goals.get(hundredths)
        sheet.add(f"{at}: {hundredths} of 100 within", figure, "ms", goal, more_is_better=False)
    sheet.add(f"{at}: slowest", load.within("100"), "ms")
    sheet.add(f"{at}: let pass, for review later", outcome["passed"], "", 0 if goals else None, more_is_better=False)
    sheet.add(f"{at}: wrong", outcome["wrong"], "", 0, more_is_better=False)
    if outcome["first_wrong"]:
        print(f"    {outcome['first_wrong']}")
    for name, seconds in load.processors.items():
        sheet.add(f"{at}: {name}", seconds / load.requests * 1000, "ms of a processor a request")
    busy = sum(load.processors.values()) / outcome["lasted"] / (os.cpu_count() or 1)
    sheet.add(f"{at}: all of them, of all processors", busy, "")


if __name__ == "__main__":
    with watch() as whole:
        main()
    print(f"the whole bench took {whole.seconds:,.0f} s")
