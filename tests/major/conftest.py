from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings

from tests.major.office import Office, make_office


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def office(db: None, tmp_path: Path, settings: Settings) -> Office:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_office()
