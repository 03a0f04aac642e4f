import os
import shutil
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
import redis
from django.conf import settings
from kombu import Connection

from supervision import environment
from supervision.services import embedded
from supervision.services.places import LONGEST_SOCKET, ROOT_PLACE, Places, ServicesRefused
from tests.installations import SMALL


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "a fund's home"
    yield place
    embedded.destroy(place)


def start(home: Path) -> embedded.Services:
    return embedded.start(home, settings=SMALL)


def run(url: str, statement: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def modes(*places: Path) -> dict[Path, int]:
    return {folder: folder.stat().st_mode for place in places for folder in (place, *place.parents)}


def test_services_start_once_and_stop(home: Path) -> None:
    start(home)
    running = embedded.status(home)
    assert all(running.values())
    start(home)
    assert embedded.status(home) == running
    assert set(embedded.stop(home)) == {"postgres", "redis"}
    assert not any(embedded.status(home).values())
    assert embedded.stop(home) == []


def test_what_was_committed_is_there_after_a_stop(home: Path) -> None:
    address = start(home).owner_url
    run(address, "CREATE TABLE kept AS SELECT 7 AS number")
    embedded.stop(home)
    assert run(start(home).owner_url, "SELECT number FROM kept") == [(7,)]


def test_two_homes_stand_side_by_side(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    try:
        run(start(home).owner_url, "CREATE TABLE only_here ()")
        with pytest.raises(psycopg2.errors.UndefinedTable):
            run(start(other).owner_url, "TABLE only_here")
    finally:
        embedded.destroy(other)


def test_a_home_deleted_by_hand_while_it_ran_begins_empty(home: Path) -> None:
    run(start(home).owner_url, "CREATE TABLE of_the_old_home ()")
    redis_pid = embedded.status(home)["redis"]
    assert redis_pid
    shutil.rmtree(home)
    os.kill(redis_pid, signal.SIGTERM)
    with pytest.raises(psycopg2.errors.UndefinedTable):
        run(start(home).owner_url, "TABLE of_the_old_home")


def test_no_folder_that_is_there_changes_its_mode(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    before = modes(closed, ROOT_PLACE.parent)
    try:
        start(closed / "home")
        assert modes(closed, ROOT_PLACE.parent) == before
    finally:
        embedded.destroy(closed / "home")


def test_a_new_home_is_for_nobody_else_to_enter(tmp_path: Path) -> None:
    Places.of(tmp_path / "home").make()
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700


def test_a_home_too_deep_for_a_socket_works_all_the_same(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a-long-folder-name"] * 8)
    try:
        address = start(deep)
        assert len(address.redis_url.removeprefix("unix://")) <= LONGEST_SOCKET
        assert run(address.database_url, "SELECT 1") == [(1,)]
    finally:
        embedded.destroy(deep)


def test_celery_and_the_cache_understand_the_address_of_redis(home: Path) -> None:
    address = start(home).redis_url
    with Connection(environment.broker(address, 0)) as connection:
        connection.ensure_connection(max_retries=1)
    with redis.Redis.from_url(environment.cache(address, 1)) as cache:
        assert cache.ping()
        assert cache.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert cache.config_get("appendonly") == {"appendonly": "yes"}


def test_a_recycled_process_number_is_not_taken_for_a_service(home: Path) -> None:
    start(home)
    embedded.stop(home)
    places = Places.of(home)
    places.cluster.joinpath("postmaster.pid").write_text(f"{os.getpid()}\n{places.cluster}\n1\n5432\n")
    places.run.joinpath("redis.pid").write_text(str(os.getpid()))
    places.run.joinpath("redis.json").write_text(f'{{"pid": {os.getpid()}, "started": 1.0}}')
    assert run(start(home).database_url, "SELECT 1") == [(1,)]
    assert os.getpid() not in embedded.status(home).values()


def test_the_home_of_another_user_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "home"
    if os.geteuid() == 0:
        home.joinpath("postgres").mkdir(parents=True)
    else:
        home.mkdir()
        home.joinpath("postgres").symlink_to("/var/lib/fund-supervision/0")
    with pytest.raises(ServicesRefused, match="or set another FUND_HOME"):
        embedded.start(home, with_redis=False)


@pytest.mark.faults
def test_what_was_committed_is_there_after_a_kill(home: Path) -> None:
    address = start(home)
    run(address.owner_url, "CREATE TABLE kept (number int)")
    for number in range(5):
        run(address.owner_url, f"INSERT INTO kept VALUES ({number})")
        for pid in embedded.status(home).values():
            assert pid
            os.kill(pid, signal.SIGKILL)
        start(home)
        assert run(address.database_url, "SELECT count(*) FROM kept") == [(number + 1,)]


@pytest.mark.skipif(not settings.EMBEDDED_POSTGRES, reason="DATABASE_URL names another server")
def test_the_vault_role_reads_nothing_yet(stores: None) -> None:
    address = embedded.addresses(settings.FUND_HOME).vault_url
    assert run(address, "SELECT current_user") == [("fund_vault",)]
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        run(address, "CREATE TABLE mine ()")
