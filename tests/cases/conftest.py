"""An office with everybody whom a case needs; its letters go into a folder of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings

from supervision.cases.models import Case, Proceeding
from tests.cases.office import Office, investigating, make_case, make_office, make_upheld


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def office(db: None, tmp_path: Path, settings: Settings) -> Office:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_office()


@pytest.fixture
def case(office: Office) -> Case:
    """From a finding of ¥1,000.00, half of it paid by the fund, that was upheld."""
    return make_case(office, make_upheld(office, "1000.00"), by=office.first)


@pytest.fixture
def penalty(case: Case, office: Office) -> Proceeding:
    """A penalty under investigation."""
    return investigating(case, office)


@pytest.fixture(autouse=True)
def language(in_english: None) -> None:
    """Refusals are read in English here, whoever asked before in which language."""
