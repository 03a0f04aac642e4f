"""What was laid aside is taken in its order; what cannot be taken holds up nothing."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from institutions.models import Institution
from supervision.review import reviewing
from supervision.review.gateway import waiting
from supervision.review.models import Key, Message, Remark
from tests.review.messages import FOR_WOMEN, INSTITUTION, asking, encounter, order, sent

pytestmark = pytest.mark.usefixtures("hospital")


@pytest.fixture(autouse=True)
def key(hospital: Institution) -> Key:
    return Key.objects.create(institution=hospital, number=1)


@pytest.fixture(autouse=True)
def spool(settings: Settings, tmp_path: Path) -> Path:
    settings.FUND_HOME = tmp_path
    waiting._counted[:] = [0.0, 0.0]
    return waiting.folder()


def lay_aside(*msgids: str) -> None:
    for number, msgid in enumerate(msgids):
        waiting.lay_aside(sent(asking(encounter(order(), order(2, FOR_WOMEN)), msgid=msgid)), INSTITUTION, 1)
        latest = max(waiting.folder().glob("*.json"), key=lambda file: file.stat().st_ctime_ns)
        os.utime(latest, ns=(number, number))


def apart() -> list[str]:
    return [file.read_text() for file in waiting.apart().glob("*.reason")]


def test_they_are_taken_in_their_order_and_once() -> None:
    lay_aside("c", "a", "b")
    assert (waiting.take_up(), waiting.take_up()) == (3, 0)
    assert list(Message.objects.order_by("pk").values_list("msgid", flat=True)) == ["c", "a", "b"]
    assert Remark.objects.count() == 3


def test_a_few_at_a_time_leave_the_others() -> None:
    lay_aside("c", "a", "b")
    assert [waiting.take_up(2) for _ in range(3)] == [2, 1, 0]


def test_the_same_message_laid_aside_again_keeps_its_place() -> None:
    lay_aside("c", "a")
    waiting.lay_aside(sent(asking(encounter(order(), order(2, FOR_WOMEN)), msgid="c")), INSTITUTION, 1)
    waiting.take_up()
    assert list(Message.objects.order_by("pk").values_list("msgid", flat=True)) == ["c", "a"]


def test_one_that_cannot_be_taken_holds_up_nothing_and_is_set_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    real = reviewing.take

    def take(body: bytes, *, institution: str) -> Any:
        if b'"bad"' in body:
            raise ZeroDivisionError("of no kind that was foreseen")
        return real(body, institution=institution)

    monkeypatch.setattr(reviewing, "take", take)
    lay_aside("a", "bad", "b")
    assert waiting.take_up() == 2
    assert apart() == []
    assert [waiting.take_up() for _ in range(waiting.MOST_TRIES)] == [0] * waiting.MOST_TRIES
    (reason,) = apart()
    assert "ZeroDivisionError: of no kind that was foreseen" in reason
    assert [file.name for file in waiting.folder().iterdir()] == [".lock"]


def test_what_is_refused_is_set_apart_with_its_reason(hospital: Institution) -> None:
    waiting.lay_aside(sent(asking(encounter(order(cnt=0)))), INSTITUTION, 1)
    assert waiting.take_up() == 0
    (reason,) = apart()
    assert "cnt is not above 0" in reason


def test_what_came_under_a_closed_key_is_set_apart(key: Key) -> None:
    key.closed_at = timezone.now()
    key.save()
    waiting.lay_aside(sent(asking(msgid="after")), INSTITUTION, 1)
    waiting.lay_aside(sent(asking(msgid="never opened")), INSTITUTION, 2)
    assert waiting.take_up() == 0
    assert apart() == ["the key was closed, or never opened\n"] * 2
    assert not Message.objects.exists()


def test_what_came_before_a_key_was_closed_is_taken(key: Key) -> None:
    lay_aside("before")
    key.closed_at = timezone.now()
    key.save()
    assert waiting.take_up() == 1


def test_more_than_may_wait_pass_all_the_same(settings: Settings) -> None:
    settings.REVIEW_SPOOL = 1
    lay_aside("a")
    answer = waiting.let_pass(sent(asking(msgid="b")), institution=INSTITUTION, key=1)
    assert (answer["infcode"], answer["output"]) == (0, {"result": []})
    assert len(list(waiting.folder().glob("*.json"))) == 1


def test_a_full_disk_lets_pass_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_about: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    answer = waiting.let_pass(sent(asking()), institution=INSTITUTION, key=1)
    assert (answer["infcode"], answer["output"]) == (0, {"result": []})
    assert list(waiting.folder().iterdir()) == []


def test_in_a_hurry_a_message_is_told_by_its_kind_alone() -> None:
    wrong = sent(asking(encounter(order(cnt=0))))
    assert waiting.let_pass(wrong, institution=INSTITUTION, key=1)["infcode"] == -1
    assert waiting.let_pass(wrong, institution=INSTITUTION, key=1, unread=True)["output"] == {"result": []}
    assert waiting.let_pass(b'{"infno": "2204"', institution=INSTITUTION, key=1, unread=True)["output"] == {}
