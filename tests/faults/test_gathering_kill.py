"""Kills at random moments while settled encounters are gathered and taken in: each claim is in the warehouse once."""

import json
import random
import sys
import time
from pathlib import Path

import pytest

from supervision.services import embedded
from tests.faults.world import World, a_seed, kill, migrated

pytestmark = pytest.mark.faults
KILLS = 12
CLAIMS = 60
TOLD = f"""
from tests.builders import make_institution
from tests.review.told import INSTITUTION, fee, settled, taken, uploaded
make_institution(INSTITUTION, "990101")
for number in range({CLAIMS}):
    who = dict(mdtrt_id=f"E{{number}}")
    for said in (uploaded(fee(1, **who), fee(2, **who)), settled(114.0, **who)):
        taken(said | dict(msgid=f"{{number}}-{{said['infno']}}"))
"""
CHANGED = """
from tests.review.told import listed, taken
for number in range({start}, {start} + 5):
    taken(listed(mdtrt_id=f"E{{number}}") | dict(msgid=f"list-{{number}}"))
"""
ENDED = """
import json
from claims import intake, warehouse
from claims.models import Batch
from supervision.review.encounters import gathering
from supervision.review.models import Encounter
for _ in range(2):
    for batch in Batch.objects.underway().order_by("pk"):
        intake.take_in(batch, wait=60)
    for batch in gathering.gather():
        intake.take_in(batch, wait=60)
with warehouse.connect() as con:
    def of(table, column):
        files = warehouse.files(warehouse.published(), table)
        relation = warehouse.relation(warehouse.TABLES[table], files)
        return con.execute(f"SELECT count({column}), count(DISTINCT {column}) FROM ({relation})").fetchone()
    print(json.dumps({
        "claims": of("visit", "claim"), "lines": of("fee_line", "charge"),
        "listed": len({row[0] for row in con.execute("SELECT claim FROM (" + warehouse.relation(
            warehouse.TABLES["diagnosis"], warehouse.files(warehouse.published(), "diagnosis")) + ")").fetchall()}),
        "owed": Encounter.objects.filter(gathering.OWED).count(),
        "batches": sorted(set(Encounter.objects.values_list("batch__status", flat=True))),
    }))
"""


def test_killed_gatherings_bring_every_claim_once(tmp_path: Path) -> None:
    chance = random.Random(a_seed())
    world = migrated(tmp_path / "home")
    try:
        run(world, TOLD)
        for number in range(KILLS):
            strike(world, chance)
            if number % 4 == 3:
                run(world, CHANGED.format(start=number // 4 * 5))
        found = json.loads(run(world, ENDED).splitlines()[-1])
    finally:
        embedded.destroy(world.home)
    assert found == {
        "claims": [CLAIMS, CLAIMS], "lines": [CLAIMS * 2, CLAIMS * 2], "listed": KILLS // 4 * 5, "owed": 0,
        "batches": ["loaded"],
    }  # fmt: skip


def strike(world: World, chance: random.Random) -> None:
    """Begin to gather, and kill it somewhere between its start and its end."""
    process = world.installation.popen(sys.executable, "manage.py", "gather")
    time.sleep(chance.uniform(1.5, 5))
    kill(process)


def run(world: World, code: str) -> str:
    return world.installation.manage("shell", "-v", "0", "-c", code).stdout
