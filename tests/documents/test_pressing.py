"""Copies made by children of a waiting process: bounded, told nothing of the site, and none of them takes the next along."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from supervision.documents import pressing
from supervision.documents.apart import ENVIRONMENT
from supervision.documents.cleaning import JPEG, PDF, PNG, NotClean
from tests.hearing import hostile


@pytest.fixture(autouse=True)
def ended() -> Iterator[None]:
    yield
    for press in pressing._presses:
        press.end()
    pressing._presses.clear()


def made(content: bytes, *among: str) -> tuple[str, bytes]:
    with os.fdopen(os.memfd_create("came"), "w+b") as came, os.fdopen(os.memfd_create("kept"), "w+b") as kept:
        came.write(content)
        came.flush()
        kind = pressing.made(came.fileno(), kept.fileno(), among=among or (JPEG, PNG, PDF))
        kept.seek(0)
        return kind, kept.read()


def test_a_picture_is_drawn_anew_and_a_document_written_anew() -> None:
    assert made(hostile.picture("JPEG"))[0] == JPEG
    assert made(hostile.pdf())[0] == PDF


def test_what_is_refused_is_refused_by_its_code_and_the_next_is_made() -> None:
    with pytest.raises(NotClean, match="unknown"):
        made(b"MZ no picture at all")
    assert made(hostile.picture("PNG"))[0] == PNG


def test_many_at_once_each_get_their_own() -> None:
    pictures = [hostile.picture("JPEG"), hostile.picture("PNG")] * 20
    with ThreadPoolExecutor(8) as pool:
        kinds = [kind for kind, _copy in pool.map(made, pictures)]
    assert kinds == [JPEG, PNG] * 20


def test_no_descriptor_and_no_child_stays_behind() -> None:
    made(hostile.picture("JPEG"))
    process = Path(f"/proc/{pressing.press().process.pid}")
    places = Path("/proc/self/fd"), process / "fd"
    before = [len(list(place.iterdir())) for place in places]
    for _turn in range(20):
        made(hostile.picture("JPEG"))
    time.sleep(0.2)
    assert [len(list(place.iterdir())) for place in places] == before
    assert (process / "task" / process.name / "children").read_text() == ""


def test_the_waiting_process_is_told_nothing_of_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    environment = Path(f"/proc/{pressing.press().process.pid}/environ").read_bytes()
    names = {line.partition(b"=")[0].decode() for line in environment.split(b"\0") if line}
    assert names <= {*ENVIRONMENT, *pressing.LARGE_PAGES}


def test_one_that_was_killed_is_started_anew() -> None:
    made(hostile.picture("JPEG"))
    first = pressing.press().process
    os.kill(first.pid, signal.SIGKILL)
    first.wait(10)
    assert made(hostile.picture("JPEG"))[0] == JPEG
    assert pressing.press().process.pid != first.pid


def test_it_ends_with_whoever_asked() -> None:
    press = pressing.press()
    press.line.close()
    assert press.process.wait(10) == 0
