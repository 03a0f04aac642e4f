from pathlib import Path

import pytest
from pytest_django import Settings

from institutions.models import Division, Institution


@pytest.fixture
def home(tmp_path: Path, settings: Settings) -> Path:
    """A warehouse and a FUND_HOME of the test's own."""
    settings.FUND_HOME = tmp_path / "home"
    settings.WAREHOUSE = str(tmp_path / "home" / "warehouse")
    (tmp_path / "home").mkdir()
    return tmp_path


@pytest.fixture
def places(db: None) -> None:
    """Two invented prefectures, with a hospital and a pharmacy in the one and a hospital in the other."""
    for code, level in (("000000", 0), ("990000", 1), ("990100", 2), ("990101", 3), ("990200", 2), ("990201", 3)):
        Division.objects.get_or_create(code=code, defaults={"name_zh": code, "level": level})
    for code, kind, division in (
        ("H1", "hospital", "990101"),
        ("P1", "pharmacy", "990101"),
        ("H2", "hospital", "990201"),
    ):
        Institution.objects.get_or_create(
            code=code, defaults={"name_zh": code, "kind": kind, "division_id": division, "level": 3}
        )
