import datetime as dt
from pathlib import Path

import pytest
from pytest_django import Settings

from supervision.monitoring import planning, runs
from tests.builders import make_institution
from tests.monitoring.small import Library


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    """The rules of this test, in the place of the rulebook."""
    pages: Library = {}
    monkeypatch.setattr(planning, "in_force", lambda: pages)
    monkeypatch.setattr(runs, "in_force", lambda: pages)
    return pages


@pytest.fixture
def folder(tmp_path: Path, settings: Settings, db: None) -> Path:
    """Where a small warehouse of this test's own is put together."""
    settings.WAREHOUSE = str(tmp_path / "warehouse")
    make_institution("H1")
    return tmp_path


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A step that fails is tried again at once."""
    monkeypatch.setattr(runs, "WAIT", dt.timedelta(0))
