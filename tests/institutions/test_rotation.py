"""Keys change without anybody noticing, and a lost key opens nothing."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client

from institutions import second_factor
from supervision import sealing
from tests.builders import make_account
from tests.institutions.authenticators import code_of, enrol, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(settings: LazySettings, tmp_path: Path) -> Path:
    settings.SECOND_FACTOR_KEYS_FILE = tmp_path / "keys"
    return tmp_path / "keys"


def test_d1_secrets_are_sealed_anew_and_sign_in_as_before(keys: Path) -> None:
    secret = enrol(make_account("li"))
    former = keys.read_text()
    call_command("rotate_second_factor_keys", verbosity=0)
    assert keys.read_text().endswith(former)
    call_command("rotate_second_factor_keys", "--forget", verbosity=0)
    assert former not in keys.read_text()
    assert sign_in(Client(), code_of(secret)) == 302


def test_d1_without_its_key_a_secret_is_not_opened(keys: Path) -> None:
    account = make_account("li")
    enrol(account)
    sealing.keep(sealing.Ring((("9", b"k" * 32),)), keys)
    with pytest.raises(sealing.NotOpened):
        second_factor.secret_of(account.factors.get())


def test_a_ring_in_the_environment_is_not_written_to(settings: LazySettings, keys: Path) -> None:
    settings.SECOND_FACTOR_KEYS = f"2:{'ab' * 32},1:{'cd' * 32}"
    enrol(make_account("li"))
    with pytest.raises(CommandError, match="SECOND_FACTOR_KEYS"):
        call_command("rotate_second_factor_keys", "--forget", verbosity=0)
    assert not keys.exists()
