"""E3: keys change while citizens write and the desk reads, and nobody fails to read anything."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from supervision import sealing
from supervision.audit.models import RowChange
from supervision.complaints import resealing, talking
from supervision.complaints.models import Complaint, Message
from supervision.words import ring
from tests.complaints.building import FACTS, ComplaintDesk, concluded, make_complaint

ROWS = 40


@pytest.fixture(autouse=True)
def keys(settings: Settings, tmp_path: Path) -> Path:
    file = tmp_path / "complaint keys"
    settings.COMPLAINT_KEYS_FILE = file
    settings.MESSAGES_A_DAY = 1_000_000  # whoever writes here does nothing else
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


@contextmanager
def meanwhile(*acts: Callable[[], object]) -> Iterator[None]:
    """Others go on with this in threads of their own, and nothing of it fails."""
    failed: list[str] = []
    done = threading.Event()

    def going(act: Callable[[], object]) -> None:
        try:
            while not done.is_set():
                act()
        except Exception as error:
            failed.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=going, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join(30)
    assert failed == []


@pytest.mark.django_db(transaction=True)
def test_e3_under_load_no_read_fails_and_no_word_is_lost(desk_of_complaints: ComplaintDesk) -> None:
    first, *_others = [make_complaint(facts=f"story {number}") for number in range(ROWS)]
    reads, said = [0], [0]

    def read() -> None:
        reads[0] += sum(one.facts.startswith("story") for one in Complaint.objects.all())

    def write() -> None:
        said[0] += 1
        talking.say(first, f"word {said[0]}", once=str(said[0]))

    with meanwhile(read, read, write):
        for _turn in range(3):
            call_command("rotate_complaint_keys", verbosity=0)
    assert reads[0] > ROWS
    call_command("rotate_complaint_keys", "--forget", verbosity=0)
    assert {message.words for message in Message.objects.all()} == {f"word {number + 1}" for number in range(said[0])}
    assert all(one.facts.startswith("story") for one in Complaint.objects.all())


# --- As many as a province has in years --------------------------------------------------------------

REPORTS, A_REPORT = 20_000, 5  # three sealed columns of each report, and two messages


def fill() -> tuple[int, int]:
    """A hundred thousand sealed texts under the present key; the first and the last report's number."""
    like = make_complaint()
    Complaint.objects.filter(pk=like.pk).delete()
    for first in range(0, REPORTS, 1000):
        rows = Complaint.objects.bulk_create([copied(like, first + number) for number in range(1000)])
        Message.objects.bulk_create(said(row, words) for row in rows for words in ("once", "again"))
    keys = Complaint.objects.order_by("pk").values_list("pk", flat=True)
    return keys[0], keys[REPORTS - 1]


def copied(like: Complaint, number: int) -> Complaint:
    """A report as it would have been filed, without taking it in."""
    row = Complaint(
        number=f"JB-990101-2026-{number:08}", mark=f"mark {number}", kind=like.kind, received_on=like.received_on,
        place=like.place, about=like.about, state=like.state, digest=like.digest,
    )  # fmt: skip
    row.facts, row.named_as, row.when = f"story {number}", f"name {number}", f"day {number}"
    return row


def said(complaint: Complaint, words: str) -> Message:
    message = Message(complaint=complaint, day=complaint.received_on)
    message.words = f"{words} {complaint.number}"
    return message


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_e3_a_hundred_thousand_texts_are_sealed_anew_while_people_read_and_write(keys: Path) -> None:
    first, last = fill()
    former, chosen, reads, written = keys.read_text(), Random(6), [0], [0]
    assert sum(
        model._default_manager.exclude(**{column.column: ""}).count() for model, column in resealing.columns()
    ) == (REPORTS * A_REPORT)

    def read() -> None:
        start = chosen.randint(first, last)
        for row in Complaint.objects.filter(pk__gte=start).order_by("pk").prefetch_related("messages")[:20]:
            number = int(row.number[-8:])
            assert (row.facts, row.named_as, row.when) == (f"story {number}", f"name {number}", f"day {number}")
            assert {one.words for one in row.messages.all()} >= {f"once {row.number}", f"again {row.number}"}
            reads[0] += 1

    def write() -> None:
        written[0] += 1
        talking.say(Complaint.objects.get(pk=chosen.randint(first, last)), f"word {written[0]}", once=str(written[0]))

    with meanwhile(read, read, write):
        call_command("rotate_complaint_keys", verbosity=0)
        call_command("rotate_complaint_keys", "--forget", verbosity=0)
    assert reads[0] > 1000
    assert resealing.left() == 0
    assert former not in keys.read_text()
    assert all(row.facts == f"story {int(row.number[-8:])}" for row in Complaint.objects.iterator())
    words = {message.words for message in Message.objects.iterator()}
    assert words >= {f"word {number + 1}" for number in range(written[0])}
