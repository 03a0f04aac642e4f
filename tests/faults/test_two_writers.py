"""Several intakes at once: one writes at a time, every batch counts once, and the sums are exact."""

import random
import sys
from pathlib import Path

import pytest

from supervision.services import embedded
from tests.faults import warehouses
from tests.faults.planted import Planted, plant
from tests.faults.world import a_seed, migrated

pytestmark = pytest.mark.faults
WRITERS = 4
REGISTERS = {
    "divisions": "code,name,level,parent\n990000,示例省,1,\n990100,云泽市,2,990000\n990101,东湖区,3,990100\n",
    "institutions": "code,name,kind,level,division\nH1,一院,hospital,3,990101\n",
}


def folders(base: Path, chance: random.Random) -> dict[Path, Planted]:
    made = {}
    for number in range(WRITERS):
        folder = base / f"part{number}"
        made[folder] = plant(folder, claims=400, chance=chance, prefix=f"p{number}x")
        for name, text in REGISTERS.items():
            (folder / f"{name}.csv").write_text(text, "utf-8")
    return made


def test_writers_take_turns_and_every_batch_counts_once(tmp_path: Path) -> None:
    planted = folders(tmp_path / "files", random.Random(a_seed()))
    world = migrated(tmp_path / "home")
    try:
        # Each folder twice: the second time its files are in already, or another process is at them.
        processes = [
            world.installation.popen(sys.executable, "manage.py", "intake", str(folder))
            for folder in [*planted, *planted]
        ]
        assert [process.wait() for process in processes] == [0] * len(processes)
        assert warehouses.wrong(world) == []
        assert world.ask("SELECT count(*), sum(rows_in) FROM claims_batch WHERE status = 'loaded'") == [
            (WRITERS, sum(one.rows for one in planted.values()) + 4 * WRITERS)
        ]
        visits = [row[0] for row in warehouses.held(world)["visit"]]
        assert sorted(visits) == sorted(claim for one in planted.values() for claim in one.good)
        assert world.ask("SELECT count(*) FROM claims_snapshot") == [(WRITERS,)]
    finally:
        embedded.destroy(world.home)
