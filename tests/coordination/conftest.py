from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings

from tests.coordination.office import Sharing, make_sharing


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def sharing(db: None, tmp_path: Path, settings: Settings) -> Sharing:
    """Officers with a case, and the liaisons of departments around it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_sharing()
