from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from tests.payments.office import Agency, make_agency


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """A warehouse, a FUND_HOME and letters of the test's own."""
    settings.FUND_HOME = tmp_path / "home"
    settings.WAREHOUSE = str(tmp_path / "home" / "warehouse")
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "home").mkdir()
    return tmp_path


@pytest.fixture
def agency(db: None, folder: Path) -> Agency:
    return make_agency()


@pytest.fixture
def desk_of(client: Client) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client
