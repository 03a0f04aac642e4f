"""The department, the agency and a case between them; letters go into a folder of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings

from supervision.cases.models import Case
from tests.cases.handled import Office, make_case, make_office


@pytest.fixture
def office(db: None, tmp_path: Path, settings: Settings) -> Iterator[Office]:
    settings.MEDIA_ROOT = tmp_path / "media"
    with translation.override("en"):  # refusals are quoted in English
        yield make_office()


@pytest.fixture
def case(office: Office) -> Case:
    """Being verified by its two officers, with ¥1,000.00 confirmed."""
    return make_case(office, "600.00", "400.00")
