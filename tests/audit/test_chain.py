import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supervision.audit import anchors, chain
from supervision.audit.models import Act, Entry
from supervision.services.owner import as_owner


@pytest.fixture(autouse=True)
def anchors_of_its_own(settings: LazySettings, tmp_path: Path) -> None:
    settings.FUND_HOME = tmp_path


def acts(number: int) -> None:
    for place in range(number):
        chain.record(Act.EXPORT, "li", "findings", rows=place)


def places() -> list[int]:
    return [found.number for found in chain.breaks()]


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


TAMPERINGS: dict[str, tuple[str, list[int]]] = {
    "edited": ("UPDATE audit_entry SET account = 'wu' WHERE number = 4", [4]),
    "moment shifted": ("UPDATE audit_entry SET at = replace(at, ':', ';') WHERE number = 1", [1]),
    "facts edited": ("UPDATE audit_entry SET facts = '{\"rows\": 0}' WHERE number = 7", [7]),
    "deleted": ("DELETE FROM audit_entry WHERE number = 3", [3]),
    "first ones deleted": ("DELETE FROM audit_entry WHERE number < 3", [1]),
    "deleted and renumbered": (
        """DELETE FROM audit_entry WHERE number = 3;
        UPDATE audit_entry SET number = number - 1 WHERE number > 3""",
        [3, 3, 4, 5, 6, 7, 8, 9, 10],
    ),
    "swapped": (
        """UPDATE audit_entry SET number = 99 WHERE number = 5;
        UPDATE audit_entry SET number = 5 WHERE number = 6;
        UPDATE audit_entry SET number = 6 WHERE number = 99""",
        [5, 5, 6, 6, 7],
    ),
    "tail cut": ("DELETE FROM audit_entry WHERE number > 8", [9]),
    "emptied": ("DELETE FROM audit_entry", [1]),
}


@pytest.fixture
def ten(transactional_db: None) -> None:
    acts(10)
    anchors.note()


def tamper(statement: str) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("how", TAMPERINGS)
def test_f1_a_tampering_is_found_and_located(ten: None, how: str) -> None:
    statement, expected = TAMPERINGS[how]
    tamper(statement)
    assert places() == expected


def test_f1_rewriting_the_chain_from_an_entry_on_shows_against_the_notes_outside(ten: None) -> None:
    tamper("UPDATE audit_entry SET account = 'wu' WHERE number = 4")
    with as_owner():
        before = Entry.objects.get(number=3).hash
        for entry in Entry.objects.filter(number__gt=3).order_by("number"):
            entry.before = before
            entry.hash = before = chain.digest(entry)
            entry.save()
    assert places() == [10]


def test_f1_appends_from_many_sides_at_once_make_one_chain(transactional_db: None) -> None:
    def work() -> None:
        acts(25)
        connection.close()

    sides = [threading.Thread(target=work) for _ in range(4)]
    for side in sides:
        side.start()
    for side in sides:
        side.join()
    assert Entry.objects.count() == 100
    assert places() == []


def test_f1_the_command_names_the_place_of_a_break(ten: None, capsys: Any) -> None:
    call_command("verify_audit")
    assert "10 entries, unbroken" in capsys.readouterr().out
    tamper("DELETE FROM audit_entry WHERE number = 3")
    with pytest.raises(CommandError):
        call_command("verify_audit")
    assert capsys.readouterr().out.startswith("3: ")


@pytest.mark.django_db
def test_a_note_is_taken_once() -> None:
    acts(1)
    anchors.note()
    anchors.note()
    assert len(anchors.place().read_text().splitlines()) == 1
