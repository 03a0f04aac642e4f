"""What citizens tell goes into stores of the test's own; a vault's keys are there, as on every site."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.complaints.building import ComplaintDesk, make_desk
from tests.complaints.vault.building import make_keys


@pytest.fixture(autouse=True)
def keys_and_files(db: None, settings: Settings, tmp_path: Path, in_english: None) -> None:
    for name in ("VAULT_KEYS_FILE", "VAULT_PUBLIC_KEYS_FILE", "VAULT_PUBLIC_KEYS", "VAULT_SOCKET"):
        setattr(settings, name, getattr(settings, name))  # what is set below is taken back
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PROOF_ROUNDS, settings.PROOF_TRIES = 1, 4
    make_keys(tmp_path)


@pytest.fixture
def desk_of_complaints() -> ComplaintDesk:
    return make_desk()
