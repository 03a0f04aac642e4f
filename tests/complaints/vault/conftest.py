from pathlib import Path

import pytest
from pytest_django import Settings

from tests.complaints.vault.building import make_keys


@pytest.fixture(autouse=True)
def keys(settings: Settings, tmp_path: Path, in_english: None) -> None:
    """A vault's keys in the test's own folder, its words in English."""
    for name in ("VAULT_KEYS_FILE", "VAULT_PUBLIC_KEYS_FILE", "VAULT_PUBLIC_KEYS", "VAULT_SOCKET"):
        setattr(settings, name, getattr(settings, name))  # what is set below is taken back
    make_keys(tmp_path)
