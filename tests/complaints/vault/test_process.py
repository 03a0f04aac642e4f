"""The vault in a process of its own: it answers what it must, refuses the rest, and nothing breaks without it."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings as installed
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from institutions.models import Account
from supervision.audit import chain
from supervision.audit.models import Act, Entry
from supervision.complaints.vault import calling, ring, wire
from supervision.complaints.vault.models import Opening, Reading
from supervision.complaints.vault.refusing import Kept, VaultAway
from tests.complaints.vault.building import WHO, make_approved, make_reader, make_sealed, places, running

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def opening(transactional_db: None) -> Opening:
    make_sealed()
    return make_approved(make_reader("asker"), make_reader("second"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of this module's vault: its process starts once, for all that ask it something."""
    return tmp_path_factory.mktemp("v")


@pytest.fixture(scope="module")
def vault(django_db_setup: None, django_db_blocker: DjangoDbBlocker, folder: Path) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        for name, value in places(folder).items():
            patch.setattr(installed, name, value)
        ring.make()
        with running(folder / "vault.log"):
            yield folder / "vault.log"


@pytest.fixture(autouse=True)
def keys(settings: Settings, folder: Path, in_english: None) -> None:
    for name, value in places(folder).items():
        setattr(settings, name, value)
    ring.make()


def owner(account: str = "asker") -> Account:
    return Account.objects.get(username=account)


def word(opening: Opening, account: Account) -> str:
    with pytest.raises(Kept) as refusal:
        calling.look(opening, account)
    return refusal.value.word


def test_e1_the_chain_has_the_reading_before_the_page_has_the_text(opening: Opening, vault: Path) -> None:
    assert calling.look(opening, owner()) == WHO
    reading = Reading.objects.get()
    assert Entry.objects.get(number=reading.entry).facts["what"] == "read"
    assert word(opening, owner("second")) == "not_theirs"
    assert Entry.objects.latest("number").act == Act.DENIAL
    assert not any(told in vault.read_text() for told in WHO.values())


def test_e1_a_chain_that_stalls_lets_nothing_out_and_the_page_is_not_held(opening: Opening, vault: Path) -> None:
    database = connection.settings_dict
    other = psycopg2.connect(host=database["HOST"], dbname=database["NAME"], user="fund_app")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [chain.LOCK])  # somebody's act that does not end
            assert word(opening, owner()) == "not_recorded"
    finally:
        other.close()
    assert Reading.objects.count() == 0
    assert calling.look(opening, owner()) == WHO


def test_e1_without_the_ring_nothing_is_shown_and_sealing_goes_on(opening: Opening, vault: Path) -> None:
    file: Path = installed.VAULT_KEYS_FILE
    taken = file.rename(file.with_name("taken away"))
    assert word(opening, owner()) == "no_ring"
    make_sealed("JB-later")
    assert Reading.objects.count() == 0
    taken.rename(file)
    assert calling.look(opening, owner()) == WHO


def test_a_ring_that_others_may_read_is_not_used(opening: Opening, vault: Path) -> None:
    file: Path = installed.VAULT_KEYS_FILE
    file.chmod(0o640)
    assert word(opening, owner()) == "no_ring"
    file.chmod(0o600)
    assert calling.look(opening, owner()) == WHO


def test_a_ring_that_is_none_is_said(opening: Opening, vault: Path) -> None:
    kept = installed.VAULT_KEYS_FILE.read_text()
    installed.VAULT_KEYS_FILE.write_text(f"x:{'0' * 64}\n")
    assert word(opening, owner()) == "no_ring"
    installed.VAULT_KEYS_FILE.write_text(kept)


def test_no_vault_is_a_clear_refusal_and_nothing_else_breaks(
    opening: Opening, settings: Settings, tmp_path: Path
) -> None:
    settings.VAULT_SOCKET = tmp_path / "nobody"
    with pytest.raises(VaultAway, match="not reachable"):
        calling.look(opening, owner())
    make_sealed("JB-later")
    make_approved(owner(), owner("second"), "JB-later")


