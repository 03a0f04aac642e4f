"""Files on the disk, sealed from their first byte: what comes is sealed piece by piece before it is written.

A sealed file is its key's id, then frames: a frame is its length, a nonce, and AES-256-GCM over what it holds. Each is
bound to the file's mark, its own number, and whether it is the last: none can be cut off, moved or taken from another.
"""

import hashlib
import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils import timezone

from supervision.sealing import NONCE, SUITE, NotOpened

from .keys import files

FRAME = 1 << 20  # bytes of a frame of what is kept; a frame of what comes is as long as what came
LENGTH = struct.Struct(">I")
KEY_ID = 16


@dataclass(frozen=True)
class Written:
    """What was written: its bytes before sealing, and their digest."""

    size: int
    digest: str


def folder(name: str) -> Path:
    # Beside the other files, not among them: what no FileField names is swept from there.
    made = settings.FUND_HOME / "gate" / name
    made.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Path(made)


def coming(mark: str) -> Path:
    return folder("parts") / mark


def kept(mark: str) -> Path:
    return folder("kept") / mark


def unfinished(mark: str) -> Path:
    return folder("kept") / f"{mark}.new"


def seal(mark: str, number: int, content: bytes, *, last: bool, key: str = "") -> bytes:
    nonce, name = os.urandom(NONCE), key or files().newest
    sealed = AESGCM(files().key(name)).encrypt(nonce, content, about(mark, number, last))
    return LENGTH.pack(NONCE + len(sealed)) + nonce + sealed


def about(mark: str, number: int, last: bool) -> bytes:
    return f"{SUITE} gate {mark} {number} {'last' if last else 'more'}".encode()


def append(mark: str, content: bytes, *, number: int, stored: int, last: bool) -> int:
    """Put a piece behind what surely lies there (what a killed try left is cut off); its new length."""
    path = coming(mark)
    with path.open("r+b" if path.exists() else "w+b") as file:
        if number == 0:
            file.write(files().newest.encode().ljust(KEY_ID))
            stored = KEY_ID
        file.seek(0)
        key = file.read(KEY_ID).strip().decode()
        file.truncate(stored)
        file.seek(stored)
        file.write(seal(mark, number, content, last=last, key=key))
        at_rest(file)
        stored = file.tell()
    if number == 0:
        with_its_name(path.parent)
    without_time(path)
    return stored


def pieces(path: Path, mark: str, *, whole: bool = True) -> Iterator[bytes]:
    """What a sealed file holds; NotOpened where anything of it was changed, moved or cut off."""
    with path.open("rb") as file:
        key, end, number = file.read(KEY_ID).strip().decode(), path.stat().st_size, 0
        cipher = AESGCM(files().key(key))
        while head := file.read(LENGTH.size):
            (length,) = LENGTH.unpack(head.ljust(LENGTH.size))
            frame = file.read(min(length, end))
            last = whole and file.tell() >= end
            try:
                yield cipher.decrypt(frame[:NONCE], frame[NONCE:], about(mark, number, last))
            except (InvalidTag, ValueError):
                raise NotOpened(mark[:8]) from None
            number += 1
    if number == 0:
        raise NotOpened(mark[:8])


def keep(mark: str, content: Iterable[bytes]) -> Written:
    """Write what is kept, sealed, all of it or nothing; it lies on the disk for sure when this returns."""
    path, part = kept(mark), unfinished(mark)
    try:
        with part.open("wb") as file:
            written = sealed_into(file, mark, content)
            at_rest(file)
    except BaseException:
        part.unlink(missing_ok=True)  # what it was made of turned out to be no whole file
        raise
    without_time(part)
    part.replace(path)
    with_its_name(path.parent)
    return written


def sealed_into(file: BinaryIO, mark: str, content: Iterable[bytes]) -> Written:
    found, size = hashlib.sha256(), 0
    file.write(files().newest.encode().ljust(KEY_ID))
    for number, (piece, last) in enumerate(ending(framed(content))):
        found.update(piece)
        size += len(piece)
        file.write(seal(mark, number, piece, last=last))
    return Written(size, found.hexdigest())


def framed(content: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in frames of one length, but for the last."""
    waiting = bytearray()
    for piece in content:
        waiting += piece
        while len(waiting) >= FRAME:
            yield bytes(waiting[:FRAME])
            del waiting[:FRAME]
    yield bytes(waiting)


def ending(frames: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each with whether it is the last."""
    before = next(frames)
    for frame in frames:
        yield before, False
        before = frame
    yield before, True


def remove(mark: str) -> None:
    for path in (coming(mark), kept(mark), unfinished(mark)):
        path.unlink(missing_ok=True)


def without_time(path: Path) -> None:
    """The day alone stays on a file: to the second it would tell when somebody sent it."""
    midnight = datetime.combine(timezone.localdate(), time.min, timezone.get_current_timezone()).timestamp()
    os.utime(path, (midnight, midnight))


def at_rest(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def with_its_name(place: Path) -> None:
    """A file's name is on the disk for sure only when its folder is."""
    opened = os.open(place, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
