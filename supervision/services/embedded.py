"""Start, find and stop the PostgreSQL and the Redis of one FUND_HOME."""

import fcntl
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from supervision.services import postgres, processes, redis
from supervision.services.places import Places


@dataclass(frozen=True)
class Services:
    """Addresses. They follow from FUND_HOME alone, so they are known before anything runs."""

    database_url: str
    owner_url: str
    vault_url: str
    redis_url: str


def addresses(home: Path) -> Services:
    places = Places.of(home)
    app, owner, vault = (postgres.url(places, role) for role in ("fund_app", "fund_owner", "fund_vault"))
    return Services(app, owner, vault, redis.url(places))


def start(
    home: Path,
    *,
    with_postgres: bool = True,
    with_redis: bool = True,
    settings: Mapping[str, str] | None = None,
) -> Services:
    """Bring up what does not run yet. What runs is left alone."""
    places = Places.of(home)
    places.make()
    with locked(places):
        if with_postgres:
            postgres.start(places, settings or {})
        if with_redis:
            redis.start(places)
    return addresses(home)


def stop(home: Path) -> list[str]:
    """Stop what runs, and say what that was."""
    places = Places.of(home)
    if not places.run.exists():
        return []
    with locked(places):
        return [name for name, ended in (("redis", redis.stop(places)), ("postgres", postgres.stop(places))) if ended]


def status(home: Path) -> dict[str, int | None]:
    """The process number of each service, or None where it does not run."""
    places = Places.of(home)
    found = {name: processes.recall(places.run / f"{name}.json") for name in ("postgres", "redis")}
    return {name: process.pid if process else None for name, process in found.items()}


def destroy(home: Path) -> None:
    """Stop the services and delete the whole installation; a folder that is none stays as it is."""
    places = Places.of(home)
    if not places.run.exists():
        return
    stop(home)
    postgres.discard(places)
    shutil.rmtree(places.sockets, ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)


@contextmanager
def locked(places: Places) -> Iterator[None]:
    """One starter or stopper at a time; the system lets go of the lock when its holder dies."""
    with (places.run / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
