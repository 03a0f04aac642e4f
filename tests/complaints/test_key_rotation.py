"""E3: keys change while citizens write and the desk reads, and nobody fails to read anything."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from supervision import sealing
from supervision.audit.models import RowChange
from supervision.complaints import resealing, talking
from supervision.complaints.content import ring
from supervision.complaints.models import Complaint, Message
from tests.complaints.building import FACTS, ComplaintDesk, concluded, make_complaint

ROWS = 40


@pytest.fixture(autouse=True)
def keys(settings: Settings, tmp_path: Path) -> Path:
    file = tmp_path / "complaint keys"
    settings.COMPLAINT_KEYS_FILE = file
    return file


@pytest.mark.django_db
def test_e3_everything_is_sealed_anew_and_read_as_before(keys: Path, desk_of_complaints: ComplaintDesk) -> None:
    complaint = concluded(make_complaint(named_as="张医生", when="去年"), desk_of_complaints)
    talking.say(complaint, "还有", once="1")
    former = keys.read_text()
    call_command("rotate_complaint_keys", verbosity=0)
    assert keys.read_text().endswith(former)
    assert resealing.left() == 0
    call_command("rotate_complaint_keys", "--forget", verbosity=0)
    assert former not in keys.read_text()
    complaint = Complaint.objects.get()
    assert (complaint.facts, complaint.named_as, complaint.when) == (FACTS, "张医生", "去年")
    assert complaint.messages.last().words == "还有"  # type: ignore[union-attr]
    assert complaint.events.exclude(words_sealed="").first().words  # type: ignore[union-attr]


@pytest.mark.django_db
def test_e3_every_sealed_column_is_known() -> None:
    """A column of sealed words that no descriptor names would be left under its old key for ever."""
    known = {(model._meta.label, column.column) for model, column in resealing.columns()}
    assert ("complaints.Complaint", "facts_sealed") in known
    assert ("complaints.Forgetting", "why_sealed") in known
    assert ("rewards.RewardEvent", "words_sealed") in known


@pytest.mark.django_db
def test_a_former_key_that_is_still_needed_is_not_forgotten(keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_complaint()
    sealing.keep(ring().with_a_new_key(), keys)
    monkeypatch.setattr(resealing, "reseal", lambda: 0)  # as if all of it had been written behind its back
    with pytest.raises(CommandError, match="run it again"):
        call_command("rotate_complaint_keys", "--forget", verbosity=0)
    assert len(ring().keys) == 2


@pytest.mark.django_db
def test_a_ring_in_the_environment_is_not_written_to(settings: Settings, keys: Path) -> None:
    settings.COMPLAINT_KEYS = str(sealing.Ring((sealing.fresh(), sealing.fresh())))
    make_complaint()
    with pytest.raises(CommandError, match="COMPLAINT_KEYS"):
        call_command("rotate_complaint_keys", "--forget", verbosity=0)
    assert not keys.exists()


@pytest.mark.django_db
def test_e3_row_history_keeps_no_text_under_the_former_key() -> None:
    complaint = make_complaint()
    former = complaint.facts_sealed
    call_command("rotate_complaint_keys", verbosity=0)
    assert not any(former in str(change.before) for change in RowChange.objects.all())


@pytest.mark.django_db(transaction=True)
def test_e3_under_load_no_read_fails_and_no_word_is_lost(desk_of_complaints: ComplaintDesk) -> None:
    first, *_others = [make_complaint(facts=f"story {number}") for number in range(ROWS)]
    failed: list[str] = []
    done, reads, said = threading.Event(), [0], [0]

    def in_a_thread(act: Any) -> threading.Thread:
        def going() -> None:
            try:
                while not done.is_set():
                    act()
            except Exception as error:
                failed.append(repr(error))
            finally:
                connection.close()

        thread = threading.Thread(target=going)
        thread.start()
        return thread

    def read() -> None:
        reads[0] += sum(one.facts.startswith("story") for one in Complaint.objects.all())

    def write() -> None:
        said[0] += 1
        talking.say(first, f"word {said[0]}", once=str(said[0]))

    threads = [in_a_thread(read), in_a_thread(read), in_a_thread(write)]
    for _turn in range(3):
        call_command("rotate_complaint_keys", verbosity=0)
    done.set()
    for thread in threads:
        thread.join(30)
    assert failed == []
    assert reads[0] > ROWS
    call_command("rotate_complaint_keys", "--forget", verbosity=0)
    assert {message.words for message in Message.objects.all()} == {f"word {number + 1}" for number in range(said[0])}
    assert all(one.facts.startswith("story") for one in Complaint.objects.all())
