"""F1: whatever is done to the chain by whoever owns the database is found, and located."""

import json
import random
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import translation

from supervision import sealing
from supervision.audit import anchors, chain, verifying
from supervision.audit.models import Act
from tests.audit import tampering
from tests.audit.tampering import WAYS, every_right, rows, write

ENTRIES = 400
ACTS = (Act.EXPORT, Act.HEARING, Act.SIGN_IN, Act.LEDGER)


@pytest.fixture(autouse=True)
def keys_and_notes_of_its_own(transactional_db: None, settings: LazySettings, tmp_path: Path) -> None:
    settings.FUND_HOME, settings.AUDIT_KEYS_FILE = tmp_path, tmp_path / "keys"


@pytest.fixture
def whole() -> list[tampering.Row]:
    return noted(ENTRIES)


def noted(entries: int) -> list[tampering.Row]:
    """A chain with its notes outside: of its end, and of one place in the middle, as every five minutes."""
    for place in range(entries):
        chain.record(ACTS[place % 4], f"account{place % 7}", f"finding {place}", rows=place, note="记录")
        if place == entries // 2:
            anchors.note()
    anchors.note()
    assert list(verifying.breaks()) == []
    return rows()


def first_break() -> int | None:
    return next((place.number for place in verifying.breaks()), None)


@pytest.mark.parametrize(("entries", "tamperings"), [(300, 100), pytest.param(2_000, 1_000, marks=pytest.mark.faults)])
def test_f1_random_tamperings_are_each_found_and_located(entries: int, tamperings: int) -> None:
    whole = noted(entries)
    seed = random.SystemRandom().getrandbits(32)
    print(f"seed {seed}")
    chance, missed, done = random.Random(seed), [], set()
    for turn in range(tamperings):
        one = tampering.tampering(whole, chance)
        with every_right():
            write(whole, one.after)
            found = first_break()
        if found != one.first:
            missed.append(f"seed {seed}, {turn}: {one.how} at {one.first}, found {found}")
        done.add(one.how)
    assert missed == []
    assert done <= {way.__name__ for way in WAYS}
    assert first_break() is None


def test_f1_several_tamperings_are_each_named(whole: list[tampering.Row]) -> None:
    after = [dict(row) for row in whole if row["number"] not in (200, 201, 202)]
    after[99]["account"] = after[299]["account"] = "mallory"
    with every_right():
        write(whole, after)
        found = {(place.number, place.what) for place in verifying.breaks()}
    assert {number for number, _what in found} == {100, 200, 303}


WORDS = {
    "en": (f"{ENTRIES} entries, unbroken", "3: missing up to entry 4"),
    "zh-hans": (f"{ENTRIES} 条记录，未见中断", "3: 缺失至第 4 条"),
}


@pytest.mark.parametrize("language", WORDS)
def test_f1_the_command_tells_an_auditor_where_and_ends_with_one(
    whole: list[tampering.Row], capsys: pytest.CaptureFixture[str], language: str
) -> None:
    unbroken, missing = WORDS[language]
    with translation.override(language):
        call_command("verify_audit")
        assert unbroken in capsys.readouterr().out
        with every_right():
            write(whole, [row for row in whole if row["number"] not in (3, 4)])
            with pytest.raises(CommandError) as told:
                call_command("verify_audit")
            assert told.value.returncode == 1
            assert f"\n{missing}\n" in capsys.readouterr().out
            with pytest.raises(CommandError):
                call_command("verify_audit", "--json")
    found = json.loads(capsys.readouterr().out)
    assert [(place["number"], place["certain"]) for place in found["breaks"]] == [(3, True)]


def test_f1_without_the_keys_the_command_does_not_say_that_all_is_well(
    whole: list[tampering.Row], settings: LazySettings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.AUDIT_KEYS_FILE = tmp_path / "another" / "keys"
    with pytest.raises(CommandError, match="not at hand") as told, translation.override("en"):
        call_command("verify_audit")
    assert told.value.returncode == 2
    assert f"1–{ENTRIES}: is signed with a key that is not at hand" in capsys.readouterr().out


def test_f1_former_keys_still_prove_what_they_signed(whole: list[tampering.Row], settings: LazySettings) -> None:
    sealing.keep(chain.ring().with_a_new_key(), settings.AUDIT_KEYS_FILE)
    entry = chain.record(Act.EXPORT, "li")
    assert entry.signature.startswith(f"{chain.ring().newest}:")
    assert entry.signature[:8] != str(whole[0]["signature"])[:8]
    assert list(verifying.breaks()) == []


def test_entries_of_before_there_was_a_key_are_taken_as_they_are(whole: list[tampering.Row]) -> None:
    with every_right(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET signature = '' WHERE number <= 10")
        anchors.place().write_text(anchors.place().read_text().replace("signed 1\n", "signed 11\n"))
        assert list(verifying.breaks()) == []
        cursor.execute("UPDATE audit_entry SET signature = '' WHERE number = 11")
        assert [place.number for place in verifying.breaks()] == [11]
