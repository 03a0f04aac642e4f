"""Two reviewers, a hospital and somebody who answers for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings

from institutions.models import Account, Institution
from tests.builders import make_institution
from tests.hearing.heard import make_answerer, make_reviewer


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def first(db: None, tmp_path: Path, settings: Settings) -> Account:
    """Who reviews first. The letters of its hearings go into a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_reviewer("first")


@pytest.fixture
def second(first: Account) -> Account:
    return make_reviewer("second")


@pytest.fixture
def place(db: None) -> Institution:
    return make_institution()


@pytest.fixture
def hospital(place: Institution) -> Account:
    return make_answerer(place)


@pytest.fixture(autouse=True)
def language(in_english: None) -> None:
    """Refusals are read in English here, whoever asked before in which language."""
