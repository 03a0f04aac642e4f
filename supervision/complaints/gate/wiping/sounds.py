"""Sound: WAV, MP3, AMR and Ogg, each without the places in which players and telephones write notes."""

import struct
from collections.abc import Iterator

from supervision.complaints.gate.recognising import speech
from supervision.complaints.gate.refusing import UploadRefused

from .coming import Coming

TAIL = 128 << 10  # bytes behind an MP3's last frame in which players write notes
PAGE = 27  # bytes of the head of an Ogg page


def chunks(coming: Coming) -> Iterator[bytes]:
    """WAV: what is neither its form nor its sound becomes empty."""
    yield coming.take(12)
    sound = False
    while coming.left >= 8:
        head = coming.take(8)
        name, length = struct.unpack("<4sI", head)
        sound = sound or name == b"data"
        length = min(length + length % 2, coming.left) if name == b"data" else length + length % 2
        kept = name in (b"fmt ", b"fact", b"data")
        yield head if kept else b"JUNK" + head[4:]
        yield from coming.through(length) if kept else coming.blank(length)
    if not sound:
        raise UploadRefused("damaged")
    yield bytes(coming.left)


def frames(coming: Coming) -> Iterator[bytes]:
    """MP3: from its first frame to the notes that some programs put at its end."""
    while coming.peek(3) == b"ID3":
        head = coming.take(10)
        length = sum((one & 127) << 7 * (3 - at) for at, one in enumerate(head[6:]))
        for _piece in coming.through(length):
            pass
    if not speech(coming.peek(4096)):
        raise UploadRefused("damaged")
    yield from coming.through(max(coming.left - TAIL, 0))
    yield without_tail(coming.take(coming.left))


def without_tail(tail: bytes) -> bytes:
    for mark in (b"APETAGEX", b"LYRICSBEGIN", b"TAG+"):
        tail = tail.partition(mark)[0]
    return tail[:-128] if tail[-128:-125] == b"TAG" else tail


def speech_frames(coming: Coming) -> Iterator[bytes]:
    """AMR has no place for notes."""
    yield from coming.through(coming.left)


def pages(coming: Coming) -> Iterator[bytes]:
    """Ogg: the second packet of a sound is a comment; its lines are counted as none, and overwritten."""
    packets = 0
    while coming.left:
        head = coming.take(PAGE)
        if head[:4] != b"OggS":
            raise UploadRefused("damaged")
        lacing = coming.take(head[26])
        content = coming.take(sum(lacing))
        if packets < 2:
            content = uncommented(content) if packets == 1 else content
            packets += sum(one < 255 for one in lacing)
        yield summed(head + lacing + content)


def uncommented(content: bytes) -> bytes:
    """Opus and Vorbis say alike who wrote it and how many lines follow."""
    for mark, end in ((b"OpusTags", b""), (b"\x03vorbis", b"\1")):
        if content.startswith(mark):
            nobody = mark + bytes(8) + end
            following = content.find(b"\x05vorbis") if end else -1
            stop = following if following > 0 else len(content)
            return nobody[:stop].ljust(stop, b"\0") + content[stop:]
    return bytes(len(content))


def summed(page: bytes) -> bytes:
    """A page with its check sum, as Ogg works it out."""
    found = 0
    blank = page[:22] + bytes(4) + page[26:]
    for one in blank:
        found = (found << 8 & 0xFFFFFFFF) ^ SUMS[(found >> 24) ^ one]
    return blank[:22] + struct.pack("<I", found) + blank[26:]


def sums() -> list[int]:
    made = []
    for one in range(256):
        found = one << 24
        for _bit in range(8):
            found = (found << 1 ^ 0x04C11DB7 if found & 0x80000000 else found << 1) & 0xFFFFFFFF
        made.append(found)
    return made


SUMS = sums()
