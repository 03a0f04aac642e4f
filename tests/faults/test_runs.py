"""Runs under faults: in the end, the findings are those of an undisturbed run."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
import redis

from supervision.services import embedded
from supervision.services.places import Places
from tests.faults.world import CRASHES, Row, World, a_seed, kill, migrated, simulate
from tests.installations import PROJECT, SMALL, Installation

pytestmark = pytest.mark.faults
STATUS = 2
AT_STAKE = 12  # the columns of a finding up to its stake: what it owns depends on the other rules
REGISTERS = {"divisions", "institutions", "practitioners", "members"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    world = migrated(tmp_path_factory.mktemp("faults") / "home")
    try:
        simulate(world)
        world.installation.manage("intake", str(world.files), "--json")
        yield world
    finally:
        embedded.destroy(world.home)


@pytest.fixture(scope="module")
def undisturbed(world: World) -> list[Row]:
    """The findings of a run that nobody disturbed."""
    world.forget()
    world.monitor()
    assert world.wrong() == []
    assert len(world.findings()) > 100
    return world.findings()


def agrees(world: World, undisturbed: list[Row]) -> bool:
    assert world.wrong() == []
    found = world.findings()
    print("\n".join(map(str, [*set(found) ^ set(undisturbed)][:10])))
    return found == undisturbed


def kills(world: World, chance: random.Random, times: int, strike: Callable[[subprocess.Popen[bytes]], None]) -> float:
    """Strike at random moments, starting anew each time; how long it took to finish after the last."""
    world.forget()
    world.start_run()
    in_hand = 0
    for _time in range(times):
        with world.workers() as group:
            if world.status() != "running":
                break
            # A random moment of the work, not of the start.
            world.wait_for("SELECT 1 FROM monitoring_step WHERE lease_until > now() UNION SELECT 1 FROM monitoring_run "
                           "WHERE status <> 'running'", at_most=60)  # fmt: skip
            time.sleep(chance.uniform(0, 1.5))
            in_hand += world.held()
            strike(group)
    with world.workers():
        took = world.until_finished(at_most=60)
    print(f"{times} strikes, {in_hand} steps in hand, finished {took:.0f} s after the last")
    return took


def test_a1_killing_the_workers_at_random_moments_changes_nothing(world: World, undisturbed: list[Row]) -> None:
    kills(world, random.Random(a_seed()), 10, kill)
    assert agrees(world, undisturbed)


def test_a1_killing_one_child_changes_nothing(world: World, undisturbed: list[Row]) -> None:
    chance = random.Random(a_seed())

    def strike(group: subprocess.Popen[bytes]) -> None:
        children = [child for child in psutil.Process(group.pid).children() if child.is_running()]
        if children:
            chance.choice(children).kill()
        time.sleep(1)

    kills(world, chance, 3, strike)
    assert agrees(world, undisturbed)


@pytest.mark.long
def test_a1_twenty_kills_each_with_another_seed(world: World, undisturbed: list[Row]) -> None:
    for _seed in range(5):
        kills(world, random.Random(a_seed()), 20, kill)
        assert agrees(world, undisturbed)


def test_a1_a_step_that_always_crashes_is_given_up_and_the_rest_completes(world: World, undisturbed: list[Row]) -> None:
    others = [row[:AT_STAKE] for row in undisturbed if row[0] != CRASHES]
    world.forget()
    world.start_run()
    with world.workers("tests.faults.crashing"):
        world.until_finished(at_most=240)
    assert world.status() == "parked"
    assert world.ask("SELECT DISTINCT rule, tries FROM monitoring_step WHERE parked <> ''") == [(CRASHES, 5)]
    assert [row[:AT_STAKE] for row in world.findings()] == others


def shut_down(home: Path) -> None:
    with redis.Redis(unix_socket_path=str(Places.of(home).redis_socket)) as connection:
        connection.shutdown(nosave=True)


def kill_redis(home: Path) -> None:
    if pid := embedded.status(home)["redis"]:
        os.kill(pid, signal.SIGKILL)


def flush(home: Path) -> None:
    with redis.Redis(unix_socket_path=str(Places.of(home).redis_socket)) as connection:
        connection.flushall()


@pytest.mark.parametrize("vanish", [shut_down, kill_redis, flush])
def test_a2_redis_may_vanish_in_the_middle_of_a_run(
    world: World, undisturbed: list[Row], vanish: Callable[[Path], None]
) -> None:
    chance = random.Random(a_seed())
    world.forget()
    world.start_run()
    with world.workers():
        world.wait_for("SELECT 1 FROM monitoring_step WHERE done_at IS NOT NULL", at_most=60)
        time.sleep(chance.uniform(0, 2))
        vanish(world.home)
        time.sleep(chance.uniform(0, 1))
        embedded.start(world.home, settings=SMALL)
        took = world.until_finished(at_most=60)
    print(f"{vanish.__name__}: finished {took:.0f} s after Redis was back")
    assert agrees(world, undisturbed)


def test_a2_steps_forgotten_by_redis_before_any_worker_saw_them_are_sent_again(
    world: World, undisturbed: list[Row]
) -> None:
    world.forget()
    world.start_run()
    flush(world.home)
    with world.workers():
        world.until_finished(at_most=90)
    assert agrees(world, undisturbed)


def test_a5_the_same_step_five_times_at_once_counts_once(world: World, undisturbed: list[Row]) -> None:
    world.forget()
    world.start_run()
    (step,) = world.ask("SELECT id FROM monitoring_step WHERE rule = 'item_freq_per_day' ORDER BY month LIMIT 1")[0]
    code = (
        "import django, sys; django.setup(); from supervision.monitoring import runs; "
        "sys.stdin.readline(); runs.do_step(int(sys.argv[1]))"
    )
    several = [
        subprocess.Popen([sys.executable, "-c", code, str(step)], cwd=PROJECT, env=world.installation.environment,
                         stdin=subprocess.PIPE, text=True)
        for _number in range(5)
    ]  # fmt: skip
    for one in several:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.close()
    assert [one.wait(timeout=60) for one in several] == [0] * 5
    assert world.ask("SELECT tries, found > 0 FROM monitoring_step WHERE done_at IS NOT NULL") == [(1, True)]
    world.monitor()
    assert agrees(world, undisturbed)


@pytest.mark.parametrize(
    ("processes", "zone"), [(1, "Asia/Shanghai"), (4, "America/New_York"), (3, "Pacific/Kiritimati")]
)
def test_a6_neither_the_count_of_workers_nor_the_time_zone_changes_a_finding(
    world: World, undisturbed: list[Row], processes: int, zone: str
) -> None:
    world.forget()
    abroad = Installation(world.home, {**world.installation.environment, "TZ": zone, "PGTZ": zone})
    World(abroad).monitor("--processes", str(processes))
    assert agrees(world, undisturbed)


def test_a6_claims_that_came_in_other_batches_and_were_judged_in_between_give_the_same_findings(
    undisturbed: list[Row], tmp_path: Path
) -> None:
    """A batch a month, the latest first, with a run after each."""
    other = migrated(tmp_path / "home")
    try:
        files = simulate(other)
        registers = [file for file in files if file.name.split(".")[0] in REGISTERS]
        for month in sorted({file.stem[-7:] for file in files if file not in registers}, reverse=True):
            parts = [str(file) for file in files if file.stem.endswith(month)]
            other.installation.manage("intake", *map(str, registers), *parts, "--json")
            other.monitor()
        # What a later batch explained was withdrawn; what is open is the same.
        assert other.wrong() == []
        assert [row for row in other.findings() if row[STATUS] == "open"] == undisturbed
    finally:
        embedded.destroy(other.home)
