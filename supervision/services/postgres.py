"""PostgreSQL 18 out of a wheel: its own programs, run by us, never as root."""

import os
import shlex
import shutil
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from signal import SIGINT
from typing import Any
from urllib.parse import quote

import psutil
import psycopg2
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

from supervision.services import processes, programs
from supervision.services.places import Places, ServicesRefused

DATABASE = "fund"
ROLES = Path(__file__).with_name("roles.sql")

# The same order of text on every machine, whatever its locales.
INITDB = """
    --username=postgres --auth=trust --encoding=UTF8
    --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8 --no-sync
"""
# Two cores and a few GiB beside DuckDB. fsync and synchronous_commit stay on: what was acknowledged is kept.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "512MB",
    "effective_cache_size": "2GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "max_connections": "100",
    "jit": "off",
    "timezone": "UTC",
    "log_min_messages": "warning",
    # An orphaned back end must not outlive a killed postmaster by much, or the next start waits for it.
    "client_connection_check_interval": "2s",
}


def url(places: Places, role: str) -> str:
    return f"postgresql://{role}@/{DATABASE}?host={quote(str(places.postgres_socket), safe='/')}"


def record(places: Places) -> Path:
    return places.run / "postgres.json"


def start(places: Places, settings: Mapping[str, str]) -> None:
    if processes.settled(record(places), lambda: answers(places), patience=120):
        return
    server = Server(places)
    server.make_cluster()
    server.start({**SETTINGS, **settings})
    processes.remember(record(places), server.pid())
    server.bootstrap()


def stop(places: Places) -> bool:
    process = processes.recall(record(places))
    record(places).unlink(missing_ok=True)
    if process:
        processes.end(process, SIGINT, patience=60)  # fast shutdown: transactions are rolled back, data are flushed
    return process is not None


def discard(places: Places) -> None:
    """Delete the cluster of a stopped server."""
    shutil.rmtree(places.postgres, ignore_errors=True)
    link = places.home / "postgres"
    if link.is_symlink():
        link.unlink()


class Server:
    def __init__(self, places: Places) -> None:
        self.places = places
        self.user = programs.service_user() if places.as_root else None
        self.programs = programs.folder(shared=places.as_root)

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        who: dict[str, Any] = {}
        if self.user:
            who = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": [], "umask": 0o077}
        environment = {
            "PATH": os.defpath,
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "HOME": str(self.places.postgres),
        }
        return subprocess.run(
            [self.programs / program, *arguments],
            cwd=self.places.postgres,
            env=environment,
            text=True,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            **who,
        )

    def make_cluster(self) -> None:
        link = self.places.home / "postgres"
        if self.user:
            if link.is_dir() and not link.is_symlink():
                raise ServicesRefused(
                    f"{link} was made by {link.owner()}: run as {link.owner()}, or set another FUND_HOME."
                )
            if link.is_symlink() and link.readlink() != self.places.postgres:
                raise ServicesRefused(
                    f"{link} names {link.readlink()}, the data of a FUND_HOME elsewhere: move this one back there."
                )
            programs.own_folder(self.places.postgres, self.user)
            if not link.is_symlink():
                self.set_aside()
                link.symlink_to(self.places.postgres)
        elif link.is_symlink():
            raise ServicesRefused(f"{self.places.home} was first used as root: run as root, or set another FUND_HOME.")
        else:
            link.mkdir(mode=0o700, exist_ok=True)
        if self.places.cluster.exists():
            return
        # Made beside and renamed, so a cluster that is there is a whole one.
        unfinished = self.places.postgres / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        made = self.run("initdb", f"--pgdata={unfinished}", *INITDB.split())
        if made.returncode:
            raise ServicesRefused(f"PostgreSQL could not make its data folder: {made.stderr.strip()}")
        unfinished.rename(self.places.cluster)

    def set_aside(self) -> None:
        """A FUND_HOME that was deleted by hand left its cluster here; the new one begins empty, nothing is lost."""
        if not self.places.cluster.exists():
            return
        if (pid := self.pid()) and processes.running(pid, "postgres", str(self.places.cluster)):
            processes.end(psutil.Process(pid), SIGINT, patience=60)
        self.places.cluster.rename(self.places.postgres / f"left-{time.strftime('%Y%m%dT%H%M%S')}-{time.time_ns()}")

    def start(self, settings: Mapping[str, str]) -> None:
        if (pid := self.pid()) and not processes.running(pid, "postgres", str(self.places.cluster)):
            # The number now belongs to another program, and PostgreSQL would take that for a running server.
            (self.places.cluster / "postmaster.pid").unlink()
        elif pid:
            return
        options = {**settings, "unix_socket_directories": f'"{self.places.postgres_socket}"'}
        line = " ".join(shlex.quote(f"--{name}={value}") for name, value in options.items())
        log = self.places.postgres / "server.log"
        arguments = [
            "start",
            "--wait",
            "--timeout=60",
            "--pgdata",
            str(self.places.cluster),
            "--log",
            str(log),
            "--options",
            line,
        ]
        deadline = time.monotonic() + 20
        while (started := self.run("pg_ctl", *arguments)).returncode:
            # After a kill, back ends hold the shared memory for a moment longer.
            if time.monotonic() > deadline:
                tail = log.read_text(errors="replace").splitlines()[-5:] if log.exists() else [started.stderr]
                raise ServicesRefused("PostgreSQL did not start: " + " / ".join(tail))
            time.sleep(0.5)

    def pid(self) -> int:
        try:
            return int((self.places.cluster / "postmaster.pid").read_text().split("\n")[0])
        except (FileNotFoundError, ValueError):
            return 0

    def bootstrap(self) -> None:
        """Roles as they are meant now, however old the cluster; the database once, when all else is done."""
        query(self.places, "template1", ROLES.read_text())
        if query(self.places, "postgres", f"SELECT FROM pg_database WHERE datname = '{DATABASE}'"):
            return
        query(self.places, "postgres", f"CREATE DATABASE {DATABASE} OWNER fund_owner")


def answers(places: Places) -> bool:
    try:
        query(places, "postgres", "SELECT")
    except psycopg2.OperationalError:
        return False
    return True


def query(places: Places, database: str, text: str) -> int:
    """Run a statement as the cluster's superuser; the answer is its count of rows."""
    connection = psycopg2.connect(host=str(places.postgres_socket), user="postgres", dbname=database, connect_timeout=2)
    try:
        connection.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
        with connection.cursor() as cursor:
            cursor.execute(text)
            return cursor.rowcount
    finally:
        connection.close()
