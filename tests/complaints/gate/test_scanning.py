"""H1: with a scanner nothing is downloaded before it was scanned, whether it is stopped, slow or talks nonsense."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from supervision.complaints.gate import keeping, tasks
from supervision.complaints.gate.models import State, Upload
from supervision.complaints.gate.refusing import UploadRefused
from supervision.documents import scanning
from tests.complaints.gate.fake_clamd import EICAR, Clamd, running
from tests.complaints.gate.recordings import film
from tests.complaints.gate.sent import given, on_disk
from tests.hearing import hostile

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(settings: Settings) -> Iterator[Path]:
    folder = tempfile.mkdtemp()  # a socket's path is short
    path = Path(folder) / "clamd"
    settings.CLAMAV = f"unix:{path}"
    yield path
    shutil.rmtree(folder)


@pytest.fixture
def clamd(address: Path) -> Iterator[Clamd]:
    with running(address) as started:
        yield started


def opens(upload: Upload) -> bool:
    upload.refresh_from_db()
    try:
        return bool(keeping.opened(upload)) and bool(keeping.download(upload))
    except keeping.NotReady:
        return False


def test_what_is_clean_is_kept_and_it_was_our_copy_that_was_scanned(clamd: Clamd) -> None:
    upload = given(film())
    assert (upload.state, clamd.seen) == (State.KEPT, [keeping.opened(upload)])


@pytest.mark.django_db(transaction=True)
def test_what_is_infected_is_refused_in_words_and_not_kept(clamd: Clamd) -> None:
    with pytest.raises(UploadRefused, match="virus scanner found something"):
        given(film(more=b"\0\0\0\x4cmdat" + EICAR), "clip.mp4")
    assert (Upload.objects.count(), on_disk()) == (0, {})


def test_while_it_is_stopped_files_wait_and_go_with_their_report(address: Path) -> None:
    upload = given(hostile.picture())
    assert [one.state for one in keeping.claim([upload.token], subject="JB-1")] == [State.WAITING]
    assert not opens(upload) and not keeping.may_be_shown(upload)
    tasks.scan()
    assert not opens(upload)
    with running(address):
        tasks.scan()
    assert opens(upload)


@pytest.mark.parametrize("slow", [0.8])
def test_while_it_is_slow_files_wait(clamd: Clamd, slow: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "PATIENCE", 0.2)
    clamd.slow = slow
    assert not opens(given(hostile.picture()))


@pytest.mark.parametrize(
    "says",
    [
        b"stream: OK, I think\0", b"OK\0", b"OK stream: OK\0", b"INSTREAM size limit exceeded. ERROR\0", b"\0", b"\xff" * 9000,
        b"stream: OK\0stream: X FOUND\0", b"stream: \x1b FOUND\0",
    ],
)  # fmt: skip
def test_what_is_no_clear_answer_is_none(clamd: Clamd, says: bytes) -> None:
    clamd.says = says
    upload = given(hostile.picture())
    assert upload.state == State.WAITING and not opens(upload)


def test_what_is_found_later_is_never_downloaded(address: Path) -> None:
    upload = given(film(more=b"\0\0\0\x4cmdat" + EICAR))
    keeping.claim([upload.token], subject="JB-1")
    with running(address):
        tasks.scan()
        upload.refresh_from_db()
        assert upload.state == State.INFECTED and not opens(upload)
        tasks.scan()
    assert not opens(upload)


def test_without_a_scanner_nothing_is_asked(settings: Settings) -> None:
    settings.CLAMAV = ""
    assert scanning.scan([b"x"]) == scanning.Verdict.CLEAN


def test_a_scanner_on_another_machine_that_is_not_there_leaves_files_waiting(settings: Settings) -> None:
    settings.CLAMAV = "127.0.0.1:1"
    assert given(hostile.picture()).state == State.WAITING
