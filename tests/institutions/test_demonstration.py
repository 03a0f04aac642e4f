import json
import stat
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client

from institutions import demonstration
from institutions.loading import load_reference
from institutions.models import Account, Duty
from tests.institutions.authenticators import code_of, sign_in


@pytest.fixture(autouse=True)
def home(settings: LazySettings, tmp_path: Path, db: None) -> Path:
    settings.FUND_HOME = tmp_path
    load_reference()
    return tmp_path


def test_there_is_a_sign_in_for_each_kind_of_user_and_it_works(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo_accounts", "--json")
    accounts = json.loads(capsys.readouterr().out)["accounts"]
    assert len({one["username"] for one in accounts}) == len(demonstration.POSTS)
    for one in accounts:
        account = Account.objects.get(username=one["username"])
        assert account.check_password(one["password"])
        assert sign_in(Client(), one["code"], one["username"], one["password"]) == 302
    assert Account.objects.get(username="hospital").institution is not None
    assert Account.objects.get(username="admin").is_staff


def test_every_duty_has_somebody_who_holds_it() -> None:
    demonstration.open_accounts()
    held = {duty for duties in Account.objects.values_list("duties", flat=True) for duty in duties}
    assert held == set(Duty.values)
    assert set(Account.objects.filter(territory="990100").values_list("department__party", flat=True)) == {
        "authority",
        "handling",
    }


def test_the_printed_list_shows_secret_and_present_code(capsys: pytest.CaptureFixture[str]) -> None:
    with time_machine.travel("2026-03-01 08:00+08:00", tick=False):
        call_command("demo_accounts")
        told = capsys.readouterr().out
        for one in demonstration.open_accounts():
            assert f"{one.password}  {one.secret}  {code_of(one.secret)}" in told


def test_a_second_time_the_passwords_and_secrets_are_the_same() -> None:
    assert demonstration.open_accounts() == demonstration.open_accounts()


def test_passwords_are_random_and_kept_for_their_owner_alone(home: Path) -> None:
    first = demonstration.open_accounts()
    assert len({sign_in.password for sign_in in first}) == len(first)
    assert stat.S_IMODE(demonstration.kept().stat().st_mode) == 0o600
    demonstration.kept().unlink()
    assert not {one.password for one in demonstration.open_accounts()} & {one.password for one in first}