def test_a_vault_that_was_killed_is_away_and_a_new_one_takes_its_socket(
    opening: Opening, settings: Settings, tmp_path: Path
) -> None:
    settings.VAULT_SOCKET = tmp_path / "s"
    with running(tmp_path / "first.log") as process:
        process.kill()
        process.wait()
        with pytest.raises(VaultAway):
            calling.look(opening, owner())
    with running(tmp_path / "second.log"):
        assert calling.look(opening, owner()) == WHO


def test_the_socket_is_for_nobody_but_its_owner(vault: Path) -> None:
    assert installed.VAULT_SOCKET.stat().st_mode & 0o777 == 0o600
    assert installed.VAULT_KEYS_FILE.stat().st_mode & 0o777 == 0o600


STRANGE = [
    b"", b"\n", b"{}\n", b"[]\n", b"null\n", b"\xff\xfe\n", b"{\n", b'{"opening": 1}\n', b'{"opening": true, "account": true}\n',
    b'{"opening": "1; DROP TABLE", "account": 1}\n', b'{"opening": 1e400, "account": 1}\n',
    b'{"opening": 99999999999999999999, "account": 1}\n', b'{"opening": -1, "account": 1}\n', b"[" * 1000 + b"\n",
    b"x" * 100_000,
]  # fmt: skip


def test_strange_questions_are_refused_and_the_next_is_answered(opening: Opening, vault: Path) -> None:
    for strange in STRANGE:
        with socket.socket(socket.AF_UNIX) as asking:
            asking.settimeout(10)
            asking.connect(str(installed.VAULT_SOCKET))
            try:
                asking.sendall(strange)
                asking.shutdown(socket.SHUT_WR)
                answer = wire.receive(asking, wire.ANSWERED, within=10)
            except (OSError, wire.Broken):
                continue  # it hung up on what was too long
            assert answer == {"refused": "asking"}, strange
    assert calling.look(opening, owner()) == WHO


def test_who_says_nothing_is_hung_up_on_and_holds_up_nobody(opening: Opening, vault: Path) -> None:
    silent = socket.socket(socket.AF_UNIX)
    silent.connect(str(installed.VAULT_SOCKET))
    try:
        assert calling.look(opening, owner()) == WHO
        assert wire.receive(silent, wire.ANSWERED, within=wire.PATIENCE + 5) == {"refused": "asking"}
    finally:
        silent.close()


def test_many_at_once_are_answered_or_told_to_come_again(opening: Opening, vault: Path) -> None:
    answers: list[str] = []
    asker = owner()

    def ask() -> None:
        answers.append(str(calling.asked({"opening": opening.pk, "account": asker.pk}).get("refused", "shown")))

    threads = [threading.Thread(target=ask) for _number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 16
    assert set(answers) <= {"shown", "busy", "not_recorded"}
    assert answers.count("shown") == Reading.objects.count() > 0


# --- Who knows the ring ------------------------------------------------------------------------------

LOADED = """
import sys, django
django.setup()
import supervision.wsgi
from django.urls import get_resolver
from supervision.celery import app
app.loader.import_default_modules()
len(get_resolver().url_patterns)
from importlib import import_module
import_module("supervision.complaints.vault.views"), import_module("supervision.complaints.vault.tasks")
known = {"ring", "revealing", "rewrapping", "process"}
print(sorted(known & {name.rpartition(".")[2] for name in sys.modules if name.startswith("supervision.complaints.vault.")}))
"""


def test_e1_neither_pages_nor_workers_load_what_reads_the_ring() -> None:
    said = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=installed.BASE_DIR, text=True, capture_output=True, check=False,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
    )  # fmt: skip
    assert (said.stdout.strip(), said.returncode) == ("[]", 0), said.stderr


def test_e1_one_module_names_the_file_of_the_ring() -> None:
    root = Path(installed.BASE_DIR)
    naming = {
        str(file.relative_to(root))
        for folder in ("supervision", "institutions", "claims", "reporting", "credit")
        for file in (root / folder).rglob("*.py")
        if "VAULT_KEYS_FILE" in file.read_text(encoding="utf-8")
    }
    home = "supervision/complaints/vault"
    assert naming == {"supervision/settings.py", f"{home}/ring.py", f"{home}/management/commands/vault.py"}
