"""The disk fills up during an intake. The batch fails, says so, shows nothing, and goes in when there is room."""

import json
import os
import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from supervision.services import embedded
from tests.faults import warehouses
from tests.faults.planted import Planted, plant
from tests.faults.test_two_writers import REGISTERS
from tests.faults.world import World, a_seed, migrated
from tests.installations import PROJECT

pytestmark = pytest.mark.faults
MEGABYTE = 1 << 20


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = migrated(tmp_path / "home")
    try:
        yield world
    finally:
        embedded.destroy(world.home)


@pytest.fixture
def planted(tmp_path: Path) -> Planted:
    folder = tmp_path / "files"
    planted = plant(folder, claims=20_000, chance=random.Random(a_seed()), share=0.01)
    for name, text in REGISTERS.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return planted


def mounted(folder: Path, size: str) -> bool:
    """A small disk of its own, where this machine lets us have one."""
    folder.mkdir(parents=True, exist_ok=True)
    answer = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    return answer.returncode == 0


def intake(world: World, files: Path, *, largest: int = 0) -> dict[str, object]:
    def limit() -> None:
        if largest:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    answer = subprocess.run(
        [sys.executable, "manage.py", "intake", str(files), "--json"],
        cwd=PROJECT, env={**world.installation.environment}, text=True, capture_output=True, preexec_fn=limit, check=False,
    )  # fmt: skip
    assert "Traceback" not in answer.stderr, answer.stderr
    return dict(json.loads(answer.stdout))


def fails_for_storage(world: World, told: dict[str, object], warehouse: Path) -> None:
    assert told["status"] == "failed"
    assert world.ask("SELECT status, failure FROM claims_batch ORDER BY number DESC LIMIT 1") == [("failed", "storage")]
    assert world.ask("SELECT count(*) FROM claims_snapshot") == [(0,)]
    assert world.ask("SELECT count(*) FROM claims_reject") == [(0,)]
    assert list(warehouse.rglob("b*-*.parquet")) == []


def goes_in(world: World, told: dict[str, object], planted: Planted, warehouse: Path) -> None:
    assert told["status"] == "loaded"
    assert told["rows"]["in"] == planted.rows + 4  # type: ignore[index]
    assert warehouses.wrong(world) == []
    assert sorted(row[0] for row in warehouses.held(world, warehouse)["visit"]) == sorted(planted.good)


@pytest.mark.parametrize("place", ["warehouse", "tmp"])
def test_a4_a_full_disk_fails_the_batch_and_room_lets_it_in(world: World, planted: Planted, place: str) -> None:
    if os.geteuid() or not mounted(world.home / place, "1500k"):
        pytest.skip("no disk of our own can be had here; a limit on the size of files is tried instead")
    files, warehouse = world.home.with_name("files"), world.home / "warehouse"
    try:
        fails_for_storage(world, intake(world, files), warehouse)
        subprocess.run(["mount", "-o", "remount,size=400m", str(world.home / place)], check=True)
        goes_in(world, intake(world, files), planted, warehouse)
    finally:
        subprocess.run(["umount", "-l", str(world.home / place)], check=True)


@pytest.mark.parametrize("largest", [MEGABYTE // 8, MEGABYTE // 2, MEGABYTE])
def test_a4_a_file_that_cannot_be_written_to_its_end_fails_the_batch(
    world: World, planted: Planted, largest: int
) -> None:
    files, warehouse = world.home.with_name("files"), world.home / "warehouse"
    fails_for_storage(world, intake(world, files, largest=largest), warehouse)
    goes_in(world, intake(world, files), planted, warehouse)
