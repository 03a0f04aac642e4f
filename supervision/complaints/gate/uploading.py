"""Files that come piece by piece, over lines that break: each piece that was acknowledged is never sent again.

The protocol is tus 1.0; its words are in views.py. What lets files begin is a proof of work, or a ticket of our own.
"""

import hashlib
import secrets
import shutil
import time
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from supervision.invisible import IN_A_VALUE
from supervision.sealing import NotOpened

from . import checking, keys, proving, shelf
from .models import Spent, State, Upload
from .recognising import ENOUGH
from .refusing import ProofRefused, UploadRefused

LONGEST_NAME = 120


class OutOfStep(Exception):
    """A piece that does not follow on what has come: its sender asks where to go on."""


def ticket() -> str:
    """Lets so many files begin; for a page without a script, which has waited instead."""
    said = f"{int(time.time()) + settings.PROOF_MINUTES * 60}.{secrets.token_hex(8)}"
    return f"{said}.{keys.proofs().sign(f'files {said}')}"


def use(given: str) -> None:
    """Let one more file begin, or UploadRefused. What is refused has used it, too: each costs us work."""
    until, name = (stands_until(given), given) if "." in given else proved(given)
    for number in range(settings.GATE_FILES_MOST):
        digest = hashlib.sha256(f"{name} {number}".encode()).hexdigest()
        if Spent.objects.spend(digest, until):
            return
    raise UploadRefused("unproved")


def proved(given: str) -> tuple[date, str]:
    """The day on which a proof of work expires, and what tells it from others."""
    try:
        return proving.for_files(given)
    except ProofRefused:
        raise UploadRefused("unproved") from None


def stands_until(given: str) -> date:
    """The day on which a ticket of ours expires, if it has not."""
    said, _dot, signature = given.rpartition(".")
    try:
        ours = given.isascii() and keys.proofs().signed(f"files {said}", signature)
    except NotOpened:
        ours = False
    ends = int(said.split(".")[0]) if ours else 0
    if ends < time.time():
        raise UploadRefused("unproved")
    return timezone.localdate(datetime.fromtimestamp(ends, timezone.get_current_timezone()))


def begin(given: str, *, size: int, name: str) -> Upload:
    """Make room for a file of that size, for whoever has proved good will."""
    if size <= 0:
        raise UploadRefused("empty")
    largest = max(settings.GATE_LIMITS.values())
    if size > largest:
        raise UploadRefused("video", largest >> 20)
    token = secrets.token_urlsafe(24)
    mark = keys.marks(token)[0]
    with transaction.atomic():
        find_room(size)
        use(given)
        upload = Upload.objects.create(mark=mark, size=size, name_sealed=sealed_name(name, mark))
    upload.token = token
    return upload


def begin_with(given: str, content: bytes, *, size: int, name: str) -> Upload:
    """Begin a file with its first piece, which of most photos is the whole."""
    if len(content) == size > 0:
        return whole(given, content, name=name)
    upload = begun = begin(given, size=size, name=name)
    if content:
        upload = append(begun.token, content, offset=0)
        upload.token = begun.token
    return upload


def whole(given: str, content: bytes, *, name: str) -> Upload:
    """A file that comes at once is kept before it is acknowledged, and nothing is written of it as it came.

    Where more come than can be made anew, it is laid aside sealed as those are that come in pieces.
    """
    upload = begin(given, size=len(content), name=name)
    try:
        checking.let_in(upload, content[:ENOUGH])
        checking.keep(upload, [content])
    except checking.Busy:
        take(upload, content)
        return checking.laid_aside(upload)
    except UploadRefused:
        forget(upload)
        raise
    return upload


def find_room(size: int) -> None:
    """What waits for a report is bounded by what has come, not by what was announced: to announce is cheap."""
    waiting = Upload.objects.unclaimed().aggregate(sum=Sum("stored"))["sum"] or 0
    free = shutil.disk_usage(shelf.folder("parts")).free
    if waiting + size > settings.GATE_UNCLAIMED_LIMIT or free - size < settings.GATE_FREE:
        raise UploadRefused("full")


def sealed_name(given: str, mark: str) -> str:
    """What the sender called it, as a line of text: for the desk to read, never used as a name."""
    last = IN_A_VALUE.sub("", given.replace("\\", "/").rpartition("/")[2]).strip(" .")[:LONGEST_NAME]
    return keys.files().seal(last, about=f"name {mark}") if last else ""


def found(token: str) -> Upload:
    """The upload that a token stands for, or UploadRefused."""
    upload = Upload.objects.filter(mark__in=keys.marks(token)).first()
    if upload is None:
        raise UploadRefused("gone")
    return upload


def append(token: str, content: bytes, *, offset: int) -> Upload:
    """Take the next piece: sealed and on the disk before it is acknowledged. With the last the file is checked."""
    with transaction.atomic():
        upload = Upload.objects.select_for_update().get(pk=found(token).pk)
        if upload.state != State.COMING or offset != upload.offset or offset + len(content) > upload.size:
            raise OutOfStep
        if content:
            take(upload, content)
    if not upload.kind and (upload.offset >= ENOUGH or upload.offset == upload.size):
        recognise(upload)
    return checking.finish(upload) if upload.offset == upload.size else upload


def take(upload: Upload, content: bytes) -> None:
    last = upload.offset + len(content) == upload.size
    upload.stored = shelf.append(upload.mark, content, number=upload.frames, stored=upload.stored, last=last)
    upload.frames += 1
    upload.offset += len(content)
    upload.save(update_fields=["stored", "frames", "offset"])


def recognise(upload: Upload) -> None:
    """As soon as enough has come to tell: nobody sends a film to its end to be told that it is too long."""
    try:
        checking.let_in(upload, checking.start_of(upload))
    except UploadRefused:
        forget(upload)
        raise
    upload.save(update_fields=["kind", "media_type"])


def give_up(token: str) -> None:
    """The sender has taken it back; what a report has claimed is part of it and stays."""
    upload = found(token)
    if upload.subject:
        raise UploadRefused("gone")
    forget(upload)


def forget(upload: Upload) -> None:
    """The row first: a file without a row is swept, a row without a file would be a promise."""
    mark = upload.mark
    Upload.objects.filter(pk=upload.pk).delete()
    transaction.on_commit(lambda: shelf.remove(mark))
