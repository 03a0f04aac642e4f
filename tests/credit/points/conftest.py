from pathlib import Path

import pytest
from pytest_django import Settings

from tests.credit.points.office import Office, make_office


@pytest.fixture(autouse=True)
def letters(db: None, tmp_path: Path, settings: Settings) -> None:
    """The letters that moves issue go into a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def office(db: None) -> Office:
    return make_office()
