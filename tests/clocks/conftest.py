from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals are read in English here."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def language(in_english: None) -> None:
    """Refusals are read in English here, whoever asked before in which language."""
