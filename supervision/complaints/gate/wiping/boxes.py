"""MP4 and its kin: boxes in boxes. Notes become empty boxes of the same length, so that nothing else moves."""

import struct
from collections.abc import Iterator

from supervision.complaints.gate.refusing import UploadRefused

from .coming import Coming

HEADERS = 64 << 20  # bytes of the tables of a film of hours
HOLDING = {b"moov", b"trak", b"mdia", b"moof", b"traf"}  # boxes that hold boxes, of those in which notes can stand
NOTES = {b"udta", b"meta", b"uuid", b"free", b"skip", b"wide", b"id32"}
TIMED = {b"mvhd", b"tkhd", b"mdhd"}  # they say to the second when it was recorded


def boxes(coming: Coming) -> Iterator[bytes]:
    """The file's own boxes, one after another."""
    seen: set[bytes] = set()
    while coming.left:
        head, length, name = box_head(coming.peek(16), coming.left)
        seen.add(name)
        coming.take(len(head))
        if name in NOTES:
            yield head[:4] + b"free" + head[8:]
            yield from coming.blank(length - len(head))
        elif name in HOLDING:
            if length > HEADERS:
                raise UploadRefused("damaged")
            yield head + within(coming.take(length - len(head)))
        else:
            yield head
            yield from coming.through(length - len(head))
    if b"moov" not in seen:
        raise UploadRefused("damaged")


def box_head(start: bytes, left: int) -> tuple[bytes, int, bytes]:
    """A box's head, its whole length and its name."""
    if len(start) < 8:
        raise UploadRefused("damaged")
    length, name = struct.unpack(">I4s", start[:8])
    head = start[:8]
    if length == 1:  # it is longer than four bytes can say
        head = start[:16]
        length = int.from_bytes(head[8:].ljust(8, b"\0"), "big")
    elif length == 0:  # it goes on to the end
        length = left
    if not len(head) <= length <= left or not name.isascii():
        raise UploadRefused("damaged")
    return head, length, name


def within(content: bytes) -> bytes:
    """A box's boxes, without notes and times."""
    made, place = bytearray(content), 0
    while len(content) - place >= 8:
        head, length, name = box_head(content[place : place + 16], len(content) - place)
        inside = slice(place + len(head), place + length)
        if name in NOTES:
            made[place + 4 : place + 8] = b"free"
            made[inside] = bytes(length - len(head))
        elif name in HOLDING:
            made[inside] = within(content[inside])
        elif name in TIMED:
            width = 16 if content[inside][:1] == b"\1" else 8
            made[inside.start + 4 : inside.start + 4 + width] = bytes(width)
        place += length
    return bytes(made)
