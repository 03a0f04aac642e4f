"""The site's processes on one machine: web server, the review's own, worker, timetable and vault."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from types import FrameType
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command

# What gunicorn warns of is who sent it something ill-formed, address and second: of citizens nobody writes that down.
WEB = "--worker-class gthread --workers 2 --threads 4 --timeout 120 --no-control-socket --log-level error"
# More threads than reviews at work: whoever waits, and whoever is let pass, occupies one, too.
REVIEW = "--worker-class gthread --threads 64 --keep-alive 75 --timeout 60 --no-control-socket"
WORKER = "--loglevel INFO --without-gossip --without-mingle"
QUEUES = "import,monitoring,housekeeping"
PATIENCE = 15  # seconds to finish by oneself; a task cut off is given out again


class Stopped(Exception):
    """Somebody pressed Ctrl-C, or asked this process to end."""


@contextlib.contextmanager
def stopped_by_signals() -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise Stopped

    former = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def commands() -> Mapping[str, list[str]]:
    address, desk = urlsplit(settings.SITE_URL), urlsplit(settings.REVIEW_URL)
    cores = os.cpu_count() or 2
    lines = {
        "web": f"gunicorn supervision.wsgi --bind {address.hostname}:{address.port or 80} {WEB}",
        "review": f"gunicorn supervision.desk:opened() --bind {desk.hostname}:{desk.port or 80} -w {cores} {REVIEW}",
        "worker": f"celery --app supervision worker --queues {QUEUES} --concurrency {cores} {WORKER}",
        "beat": "celery --app supervision beat --pidfile=",
        "vault": "manage vault serve",
    }
    return {name: [sys.executable, "-m", *line.split()] for name, line in lines.items()}


def collect_static() -> None:
    """Put the pages' files where the web server finds them, if any changed: without them each page is an error."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    made = manifest.stat().st_mtime if manifest.exists() else 0.0
    files = (file for folder in settings.STATICFILES_DIRS for file in folder.rglob("*"))
    if any(file.stat().st_mtime > made for file in files):
        call_command("collectstatic", verbosity=0, interactive=False)


def start() -> dict[str, subprocess.Popen[bytes]]:
    logs = settings.FUND_HOME / "log"
    logs.mkdir(exist_ok=True)
    processes = {}
    for name, command in commands().items():
        with (logs / f"{name}.log").open("ab") as log:
            # In sessions of their own: Ctrl-C reaches only us, and we stop them in order.
            processes[name] = subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
    return processes


def wait_until_served(url: str, processes: Mapping[str, subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        refuse_if_ended(processes)
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 (our own SITE_URL)
            return
        except urllib.error.HTTPError:
            return  # an answer all the same
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{url} does not answer: see {settings.FUND_HOME}/log/web.log")


def watch(processes: Mapping[str, subprocess.Popen[bytes]]) -> None:
    while True:
        refuse_if_ended(processes)
        time.sleep(1)


def refuse_if_ended(processes: Mapping[str, subprocess.Popen[bytes]]) -> None:
    for name, process in processes.items():
        if process.poll() is not None:
            raise RuntimeError(f"The {name} process ended by itself: see {settings.FUND_HOME}/log/{name}.log")


def end(processes: Mapping[str, subprocess.Popen[bytes]]) -> None:
    """Ask all of them, then kill whole groups that take too long."""
    for process in processes.values():
        process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in processes.values():
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
