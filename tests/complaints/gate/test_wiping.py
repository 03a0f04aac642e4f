"""E2: sound and film keep what was recorded, and nothing of where, when and by whom."""

import io
import wave

import pytest

from supervision.complaints.gate import wiping
from supervision.complaints.gate.recognising import recognised
from supervision.complaints.gate.refusing import UploadRefused
from tests.complaints.gate import recordings
from tests.complaints.gate.recordings import NAME, PLACE, RECORDINGS, SECOND

BOXES = [kind for kind in RECORDINGS if kind != "audio/amr"]  # no length is told of it


def wiped(content: bytes, step: int = 1 << 20) -> bytes:
    pieces = [content[start : start + step] for start in range(0, len(content), step)]
    return b"".join(wiping.wiped(recognised(content).media_type, pieces, len(content)))


@pytest.mark.parametrize("kind", RECORDINGS)
def test_it_is_recognised_by_its_content(kind: str) -> None:
    assert recognised(RECORDINGS[kind]).media_type == kind


@pytest.mark.parametrize("kind", RECORDINGS)
def test_place_day_and_name_are_gone_and_what_was_recorded_stays(kind: str) -> None:
    kept = wiped(RECORDINGS[kind])
    for told in (PLACE, NAME, SECOND):
        assert told not in kept
    assert any(one in kept for one in (b"picture", b"so" * 9, b"s" * 31, b"sound" * 40))
    assert recognised(kept).media_type == kind


@pytest.mark.parametrize("kind", RECORDINGS)
def test_it_does_not_matter_in_which_pieces_it_came(kind: str) -> None:
    assert wiped(RECORDINGS[kind], 7) == wiped(RECORDINGS[kind])


@pytest.mark.parametrize("kind", BOXES)
def test_what_is_cut_off_is_refused(kind: str) -> None:
    whole = RECORDINGS[kind]
    cut = whole[:40] if kind in ("audio/wav", "audio/mpeg") else whole[:-3]
    with pytest.raises(UploadRefused, match="cannot be read to its end"):
        wiped(cut)


def test_a_sound_still_plays() -> None:
    with wave.open(io.BytesIO(wiped(recordings.wav()))) as sound:
        assert sound.readframes(800) == b"so" * 800


@pytest.mark.parametrize("kind", [kind for kind in RECORDINGS if kind != "audio/mpeg"])
def test_nothing_moves(kind: str) -> None:
    assert len(wiped(RECORDINGS[kind])) == len(RECORDINGS[kind])


def test_what_stands_behind_the_last_box_is_refused() -> None:
    with pytest.raises(UploadRefused):
        wiped(recordings.film(more=b"PK\x03\x04 an archive of programs"))
