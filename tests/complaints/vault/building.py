"""A vault for tests: its keys in a folder of the test's own, its role, its process, and people who open things."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from institutions.models import Account, Duty
from supervision.complaints.vault import asking, calling, ring
from supervision.complaints.vault.models import Identity, Opening
from supervision.complaints.vault.refusing import VaultAway
from supervision.complaints.vault.sealing import seal
from supervision.complaints.vault.workflow import OPENING
from supervision.services.owner import become
from tests.builders import make_account, make_division

SUBJECT = "JB-990101-2026-10000001"
WHO = {"name": "钱举报", "phone": "13912345678", "address": "澜岸区湖滨路8号", "id_number": "990101198001015557"}
READERS = [Duty.READ, Duty.IDENTITY]


def make_keys(folder: Path) -> None:
    """Keys of a vault in this folder; settings are a fixture's, which takes them back."""
    for name, value in places(folder).items():
        setattr(settings, name, value)
    ring.make()


def places(folder: Path) -> Mapping[str, Any]:
    """Where a vault in this folder has its keys and its socket."""
    return {
        "VAULT_KEYS_FILE": folder / "vault" / "keys",
        "VAULT_PUBLIC_KEYS_FILE": folder / "keys" / "vault.pub",
        "VAULT_PUBLIC_KEYS": "",
        "VAULT_SOCKET": folder / "s",
    }


def make_sealed(subject: str = SUBJECT, place: str = "990101", **what: str) -> None:
    make_division(place)
    seal(subject, what or WHO, place=place)


def make_reader(username: str, territory: str | None = "990100", **post: Any) -> Account:
    return make_account(username, territory, **{"duties": READERS, **post})


def make_asked(by: Account, subject: str = SUBJECT, **said: Any) -> Opening:
    return asking.ask(subject, by=by, **{"purpose": "tell", "reason": "the result is to be told", "hours": 8, **said})


def make_approved(by: Account, second: Account, subject: str = SUBJECT) -> Opening:
    return OPENING.make(make_asked(by, subject), "approve", by=second)


def make_row(subject: str, place: str) -> Identity:
    """As the list of what is kept knows it; nobody ever opens this one."""
    return Identity.objects.create(
        subject=subject, version=1, place=make_division(place), key="0" * 8, sealed="nothing", kept_on="2026-03-01"
    )


def make_opening(subject: str, place: str) -> int:
    """One that was asked for, and one that is over."""
    make_row(subject, place)
    asker = make_reader(f"asker of {subject}", place)
    refused = OPENING.make(
        make_asked(asker, subject), "refuse", by=make_reader(f"second of {subject}", place), note="no"
    )
    assert refused.pk
    return make_asked(asker, subject).pk


@contextmanager
def as_vault() -> Iterator[None]:
    """This process as the database's role of the vault: what it asks for, it must be granted."""
    former = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
    become({"USER": "fund_vault", "PASSWORD": ""})
    try:
        yield
    finally:
        become(former)


def environment() -> Mapping[str, str]:
    database = connection.settings_dict
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": "postgresql://nobody@/none",
        "VAULT_DATABASE_URL": f"postgresql://fund_vault@/{database['NAME']}?host={database['HOST']}",
        "VAULT_KEYS_FILE": str(settings.VAULT_KEYS_FILE),
        "VAULT_PUBLIC_KEYS_FILE": str(settings.VAULT_PUBLIC_KEYS_FILE),
        "VAULT_SOCKET": str(settings.VAULT_SOCKET),
    }


def manage(act: str) -> subprocess.CompletedProcess[str]:
    """`manage.py vault` in a process of its own, as its role."""
    command = [sys.executable, "manage.py", "vault", act]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment(), text=True, capture_output=True, check=False
    )


@contextmanager
def running(log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The vault's own process, answering."""
    command = [sys.executable, "manage.py", "vault", "serve"]
    with log.open("ab") as file:
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environment(), stdin=subprocess.DEVNULL, stdout=file, stderr=file
        )
        try:
            wait_until_it_answers(process, log)
            yield process
        finally:
            process.terminate()
            process.wait(10)


def wait_until_it_answers(process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            calling.asked({"opening": 0})
        except VaultAway:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(log.read_text())
