from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings

from tests.onsite.office import Office, make_office


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """A warehouse and pictures of the test's own."""
    settings.FUND_HOME = tmp_path / "home"
    settings.WAREHOUSE = str(tmp_path / "home" / "warehouse")
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "home").mkdir()
    return tmp_path


@pytest.fixture
def office(db: None, folder: Path) -> Office:
    return make_office()
