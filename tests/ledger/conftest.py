from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from institutions.models import Account, Duty
from tests.builders import DESK, make_account


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def keeper(db: None) -> Account:
    """Who keeps the books of the prefecture."""
    return make_account("keeper", duties=[*DESK, Duty.BOOK])


@pytest.fixture
def head(db: None) -> Account:
    """Who decides there."""
    return make_account("head", duties=[*DESK, Duty.DECIDE])


@pytest.fixture
def books(client: Client, keeper: Account) -> Client:
    """The book-keeper's browser, signed in and in English."""
    client.force_login(keeper)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture(autouse=True)
def language(in_english: None) -> None:
    """Refusals are read in English here, whoever asked before in which language."""
