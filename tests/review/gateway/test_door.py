"""Nobody waits longer than was agreed: then a message passes, or is refused in words, and is reviewed later."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from institutions.models import Institution
from supervision.review import reviewing
from supervision.review.asking import library
from supervision.review.gateway import door, signing, waiting
from supervision.review.models import Key, Message
from tests.review.messages import INSTITUTION, asking, sent


@pytest.fixture
def key(hospital: Institution) -> Key:
    return Key.objects.create(institution=hospital, number=1)


@pytest.fixture
def one_thread(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A door with one thread, whose reviews hang until the event."""
    settings.FUND_HOME, settings.REVIEW_AT_ONCE, settings.REVIEW_PATIENCE = tmp_path, 1, 50
    ended, load = threading.Event(), door._Load()

    def take(body: bytes, *, institution: str) -> Any:
        ended.wait()
        return {"infcode": 0, "err_msg": None, "output": {"result": ["reviewed"]}}

    monkeypatch.setattr(door, "_load", load)
    monkeypatch.setattr(library, "is_watched", lambda: True)
    monkeypatch.setattr(reviewing, "take", take)
    monkeypatch.setattr(signing, "check_open", lambda *_about: None)
    waiting._counted[:] = [0.0, 0.0]
    yield ended
    ended.set()
    load._threads.shutdown()


def ask(msgid: str = "a") -> door.Reply:
    body = sent(asking(msgid=msgid))
    return door.answer({"HTTP_AUTHORIZATION": signing.sign(f"{INSTITUTION}.1", body)}, body)


def test_a_review_that_hangs_lets_pass_and_comes_later(one_thread: threading.Event) -> None:
    reply = ask()
    assert (reply.status, reply.said["infcode"], reply.said["output"]) == (200, 0, {"result": []})
    assert len(list(waiting.folder().glob("*.json"))) == 1


def test_behind_one_that_hangs_others_pass_too(one_thread: threading.Event) -> None:
    assert [ask(msgid).said["output"] for msgid in "abc"] == [{"result": []}] * 3
    assert len(list(waiting.folder().glob("*.json"))) == 3


def test_whoever_would_wait_in_vain_does_not_wait(one_thread: threading.Event, settings: Settings) -> None:
    settings.REVIEW_PATIENCE = 60_000
    door._load.waiting, door._load.usual = 100, 1.0
    assert ask().said["output"] == {"result": []}


def test_where_it_was_chosen_a_system_is_told_to_come_again(one_thread: threading.Event, settings: Settings) -> None:
    settings.REVIEW_FALLBACK = "refuse"
    reply = ask()
    assert (reply.status, reply.headers) == (503, {"Retry-After": "5"})
    assert (reply.said["infcode"], reply.said["err_msg"]) == (-1, "现在无法审核，请5秒后重发")
    assert not waiting.folder().exists()


def test_a_review_in_time_is_the_answer(one_thread: threading.Event) -> None:
    one_thread.set()
    assert ask().said["output"] == {"result": ["reviewed"]}
    assert door._load.waiting == 0


def test_what_is_not_signed_is_refused_though_nobody_is_free(one_thread: threading.Event) -> None:
    reply = door.answer({}, sent(asking()))
    assert (reply.status, "WWW-Authenticate" in reply.headers) == (401, True)


@pytest.mark.django_db(transaction=True)
def test_before_anything_is_known_messages_pass(key: Key, settings: Settings, tmp_path: Path, monkeypatch: Any) -> None:
    settings.FUND_HOME = tmp_path
    monkeypatch.setattr(library._here, "watched", True)
    assert ask().said["output"] == {"result": []}
    assert not Message.objects.exists()
    library.forget()
    assert waiting.take_up() == 1


def hang_up() -> None:
    """Each thread gives its connection back, or the database cannot be emptied."""
    time.sleep(0.1)  # so that the other thread comes to it, too
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_message_passes_through_its_own_thread(key: Key, settings: Settings, monkeypatch: Any) -> None:
    """As a server does it: several at once, each on a connection of its own."""
    settings.REVIEW_AT_ONCE, settings.REVIEW_PATIENCE = 2, 60_000
    load = door._Load()
    monkeypatch.setattr(door, "_load", load)
    monkeypatch.setattr(library, "is_watched", lambda: True)
    replies: list[door.Reply] = []
    senders = [threading.Thread(target=lambda name=name: replies.append(ask(name))) for name in "abcd"]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    for one in [load._threads.submit(hang_up) for _ in range(2)]:
        one.result()
    assert [reply.said["infcode"] for reply in replies] == [0] * 4
    assert Message.objects.count() == 4


def test_a_fault_of_ours_lets_pass_and_is_told_in_the_log(
    one_thread: threading.Event, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_body: bytes, *, institution: str) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(reviewing, "take", fails)
    assert ask().said["output"] == {"result": []}
    assert len(list(waiting.folder().glob("*.json"))) == 1
    assert "ZeroDivisionError" in caplog.text
