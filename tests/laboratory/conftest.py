from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from pytest_django import Settings

from claims.models import Batch, Snapshot
from institutions.models import Account
from supervision.monitoring import confined, engines, standing
from tests.builders import make_division, make_institution
from tests.claims.building import publish
from tests.laboratory.pages import people
from tests.monitoring.small import charge, visit


@pytest.fixture(autouse=True)
def remembered() -> Iterator[None]:
    """What counts is read anew by each test; refusals speak English."""
    standing.forget()
    with translation.override("en"):
        yield
    standing.forget()


@pytest.fixture
def at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Confined work done in this process: for tests of what is done with its answers (test_confined.py has the walls)."""

    def here(job: confined.Job, *, allowed: float) -> Any:
        engines.engine.cache_clear()
        try:
            return confined.WORK[job.what](job)
        finally:
            engines.engine.cache_clear()

    monkeypatch.setattr(confined, "apart", here)


@pytest.fixture
def three(db: None) -> tuple[Account, Account, Account]:
    """Author, checker and publisher."""
    return people()


@pytest.fixture
def claims(tmp_path: Path, settings: Settings, db: None) -> Snapshot:
    """Three charges of one claim, of 90, 120 and 500 yuan, in January, that came from the prefecture."""
    settings.WAREHOUSE = str(tmp_path / "warehouse")
    make_institution("H1")
    rows = [charge(1, 90), charge(2, 120), charge(3, 500)]
    found = publish(tmp_path, {"charge": rows, "visit": [visit()]})
    Batch.objects.update(territory=make_division("990100"))
    return found
