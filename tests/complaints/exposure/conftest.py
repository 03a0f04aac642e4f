from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings

from tests.complaints.exposure.telling import Desk, make_desk


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """Refusals are read in English here."""
    with translation.override("en"):
        yield


@pytest.fixture
def at(db: None, tmp_path: Path, settings: Settings) -> Desk:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_desk()
