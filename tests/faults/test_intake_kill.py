"""Kills at random moments of an intake; in the end all is as after an undisturbed one, row for row."""

import random
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from supervision.services import embedded
from tests.faults import warehouses
from tests.faults.world import World, a_seed, kill, migrated

pytestmark = pytest.mark.faults
KILLS = 20
STAGES = ("opening", "reading", "reading lines", "checking", "writing", "publishing")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("claims") / "files"


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, files: Path) -> Iterator[World]:
    world = migrated(tmp_path_factory.mktemp("undisturbed") / "home")
    try:
        size = ["--members", "1500", "--months", "3", "--seed", "7"]
        world.installation.manage("simulate", "--out", str(files), *size)
        spoil(files)
        world.installation.manage("intake", str(files), "--json")
        yield world
    finally:
        embedded.destroy(world.home)


def spoil(files: Path) -> None:
    """Some rows that must be refused, so that the rejects are compared as well."""
    name = next(files.glob("lines-*.csv"))
    lines = name.read_text("utf-8").splitlines(keepends=True)
    name.write_text(
        "".join(line.replace(",", ",?", 4) if n % 50 == 1 else line for n, line in enumerate(lines)), "utf-8"
    )


def test_a4_killed_intakes_leave_nothing_half_done(undisturbed: World, files: Path, tmp_path: Path) -> None:
    chance = random.Random(a_seed())
    world = migrated(tmp_path / "home")
    try:
        world.installation.manage("check")
        world.installation.manage("shell", "-v", "0", "-c", "pass")
        struck = 0
        while struck < KILLS:
            struck += strike(world, files, chance)
            assert warehouses.wrong(world) == []
            if finished(world):
                compare(world, undisturbed)
                forget(world)
        world.installation.manage("intake", str(files), "--json")
        compare(world, undisturbed)
        leftovers = list((world.home / "tmp").glob("batch-*"))
        assert leftovers == []
    finally:
        embedded.destroy(world.home)


def strike(world: World, files: Path, chance: random.Random) -> bool:
    """Begin an intake and kill it shortly after it reaches a random stage; whether it was killed at work."""
    stage, delay = chance.choice(STAGES), chance.uniform(0, 0.4)
    process = world.installation.popen(sys.executable, "manage.py", "intake", str(files))
    try:
        while process.poll() is None and not at(world, stage):
            time.sleep(0.01)
        if process.poll() is None:
            time.sleep(delay)
        working = process.poll() is None
    finally:
        kill(process)
    print(f"killed {'at work' if working else 'too late'}: {stage} + {delay:.2f} s")
    return working


def at(world: World, stage: str) -> bool:
    found = world.ask("SELECT stage FROM claims_batch WHERE status = 'reading'")
    return bool(found) and found[0][0] in STAGES[STAGES.index(stage) :]


def finished(world: World) -> bool:
    return bool(world.ask("SELECT 1 FROM claims_batch WHERE status = 'loaded'"))


def forget(world: World) -> None:
    warehouses.forget(world)
    shutil.rmtree(world.home / "warehouse", ignore_errors=True)


def compare(world: World, undisturbed: World) -> None:
    assert warehouses.wrong(world) == []
    assert warehouses.differences(warehouses.told(world), warehouses.told(undisturbed)) == []
    held = warehouses.held(undisturbed)
    assert sum(map(len, held.values())) > 10_000
    assert warehouses.differences(warehouses.held(world), held) == []
