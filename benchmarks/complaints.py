"""`python -m benchmarks.complaints`: reports of citizens, a photo each, over loopback; then a flood, and honest ones.

Everything happens in an installation of its own, FUND_HOME/bench/complaints, and on this machine: site, PostgreSQL, and
the reporters. The proof of work is asked for and checked as ever; it is made easy, for the reporters are all here.
"""

import argparse
import io
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import psutil

from benchmarks.sheet import Sheet, machine, watch
from supervision.services import embedded, readiness

ROOT = Path(__file__).resolve().parent.parent
RATE, FLOOD, LINES = 50, 10_000, 64
PHOTO = 200_000  # bytes
HONEST_SECONDS = 2.0  # within which 95 of 100 honest reports are through while the flood lasts
QUIET = 0.1  # seconds of a processor within three, of a server that has nothing to do
FACTS = "他们把没有做的理疗记在我的账上。"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.complaints", description=__doc__)
    parser.add_argument("--rate", type=int, default=RATE, help="reports a second, each with a photo")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--flood", type=int, default=FLOOD, help="reports sent as fast as they are taken; 0: none")
    chosen = parser.parse_args()
    base = Path(os.environ.get("FUND_HOME") or ROOT / "var").resolve() / "bench"
    home = base / "complaints"
    os.environ.update(
        FUND_HOME=str(home), SITE_URL=f"http://127.0.0.1:{free_port()}", PROOF_ROUNDS="1", PROOF_TRIES="4"
    )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supervision.settings")
    home.mkdir(parents=True, exist_ok=True)
    readiness.before_command([sys.argv[0], "monitor"])
    try:
        measure(Sheet("complaints", base), chosen, home)
    finally:
        embedded.destroy(home)


def measure(sheet: Sheet, chosen: argparse.Namespace, home: Path) -> None:
    print(machine())
    lay_out(home)
    with site(home) as port:
        steady = offered(home, port, "steady", chosen.rate * chosen.seconds, chosen.rate)
        told(sheet, f"at {chosen.rate}/s with a photo", steady, chosen.rate * 0.98)
        made_anew(sheet)
        kept(sheet, steady["receipts"], files=1)
        if chosen.flood:
            flood(sheet, chosen, home, port)
    sheet.keep()


def flood(sheet: Sheet, chosen: argparse.Namespace, home: Path, port: int) -> None:
    """As many as can be sent, and one honest report a second, with its photo, until the flood is over."""
    with begun(home, port, "flood", chosen.flood, 0, lines=32, photos=False) as flooding:
        honest: dict[str, Any] = {"seconds": [], "receipts": [], "wrong": 0, "first_wrong": "", "lasted": 0.0}
        while flooding.poll() is None:
            part = offered(home, port, "honest", 20, 1, lines=8)
            for name in ("seconds", "receipts", "wrong", "lasted", "first_wrong"):
                honest[name] = honest[name] + part[name]
    come = said(home, "flood")
    told(sheet, "the flood", come, None)
    kept(sheet, come["receipts"], files=0)
    told(sheet, "an honest one a second beside it", honest, None, within=HONEST_SECONDS)
    made_anew(sheet)
    kept(sheet, honest["receipts"], files=1)


# --- What is there --------------------------------------------------------------------------------------


def lay_out(home: Path) -> None:
    """An institution to report, the vault's keys, and a photo."""
    from django.core.management import call_command  # noqa: PLC0415 - the installation was chosen above

    models = import_module("institutions.models")
    call_command("vault", "init", verbosity=0)
    county = models.Division.objects.get(pk="990101")
    models.Institution.objects.get_or_create(
        code="H99010100001",
        defaults={"name_zh": "云泽市第一人民医院", "kind": "hospital", "level": 3, "division": county},
    )
    (home / "photo.jpg").write_bytes(photo())


def photo() -> bytes:
    """Of about 200 kB, as a telephone sends it: much detail, a million points."""
    from PIL import Image  # noqa: PLC0415

    grain = Image.effect_noise((160, 120), 90).resize((1280, 960), Image.Resampling.BICUBIC).convert("RGB")
    for quality in range(95, 40, -3):
        written = io.BytesIO()
        grain.save(written, "JPEG", quality=quality)
        if written.tell() <= PHOTO:
            break
    return written.getvalue()


