"""A process that is killed while it books leaves nothing half behind."""

import json
import random
import sys
import time
from pathlib import Path

import pytest

from supervision.services import embedded
from tests.faults.world import World, a_seed, kill, migrated

pytestmark = pytest.mark.faults
KILLS = 6
BOOKING = """
import uuid
from supervision.ledger.booking import BookingRefused, reverse
from supervision.ledger.models import Stage
from tests.ledger.small import bring, make_item, move
lines = [make_item(f"item {n}") for n in range(5)]
while True:
    for line in lines:
        bring(line, Stage.DEMANDED, "10.00")
        paid = move(line, Stage.DEMANDED, Stage.CASH, "4.00", voucher=uuid.uuid4().hex)
        reverse(paid, reason="bounced", by=None)
"""
ENDED = """
import json
from django.db.models import Count, Sum
from supervision.ledger.booking import totals
from supervision.ledger.models import Balance, Entry, Posting, Voucher
print(json.dumps({
    "entries": Entry.objects.count(),
    "empty": Entry.objects.annotate(n=Count("postings")).exclude(n=2).count(),
    "uneven": Entry.objects.annotate(sum=Sum("postings__amount")).exclude(sum=0).count(),
    "drifted": totals(Posting.objects.all()) != totals(Balance.objects.all()),
    "cash": str(totals(Balance.objects.all())["cash"]),
    "vouchers": Voucher.objects.count(),
}))
"""


def test_a7_killed_bookings_leave_nothing_half(tmp_path: Path) -> None:
    chance = random.Random(a_seed())
    world = migrated(tmp_path / "home")
    try:
        for _ in range(KILLS):
            strike(world, chance)
        found = json.loads(world.installation.manage("shell", "-v", "0", "-c", ENDED).stdout.splitlines()[-1])
    finally:
        embedded.destroy(world.home)
    assert found.pop("entries") > KILLS
    held = found.pop("vouchers")  # of payments that were killed before they were taken back
    assert found == {"empty": 0, "uneven": 0, "drifted": False, "cash": f"{4 * held}.00"}


def strike(world: World, chance: random.Random) -> None:
    """Kill who books, at some moment after something was booked."""
    (booked,) = world.ask("SELECT count(*) FROM ledger_entry")[0]
    process = world.installation.popen(sys.executable, "manage.py", "shell", "-v", "0", "-c", BOOKING)
    try:
        world.wait_for(f"SELECT 1 FROM ledger_entry HAVING count(*) > {booked}", at_most=60)
        time.sleep(chance.uniform(0, 2))
    finally:
        kill(process)
