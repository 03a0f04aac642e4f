"""E3: the vault's keys change while identities are kept and read, and nobody is turned away."""

import stat
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connections
from django.test import Client

from supervision.audit.models import Entry
from supervision.complaints.vault import calling, rewrapping, ring
from supervision.complaints.vault.models import Identity
from supervision.complaints.vault.published import published
from supervision.complaints.vault.refusing import Kept, VaultRefused
from tests.complaints.vault.building import (
    SUBJECT,
    WHO,
    as_vault,
    make_approved,
    make_asked,
    make_keys,
    make_reader,
    make_sealed,
    manage,
    running,
)

pytestmark = pytest.mark.django_db(transaction=True)


def keys_in_use() -> set[str]:
    return set(Identity.objects.values_list("key", flat=True))


def test_the_ring_is_for_its_owner_alone_and_made_once() -> None:
    file: Path = settings.VAULT_KEYS_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    before = file.read_text()
    assert not ring.make()
    assert file.read_text() == before


def test_a_lost_public_half_is_written_again() -> None:
    settings.VAULT_PUBLIC_KEYS_FILE.unlink()
    call_command("vault", "init", verbosity=0)
    assert str(published()) == str(ring.private_ring().published())


def test_neither_half_shows_a_key_where_it_is_written_into_a_log() -> None:
    kept = ring.private_ring()
    secret = settings.VAULT_KEYS_FILE.read_text().strip().partition(":")[2]
    assert secret not in repr(kept)


def test_a_new_key_seals_from_then_on_and_the_former_still_opens(tmp_path: Path) -> None:
    make_sealed()
    former = ring.private_ring().newest
    assert manage("rotate").returncode == 0
    make_sealed("JB-later")
    newest = ring.private_ring().newest
    assert (Identity.objects.get(subject=SUBJECT).key, Identity.objects.get(subject="JB-later").key) == (former, newest)
    opening = make_approved(make_reader("asker"), make_reader("second"))
    with running(tmp_path / "log"):
        assert calling.look(opening, opening.asked_by) == WHO
        assert manage("rewrap").stdout == "1 sealed anew.\n"
        assert keys_in_use() == {newest}
        assert manage("retire").stdout == f"Taken off the ring: {former}.\n"
        assert calling.look(opening, opening.asked_by) == WHO
    what = [entry.facts["what"] for entry in Entry.objects.filter(subject="vault").order_by("number")]
    assert what == ["new key", "sealed anew", "retired keys"]


def test_e3_keys_change_under_load_and_no_reading_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAULT_READINGS_A_DAY", "100000")
    for number in range(150):
        make_sealed(f"JB-{number}")
    asker, second = make_reader("asker"), make_reader("second")
    openings = [make_approved(asker, second, f"JB-{number}") for number in range(0, 150, 30)]
    stop = threading.Event()
    read: list[int] = []
    kept: list[int] = []
    failed: list[Exception] = []

    def reads() -> None:
        while not stop.is_set():
            for opening in openings:
                try:
                    assert calling.look(opening, asker) == WHO
                    read.append(1)
                except (VaultRefused, AssertionError) as refusal:
                    failed.append(refusal)
        connections.close_all()

    def keeps() -> None:
        while not stop.is_set():
            try:
                make_sealed(f"JB-new-{len(kept)}")
                kept.append(1)
            except VaultRefused as refusal:
                failed.append(refusal)
            stop.wait(0.02)
        connections.close_all()

    with running(tmp_path / "log"):
        threads = [threading.Thread(target=do) for do in (reads, reads, keeps)]
        for thread in threads:
            thread.start()
        try:
            for act in ("rotate", "rewrap"):
                done = manage(act)
                assert done.returncode == 0, done.stderr
        finally:
            stop.set()
            for thread in threads:
                thread.join()
    assert failed == []
    assert len(read) > 20 and len(kept) > 20
    with as_vault():
        rewrapping.rewrap()  # what was kept while the last key was being made
    assert keys_in_use() == {ring.private_ring().newest}


def test_a_lost_key_is_said_and_what_it_sealed_stays_as_it_is(tmp_path: Path) -> None:
    make_sealed()
    opening = make_approved(make_reader("asker"), make_reader("second"))
    lost = settings.VAULT_KEYS_FILE.read_text()
    settings.VAULT_KEYS_FILE.unlink()
    ring.make()  # another ring altogether
    make_sealed("JB-later")
    with as_vault(), pytest.raises(rewrapping.NotRewrapped, match="1 could not be opened"):
        rewrapping.rewrap()
    with running(tmp_path / "log"), pytest.raises(Kept, match="key that this was sealed with"):
        calling.look(opening, opening.asked_by)
    settings.VAULT_KEYS_FILE.write_text(settings.VAULT_KEYS_FILE.read_text() + lost)
    with as_vault():
        assert rewrapping.rewrap() == 1


def test_a_ring_that_is_none_is_refused_in_words() -> None:
    for wrong in ("", "abc", "deadbeef:" + "0" * 64, "deadbeef:zz"):
        settings.VAULT_KEYS_FILE.write_text(wrong)
        with pytest.raises(ImproperlyConfigured, match="lines of id:64 hexadecimal digits"):
            ring.private_ring()


def test_without_a_ring_the_vault_says_how_to_make_one() -> None:
    settings.VAULT_KEYS_FILE.unlink()
    with pytest.raises(ImproperlyConfigured, match=r"manage\.py vault init"):
        ring.private_ring()


def test_another_folders_keys_open_nothing(tmp_path: Path) -> None:
    make_sealed()
    opening = make_approved(make_reader("asker"), make_reader("second"))
    make_keys(tmp_path / "other")
    with running(tmp_path / "log"), pytest.raises(Kept, match="key that this was sealed with"):
        calling.look(opening, opening.asked_by)
    assert make_asked(make_reader("third")).pk
    assert Client().get("/sign-in/").status_code == 200
