"""How entries are added, and that the app can only add."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supervision.audit import anchors, chain, verifying
from supervision.audit.models import Act, Entry


@pytest.fixture(autouse=True)
def anchors_of_its_own(settings: LazySettings, tmp_path: Path) -> None:
    settings.FUND_HOME, settings.AUDIT_KEYS_FILE = tmp_path, tmp_path / "keys"


def acts(number: int) -> None:
    for place in range(number):
        chain.record(Act.EXPORT, "li", "findings", rows=place)


def places() -> list[int]:
    return [found.number for found in verifying.breaks()]


@pytest.mark.django_db
def test_f1_entries_are_numbered_without_gaps_and_hang_on_one_another() -> None:
    acts(5)
    entries = list(Entry.objects.order_by("number"))
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.before for entry in entries] == ["", *(entry.hash for entry in entries[:-1])]
    assert places() == []


@pytest.mark.django_db
def test_f1_an_act_that_is_taken_back_leaves_no_gap() -> None:
    acts(1)
    with transaction.atomic():
        chain.record(Act.RUN, "li")
        transaction.set_rollback(True)
    acts(1)
    assert [entry.number for entry in Entry.objects.order_by("number")] == [1, 2]


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(
    text=st.text(max_size=300),
    number=st.integers(-(2**63), 2**63),
    words=st.lists(st.text(max_size=20), max_size=3),
)
def test_f1_whatever_people_type_can_be_written_down_and_proved(text: str, number: int, words: list[str]) -> None:
    entry = chain.record(
        Act.SIGN_IN_REFUSED, text, text, typed=text, number=number, words=words, nothing=None, yes=True
    )
    entry.refresh_from_db()
    assert chain.digest(entry) == entry.hash


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET act = 'run'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"]
)
def test_f1_the_apps_role_can_only_add(statement: str) -> None:
    acts(1)
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.django_db
def test_a_note_is_taken_once() -> None:
    acts(1)
    anchors.note()
    anchors.note()
    assert list(anchors.noted()) == [1]
    assert anchors.signed_from() == 1
