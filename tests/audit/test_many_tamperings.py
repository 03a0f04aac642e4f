"""F1 on tens of thousands of acts of every kind: 1,000 random tamperings are each found and located.

The entries are read once and tampered with in memory, and the verifier that the command runs is given what was made of
them; tests/audit/test_tampering.py does the same in the database, as its owner would.
"""

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection, transaction

from supervision.audit import anchors, chain, keeping, verifying
from supervision.audit.models import Act, RowChange
from supervision.services.owner import as_owner
from tests.audit import tampering
from tests.audit.tampering import WAYS
from tests.builders import make_division, make_institution

KINDS = [act for act in Act if act != Act.ROWS]


@pytest.fixture(autouse=True)
def keys_and_notes_of_its_own(transactional_db: None, settings: LazySettings, tmp_path: Path) -> None:
    settings.FUND_HOME, settings.AUDIT_KEYS_FILE = tmp_path, tmp_path / "keys"


def population(entries: int, changes: int) -> list[tampering.Row]:
    """Acts of every kind, with facts as acts have them; the history of rows is taken in among them."""
    chance = random.Random(entries)
    for start in range(0, entries, 1_000):
        with transaction.atomic():
            for place in range(start, min(start + 1_000, entries)):
                words = "记录 “" + "x" * chance.randrange(80)
                chain.record(
                    KINDS[place % len(KINDS)], f"account{place % 97}", f"finding {place}", rows=place, note=words,
                    done=place % 2 == 0, lines=[place, 2],
                )  # fmt: skip
        anchors.note()
    hospital = make_institution()
    for number in range(changes):
        hospital.name_zh = f"第{number}医院"
        hospital.save()
    keeping.take_in()
    anchors.note()
    assert list(verifying.breaks()) == []
    return tampering.rows()


def first_break(whole: list[tampering.Row]) -> int | None:
    rows = (tuple(row[column] for column in verifying.COLUMNS) for row in whole)
    return next((place.number for place in verifying.breaks_among(rows)), None)


@pytest.mark.parametrize(
    ("entries", "tamperings"), [(2_000, 60), pytest.param(30_000, 1_000, marks=pytest.mark.faults)]
)
def test_f1_tamperings_with_a_large_chain_are_each_found_and_located(entries: int, tamperings: int) -> None:
    whole = population(entries, changes=300)
    seed = random.SystemRandom().getrandbits(32)
    chance, missed, done = random.Random(seed), [], set()
    for turn in range(tamperings):
        one = tampering.tampering(whole, chance)
        found = first_break(one.after)
        if found != one.first:
            missed.append(f"seed {seed}, {turn}: {one.how} at {one.first}, found {found}")
        done.add(one.how)
    assert missed == []
    assert tamperings < 1_000 or done == {way.__name__ for way in WAYS}
    assert first_break(whole) is None


@pytest.mark.parametrize("tries", [25])
def test_f1_notes_that_were_forged_name_the_entry_that_they_are_about(tries: int) -> None:
    population(600, changes=1)
    chance, written = random.Random(tries), anchors.place().read_text()
    for _turn in range(tries):
        lines = written.splitlines()
        place = chance.choice([number for number, line in enumerate(lines) if not line.startswith("signed")])
        number = int(lines[place].split()[0])
        lines[place] = f"{number} {chance.getrandbits(256):064x}"
        anchors.place().write_text("\n".join(lines) + "\n")
        assert number in {one.number for one in verifying.breaks()}
    anchors.place().write_text(written)
    assert list(verifying.breaks()) == []


@contextmanager
def every_right() -> Iterator[None]:
    """As the owner of the history of rows, with its triggers switched off; taken back at the end."""
    with as_owner(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_rowchange DISABLE TRIGGER USER")
        yield
        transaction.set_rollback(True)


def tamper_with_history(numbers: list[int], chance: random.Random) -> int:
    """Change, delete, swap or make up a row of history; the number of the first that is no longer as it was."""
    number = chance.choice(numbers[:-1])
    columns = [field.column for field in RowChange._meta.fields if not field.primary_key]
    rest = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        match chance.choice(["edit", "who", "delete", "swap", "copy"]):
            case "edit":
                said = json.dumps({"name_zh": "mallory"})
                cursor.execute("UPDATE audit_rowchange SET before = %s WHERE number = %s", [said, number])
            case "who":
                cursor.execute("UPDATE audit_rowchange SET account = 424242 WHERE number = %s", [number])
            case "delete":
                cursor.execute("DELETE FROM audit_rowchange WHERE number = %s", [number])
            case "swap":
                cursor.execute(
                    "UPDATE audit_rowchange SET before = (SELECT before FROM audit_rowchange WHERE number = %s) "
                    "WHERE number = %s", [number + 1, number],
                )  # fmt: skip
            case "copy":
                cursor.execute("DELETE FROM audit_rowchange WHERE number = %s", [number])
                cursor.execute(
                    f"INSERT INTO audit_rowchange (number, {rest}) SELECT %s, {rest} FROM audit_rowchange "
                    f"WHERE number = %s", [number, number + 1],
                )  # fmt: skip
    return number


@pytest.mark.parametrize("tries", [40, pytest.param(500, marks=pytest.mark.faults)])
def test_f1_tamperings_with_the_history_of_rows_are_each_found_and_located(tries: int) -> None:
    make_division("990101")
    population(100, changes=300)
    numbers = sorted(RowChange.objects.values_list("number", flat=True))
    seed = random.SystemRandom().getrandbits(32)
    chance = random.Random(seed)
    for turn in range(tries):
        with every_right():
            number = tamper_with_history(numbers, chance)
            assert [one.number for one in verifying.rows().breaks] == [number], f"seed {seed}, {turn}"
    assert verifying.rows().breaks == []
