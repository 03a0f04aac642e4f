"""B1: each of many wrong rows is told with file, row, column and reason; the good ones stay; the sums reconcile."""

import random
import time
from pathlib import Path

import pytest
from django.db.models import Sum

from claims import intake
from tests.claims.building import reasons, stored
from tests.claims.conftest import home, places
from tests.faults.planted import KINDS, Planted, plant
from tests.faults.world import a_seed

__all__ = ["home", "places"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


def check(folder: Path, planted: Planted) -> None:
    batch = intake.take_in(intake.make([folder], profile="template"))
    assert batch.status == "loaded", batch.failure_text
    found = reasons(batch)
    own = {reject for reject in found if reject[3] != "claim"}
    assert own == planted.expected
    assert {row[0] for row in stored("visit", "claim")} == planted.good
    assert batch.rows_in == planted.rows == batch.rows_accepted + batch.rows_rejected
    assert batch.amount_in == batch.amount_accepted + batch.amount_rejected
    assert batch.rejects.aggregate(fen=Sum("amount"))["fen"] == batch.amount_rejected
    assert len({reject[:2] for reject in found}) == batch.rows_rejected
    kept = stored("charge", "amount")
    assert sum(row[0] for row in kept) == batch.amount_accepted * 100  # type: ignore[misc]


def test_b1_every_planted_fault_is_told_and_every_good_row_is_kept(home: Path) -> None:
    check(home / "in", plant(home / "in", claims=600, chance=random.Random(a_seed()), share=0.6))


@pytest.mark.faults
def test_b1_a_hundred_thousand_rows_in_a_minute(home: Path) -> None:
    planted = plant(home / "in", claims=20_000, chance=random.Random(a_seed()))
    assert planted.rows == 100_000
    assert {reason for _file, _row, _column, reason in planted.expected} >= {kind.reason for kind in KINDS}
    began = time.monotonic()
    check(home / "in", planted)
    assert time.monotonic() - began <= 60
