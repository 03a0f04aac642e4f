"""What is kept of who told it: sealed for a key that the site has not, under one subject alone."""

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from supervision.audit.models import Entry, RowChange
from supervision.complaints.vault import envelope, ring
from supervision.complaints.vault.models import Identity
from supervision.complaints.vault.refusing import NoVaultKey, VaultRefused
from supervision.complaints.vault.sealing import erase, hand_over, is_kept, openings, seal
from supervision.refusal import Refused
from tests.builders import make_division
from tests.complaints.vault.building import SUBJECT, WHO, as_vault, make_sealed

pytestmark = pytest.mark.django_db


def sealed_text(subject: str = SUBJECT, version: int = 1) -> str:
    with as_vault():
        return Identity.objects.defer(None).get(subject=subject, version=version).sealed


@pytest.mark.django_db(transaction=True)
def test_e1_what_is_kept_opens_with_the_vaults_key_and_holds_nothing_in_the_open() -> None:
    make_sealed()
    text = sealed_text()
    suite, key, _rest = text.split(".")
    assert (suite, key) == ("HPKE-X25519-SHA256-AES256GCM", ring.private_ring().newest)
    assert not any(word in text for word in WHO.values())
    opened = ring.private_ring().open(text, about=envelope.about(SUBJECT, "identity", 1))
    assert opened == WHO


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "about", [("JB-other", "identity", 1), (SUBJECT, "payout", 1), (SUBJECT, "identity", 2)], ids=str
)
def test_e1_a_row_moved_to_another_subject_kind_or_version_does_not_open(about: tuple[str, str, int]) -> None:
    make_sealed()
    with pytest.raises(envelope.Damaged):
        ring.private_ring().open(sealed_text(), about=envelope.about(*about))


@pytest.mark.django_db(transaction=True)
def test_e1_a_text_that_was_changed_does_not_open() -> None:
    make_sealed()
    text = sealed_text()
    at = len(text) // 2
    changed = text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
    for broken in (changed, text[:-8], text.replace("HPKE", "NONE"), text.rpartition(".")[0] + ".", "nothing"):
        with pytest.raises((envelope.Damaged, ring.LostKey)):
            ring.private_ring().open(broken, about=envelope.about(SUBJECT, "identity", 1))


@pytest.mark.django_db(transaction=True)
def test_a_later_version_stands_beside_the_earlier_one() -> None:
    make_sealed()
    seal(SUBJECT, {"name": "钱举报", "phone": "13900000000"}, place="990101")
    seal(SUBJECT, {"holder": "钱举报", "account": "6222000011112222"}, place="990101", kind="payout")
    rows = Identity.objects.filter(subject=SUBJECT).values_list("kind", "version")
    assert list(rows) == [("identity", 1), ("identity", 2), ("payout", 1)]
    about = envelope.about(SUBJECT, "identity", 2)
    with as_vault():
        later = Identity.objects.defer(None).get(kind="identity", version=2).sealed
    assert ring.private_ring().open(later, about=about)["phone"] == "13900000000"


def test_e1_the_length_of_a_sealed_text_does_not_tell_the_length_of_a_name() -> None:
    public = ring.private_ring().published().newest
    lengths = {len(envelope.seal({"name": "王" * number}, public, about="x")) for number in (1, 2, 20, 100)}
    assert len(lengths) == 1


def test_only_a_day_is_kept_and_nothing_goes_into_the_chain_or_the_history() -> None:
    entries, changes = Entry.objects.count(), RowChange.objects.count()
    make_sealed()
    make_sealed(phone="13900000000")
    assert (Entry.objects.count(), RowChange.objects.count()) == (entries, changes)
    moments = {"DateTimeField", "TimeField"}
    assert not any(field.get_internal_type() in moments for field in Identity._meta.fields)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT sealed FROM vault_identity",
        "SELECT * FROM vault_identity",
        "UPDATE vault_identity SET sealed = ''",
        "UPDATE vault_identity SET subject = 'JB-other'",
        "INSERT INTO vault_identity SELECT * FROM vault_identity",
        "COPY vault_identity TO STDOUT",
        "INSERT INTO vault_reading (opening_id, by_id, at, entry) VALUES (1, 1, now(), 1)",
        "DELETE FROM vault_opening",
        "UPDATE vault_openingevent SET note = ''",
    ],
)
def test_e1_the_sites_own_role_can_neither_read_nor_change_what_it_has_sealed(statement: str) -> None:
    make_sealed()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT password FROM institutions_account",
        "UPDATE vault_opening SET state = 'approved'",
        "UPDATE vault_identity SET subject = 'JB-other'",
        "DELETE FROM vault_identity",
        "DELETE FROM audit_entry",
        "SELECT * FROM django_session",
        "SELECT * FROM institutions_secondfactor",
    ],
)
def test_the_vaults_role_reads_no_more_than_it_must_and_approves_nothing(statement: str) -> None:
    with (
        as_vault(), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(),
        connection.cursor() as cursor,
    ):  # fmt: skip
        cursor.execute(statement)


def test_without_a_vaults_key_nothing_is_kept_and_the_refusal_says_so(settings: Settings) -> None:
    settings.VAULT_PUBLIC_KEYS_FILE.unlink()
    with pytest.raises(NoVaultKey, match="no vault yet"):
        make_sealed()
    assert issubclass(NoVaultKey, Refused)
    assert not is_kept(SUBJECT)


def test_what_is_empty_or_far_too_long_is_refused() -> None:
    for what in ({"name": " "}, {"name": "x" * 9000}):
        with pytest.raises(VaultRefused):
            make_sealed(**what)


def test_erasing_takes_all_versions_and_is_written_down_without_a_name() -> None:
    make_sealed()
    make_sealed(phone="13900000000")
    seal(SUBJECT, {"account": "6222000011112222"}, place="990101", kind="payout")
    make_sealed("JB-other")
    assert erase(SUBJECT) == 3
    assert not is_kept(SUBJECT)
    assert not is_kept(SUBJECT, "payout")
    assert is_kept("JB-other")
    assert RowChange.objects.filter(table="vault_identity").count() == 0
    last = Entry.objects.latest("number")
    assert (last.act, last.subject, last.facts) == ("identity", SUBJECT, {"what": "erased", "rows": 3})
    assert erase(SUBJECT) == 0
    assert openings(SUBJECT) == []


def test_what_goes_to_another_place_is_asked_for_there() -> None:
    make_sealed()
    hand_over(SUBJECT, place=make_division("990201").pk)
    assert Identity.objects.get().place_id == "990201"
