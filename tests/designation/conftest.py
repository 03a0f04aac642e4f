from pathlib import Path

import pytest
from pytest_django import Settings

from tests.designation.parties import Agency, make_agency


@pytest.fixture(autouse=True)
def files(db: None, tmp_path: Path, settings: Settings, in_english: None) -> None:
    """What is enclosed, and the texts that are signed, go into a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def agency() -> Agency:
    return make_agency()
