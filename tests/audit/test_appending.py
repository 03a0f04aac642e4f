"""F1: eight processes add to the chain at once and take some back: what is left has no gap."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection

from supervision.audit import verifying
from supervision.audit.models import Entry
from supervision.services.places import Places
from supervision.services.postgres import url

PROJECT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("number", [25, pytest.param(1000, marks=pytest.mark.faults)])
def test_f1_many_processes_with_rollbacks_leave_a_chain_without_gaps(
    transactional_db: None, settings: LazySettings, number: int
) -> None:
    if not settings.EMBEDDED_POSTGRES:
        pytest.skip("the database is elsewhere")
    name = connection.settings_dict["NAME"]
    database = url(Places.of(settings.FUND_HOME), "fund_app").replace("/fund?", f"/{name}?")
    environment = {**os.environ, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    sides = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.audit.appending", str(number), str(seed)],
            cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True,
        )
        for seed in range(8)
    ]  # fmt: skip
    kept = [int(side.communicate(timeout=500)[0]) for side in sides]
    assert sum(kept) == Entry.objects.count()
    assert 0 < sum(kept) < 8 * number
    assert len(set(Entry.objects.values_list("account", flat=True))) == 8
    assert list(verifying.breaks()) == []