@contextmanager
def site(home: Path) -> Iterator[int]:
    """The web server as the site runs it."""
    from django.conf import settings  # noqa: PLC0415

    from supervision.services import serving  # noqa: PLC0415

    serving.collect_static()
    with (home / "web.log").open("wb") as log:
        process = subprocess.Popen(serving.commands()["web"], cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
    try:
        serving.wait_until_served(settings.SITE_URL, {"web": process})
        settle()
        yield int(settings.SITE_URL.rpartition(":")[2])
    finally:
        serving.end({"web": process})


def settle() -> None:
    """What a new server does beside answering, such as reading the rules for the review, is no report's work."""
    worked, before = processors()["web"], -1.0
    while worked - before > QUIET:
        time.sleep(3)
        worked, before = processors()["web"], worked


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


# --- The load -------------------------------------------------------------------------------------------


def report(number: int, *, with_photo: bool) -> dict[str, Any]:
    """What one sends: every tenth gives a name."""
    proved = import_module("benchmarks.proofs").proved
    named = {"who": "named", "name": "钱示例", "phone": "13900000001"} if number % 10 == 0 else {"who": "anonymous"}
    answers = {
        "step": "check", "to": "send", "kind": "tip", "facts": f"{FACTS}{number}", "about": "institution",
        "target": "institution:H99010100001", "wants_reward": "no", "ticket": secrets.token_hex(16),
        "proof": proved(), **named,
    }  # fmt: skip
    return {"answers": answers, **({"upload_proof": proved("files")} if with_photo else {})}


@contextmanager
def begun(
    home: Path, port: int, name: str, number: int, rate: float, *, lines: int = LINES, photos: bool = True
) -> Iterator["subprocess.Popen[bytes]"]:
    plan = home / f"{name}.json"
    reports = [report(turn, with_photo=photos) for turn in range(number)]
    facts = {"port": port, "rate": rate, "lines": lines, "photo": str(home / "photo.jpg"), "reports": reports}
    plan.write_text(json.dumps(facts))
    command = [sys.executable, "-m", "benchmarks.reporters", str(plan)]
    # Ten thousand receipts are more than a pipe holds that nobody reads meanwhile.
    with outcome_of(home, name).open("wb") as outcome, subprocess.Popen(command, cwd=ROOT, stdout=outcome) as process:
        yield process


def outcome_of(home: Path, name: str) -> Path:
    return home / f"{name}.outcome.json"


def said(home: Path, name: str) -> dict[str, Any]:
    """What the reporters of this name wrote down when they had ended."""
    outcome: dict[str, Any] = json.loads(outcome_of(home, name).read_bytes())
    return outcome


def offered(home: Path, port: int, name: str, number: int, rate: float, **more: Any) -> dict[str, Any]:
    before = processors()
    with begun(home, port, name, number, rate, **more) as process:
        process.wait()
    outcome = said(home, name)
    used = processors()
    outcome["used"] = {kind: seconds - before.get(kind, 0.0) for kind, seconds in used.items()}
    return outcome


def processors() -> dict[str, float]:
    """Seconds of a processor that each kind of process of this installation has had."""
    used: dict[str, float] = {"web": 0.0, "photos": 0.0, "postgres": 0.0}
    postgres = embedded.status(Path(os.environ["FUND_HOME"]))["postgres"]
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            times, line = process.cpu_times(), " ".join(process.cmdline())
            own, children = times.user + times.system, times.children_user + times.children_system
            if "documents.presses" in line:
                used["photos"] += own + children
            elif "supervision.wsgi" in line and process.environ().get("FUND_HOME") == os.environ["FUND_HOME"]:
                used["web"] += own
            elif postgres in (process.pid, process.ppid()):
                used["postgres"] += own + children
    return used


def told(sheet: Sheet, at: str, outcome: dict[str, Any], goal: float | None, *, within: float | None = None) -> None:
    seconds = sorted(outcome["seconds"]) or [0.0]
    sheet.add(f"{at}: taken in", len(outcome["receipts"]) / (outcome["lasted"] or 1), "reports/s", goal)
    for hundredths in (50, 95, 99):
        figure = seconds[min(len(seconds) - 1, len(seconds) * hundredths // 100)]
        sheet.add(
            f"{at}: {hundredths} of 100 within", figure, "s", within if hundredths == 95 else None, more_is_better=False
        )
    sheet.add(f"{at}: not taken", outcome["wrong"], "", 0, more_is_better=False)
    if outcome["first_wrong"]:
        print(f"    {outcome['first_wrong'][:400]}")
    used_by = outcome.get("used", {}) | ({"reporters": outcome["processor"]} if "processor" in outcome else {})
    for kind, used in used_by.items():
        sheet.add(f"{at}: {kind}", used / max(1, len(outcome["receipts"])) * 1000, "ms of a processor a report")


def made_anew(sheet: Sheet) -> None:
    """What the timetable's worker would do within the minute: the photos for which no hand was free."""
    uploads = import_module("supervision.complaints.gate.models").Upload.objects
    laid_aside = uploads.filter(state="came").count()
    with watch() as whole:
        import_module("supervision.complaints.gate.tasks").make_anew()
    sheet.add("photos laid aside, to be made anew a little later", laid_aside, f"of {uploads.count():,}")
    sheet.add("making those anew took", whole.seconds, "s")


def kept(sheet: Sheet, receipts: list[str], *, files: int) -> None:
    """Every receipt that was handed out finds its report, with its file whole."""
    complaints = import_module("supervision.complaints.models").Complaint.objects
    keeping = import_module("supervision.complaints.gate.keeping")
    lost = 0
    for receipt in receipts:
        found = complaints.with_receipt(receipt).first()
        whole = found and sum(one.may_be_opened for one in keeping.of(found.number)) == files
        lost += not whole
    for receipt in receipts[:: max(1, len(receipts) // 20)]:
        number = complaints.with_receipt(receipt).get().number
        assert all(keeping.opened(one) for one in keeping.of(number))
    sheet.add("acknowledged and not found whole afterwards", lost, f"of {len(receipts):,}", 0, more_is_better=False)


if __name__ == "__main__":
    with watch() as whole:
        main()
    print(f"the whole bench took {whole.seconds:,.0f} s")
