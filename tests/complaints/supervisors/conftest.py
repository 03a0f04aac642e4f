from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings

from institutions.models import Account, Duty
from tests.cases.office import Office, make_office, make_officer


@dataclass(frozen=True)
class Library:
    """Who keeps it and who decides."""

    office: Office
    keeper: Account

    @property
    def chief(self) -> Account:
        return self.office.chief


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """Refusals are read in English here."""
    with translation.override("en"):
        yield


@pytest.fixture
def at(db: None, tmp_path: Path, settings: Settings) -> Library:
    settings.MEDIA_ROOT = tmp_path / "media"
    return Library(make_office(), make_officer("keeper", Duty.COMPLAINTS))
