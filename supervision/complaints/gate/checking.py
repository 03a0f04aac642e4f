"""What has come whole is checked, cleaned, scanned and kept sealed; what stays of it is what we made of it."""

import io
import os
import threading
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from supervision.documents import pressing, scanning
from supervision.documents.cleaning import JPEG, PDF, PNG, WEBP, NotClean
from supervision.documents.scanning import Verdict
from supervision.sealing import NotOpened

from . import shelf, wiping
from .models import State, Upload
from .recognising import ENOUGH, recognised
from .refusing import REASONS, UploadRefused

AT_ONCE = threading.Semaphore(2)  # of a process's threads: each has another process beside it that may take a gigabyte
REDRAWN = (JPEG, PNG, WEBP, PDF)
STATES = {Verdict.CLEAN: State.KEPT, Verdict.UNKNOWN: State.WAITING}
REFUSED = {"infected": State.INFECTED}


class Busy(Exception):
    """More comes than can be made anew at once: it is done a little later, and shown to nobody before."""


def finish(upload: Upload) -> Upload:
    """Keep a file that has come whole, or raise UploadRefused and keep nothing of it. Again it changes nothing."""
    with transaction.atomic():
        locked = Upload.objects.select_for_update().filter(pk=upload.pk).first()
        if locked is None:
            raise UploadRefused("gone")
        if locked.state != State.COMING:
            return locked  # another request has been quicker
        try:
            if not locked.kind:  # killed when all had come, and before it was written down what it is
                let_in(locked, start_of(locked))
            keep(locked, shelf.pieces(shelf.coming(locked.mark), locked.mark))
        except Busy:
            return laid_aside(locked)
        except UploadRefused as refusal:
            refused = refusal
        except (NotOpened, FileNotFoundError):  # not what came lies on the disk: no report waits for it
            refused = UploadRefused("damaged")
        else:
            transaction.on_commit(lambda: shelf.coming(locked.mark).unlink(missing_ok=True))
            return locked
        locked.delete()
        transaction.on_commit(lambda: shelf.remove(locked.mark))
    raise refused


def start_of(upload: Upload) -> bytes:
    """As much of what has come as tells what it is."""
    start, whole = b"", upload.offset == upload.size
    for piece in shelf.pieces(shelf.coming(upload.mark), upload.mark, whole=whole):
        start += piece[: ENOUGH - len(start)]
        if len(start) >= ENOUGH:
            break
    return start


def let_in(upload: Upload, start: bytes) -> None:
    """What its first bytes prove it to be, if that may be so long; or UploadRefused."""
    what = recognised(start)
    limit = settings.GATE_LIMITS[what.kind]
    if upload.size > limit:
        raise UploadRefused(what.kind, limit >> 20)
    upload.kind, upload.media_type = what.kind, what.media_type


def laid_aside(upload: Upload) -> Upload:
    """Its pieces lie sealed on the disk; `make_anew` takes it up from there."""
    upload.state = State.CAME
    upload.save()
    return upload


def keep(upload: Upload, came: Iterable[bytes], *, waits: bool = False) -> None:
    """The sealed file is on the disk before the row says so. Busy where no hand is free, unless it waits for one."""
    if upload.media_type in REDRAWN:
        upload.media_type, content = redrawn(came, upload.media_type, waits=waits)
    else:
        content = wiping.wiped(upload.media_type, came, upload.size)
    written = shelf.keep(upload.mark, content)
    verdict = scanning.scan(shelf.pieces(shelf.kept(upload.mark), upload.mark))
    if verdict == Verdict.INFECTED:
        raise UploadRefused("infected")
    upload.state, upload.digest = STATES[verdict], written.digest
    upload.size = upload.offset = upload.stored = written.size
    upload.save()


def redrawn(came: Iterable[bytes], media_type: str, *, waits: bool) -> tuple[str, Iterator[bytes]]:
    """A picture or a PDF made anew by another process, in files that have no name and vanish with us."""
    if not AT_ONCE.acquire(blocking=waits):
        raise Busy
    try:
        return redrawn_now(came, media_type)
    finally:
        AT_ONCE.release()


def redrawn_now(came: Iterable[bytes], media_type: str) -> tuple[str, Iterator[bytes]]:
    given, copy = nameless(), nameless()
    with given:
        given.writelines(came)
        given.flush()
        try:
            kind = pressing.made(given.fileno(), copy.fileno(), among=[media_type])
        except NotClean as problem:
            copy.close()
            code = problem.code if problem.code in REASONS else "damaged"
            raise UploadRefused(code, problem.detail) from problem
    return kind, read(copy)


def nameless() -> BinaryIO:
    """A file in memory: what a killed process leaves behind of a photograph is nothing."""
    return os.fdopen(os.memfd_create("gate"), "w+b")


def read(file: BinaryIO) -> Iterator[bytes]:
    with file:
        file.seek(0, io.SEEK_SET)
        while piece := file.read(shelf.FRAME):
            yield piece


def make_anew(upload: Upload) -> None:
    """What was laid aside is made anew. What cannot be read is not kept, and its row says so to who sent it."""
    with transaction.atomic():
        locked = Upload.objects.select_for_update(skip_locked=True).filter(pk=upload.pk, state=State.CAME).first()
        if locked is None:
            return  # another is at it
        mark = locked.mark
        try:
            keep(locked, shelf.pieces(shelf.coming(mark), mark), waits=True)
        except UploadRefused as refusal:
            locked.state, locked.stored = REFUSED.get(refusal.code, State.DAMAGED), 0
            locked.save()
            transaction.on_commit(lambda: shelf.remove(mark))
        else:
            transaction.on_commit(lambda: shelf.coming(mark).unlink(missing_ok=True))


def scan_again(upload: Upload) -> Upload:
    """Ask the scanner about a file that waits for it."""
    verdict = scanning.scan(shelf.pieces(shelf.kept(upload.mark), upload.mark))
    if verdict != Verdict.UNKNOWN:
        state = State.KEPT if verdict == Verdict.CLEAN else State.INFECTED
        Upload.objects.filter(pk=upload.pk, state=State.WAITING).update(state=state)
        upload.state = state
    return upload
