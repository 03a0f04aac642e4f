"""Kills a letter between its file and its row: no number is missing afterwards, and nothing is left lying about."""

import json
import signal
import sys
from pathlib import Path

import pytest

from supervision.services import embedded
from tests.faults.world import World, migrated

pytestmark = pytest.mark.faults
KILLED = """
import os, signal
import django; django.setup()
from django.db import transaction
from tests.documents.building import make_document
make_document()
with transaction.atomic():
    make_document()
    os.kill(os.getpid(), signal.SIGKILL)
"""
ENDED = """
import json, os, time
from pathlib import Path
from django.conf import settings
from supervision.documents import leftovers
from supervision.documents.models import Document
from tests.documents.building import make_document
def files():
    return sorted(str(path.relative_to(settings.MEDIA_ROOT)) for path in Path(settings.MEDIA_ROOT).rglob("*.*"))
before = files()
for name in before:
    os.utime(settings.MEDIA_ROOT / name, (time.time() - 3 * 3600,) * 2)
removed = leftovers.remove()
made = [make_document() for _ in range(2)]
print(json.dumps({
    "before": len(before), "removed": removed, "files": files(),
    "named": sorted(name for one in Document.objects.all() for name in (one.pdf.name, one.docx.name)),
    "numbers": sorted(Document.objects.values_list("number", flat=True)),
}))
"""


def test_a_letter_killed_half_way_costs_no_number_and_leaves_no_file(tmp_path: Path) -> None:
    world: World = migrated(tmp_path / "home")
    try:
        killed = world.installation.popen(sys.executable, "-c", KILLED)
        assert killed.wait(timeout=120) == -signal.SIGKILL
        told = json.loads(world.installation.manage("shell", "-v", "0", "-c", ENDED).stdout.splitlines()[-1])
        assert (told["before"], told["removed"]) == (4, 2)
        assert told["numbers"] == [1, 2, 3]
        assert told["files"] == told["named"]
    finally:
        embedded.destroy(world.home)
