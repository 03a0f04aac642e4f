"""What the tests of this folder stand on."""

import pytest


@pytest.fixture(autouse=True)
def language(in_english: None) -> None:
    """Refusals are read in English here, whoever asked before in which language."""
