"""What hospitals sent while nobody could review: laid aside on disk, and taken in its order as soon as somebody can.

A hospital goes on treating meanwhile: it is answered that nothing was found. Nobody asks for the review again. What
cannot be taken at all is kept apart with its reason, so that it holds up nothing.
"""

import datetime as dt
import fcntl
import hashlib
import logging
import os
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone

from supervision.review import reviewing
from supervision.review.asking.library import NothingKnown
from supervision.review.messages import ASKING, MessageRefused, read
from supervision.review.models import Key

ASKED = re.compile(rb'"infno"\s*:\s*"?\s*(' + "|".join(ASKING).encode() + rb")\b")
MOST_TRIES = 5
COUNTED_EVERY = 5.0  # seconds between counts of what waits

log = logging.getLogger(__name__)
_counted = [0.0, 0.0]  # when, and how many waited then
_counting = threading.Lock()


def folder() -> Path:
    return Path(settings.FUND_HOME) / "review" / "waiting"


def apart() -> Path:
    return Path(settings.FUND_HOME) / "review" / "apart"


# --- Laying aside ---------------------------------------------------------------------------------------


def let_pass(body: bytes, *, institution: str, key: int, unread: bool = False) -> reviewing.Answer:
    """Answer that nothing was found, and keep the message for later. What cannot be read is refused as ever.

    Unless there is no time to read it: then it is told apart by its kind alone, and is refused later, on the page of
    the institution.
    """
    begun = timezone.localtime()
    try:
        asking = bool(ASKED.search(body)) if unread else read(body).envelope.infno in ASKING
    except MessageRefused as refusal:
        return reviewing.envelope(begun, "", 0, error=str(refusal))
    try:
        lay_aside(body, institution, key)
    except OSError:
        log.exception("A message of %s could not even be laid aside", institution)
    return reviewing.envelope(begun, "", 0, output={"result": []} if asking else {})


def come_again(seconds: int) -> reviewing.Answer:
    """Refuse in words, where that was chosen instead."""
    return reviewing.envelope(timezone.localtime(), "", 0, error=f"现在无法审核，请{seconds}秒后重发")


def lay_aside(body: bytes, institution: str, key: int) -> None:
    """The file's name says whose it is, and by which key; the same message again is the same file, in its place."""
    home = folder()
    if _waiting() >= settings.REVIEW_SPOOL:
        raise OSError(f"{settings.REVIEW_SPOOL} messages wait already")
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = home / f"{institution}.{key}.{hashlib.sha256(body).hexdigest()}.json"
    if place.exists():
        return
    part = home / f".{uuid4().hex}"
    try:
        with part.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        part.rename(place)
        _counted[1] += 1
    finally:
        part.unlink(missing_ok=True)


def _waiting() -> int:
    """How many wait, as counted some moments ago; one thread counts, for all are in a hurry."""
    if _counting.acquire(blocking=False):
        try:
            if time.monotonic() - _counted[0] > COUNTED_EVERY:
                _counted[:] = [time.monotonic(), float(_count())]
        finally:
            _counting.release()
    return int(_counted[1])


def _count() -> int:
    return sum(file.suffix == ".json" for file in folder().iterdir()) if folder().exists() else 0


# --- Taking up ------------------------------------------------------------------------------------------


def take_up(most: int | None = None) -> int:
    """Take what waits, the oldest first; how many were taken. One process at a time."""
    with _alone() as first:
        if not first:
            return 0
        taken = 0
        for file in _in_order()[:most]:
            try:
                taken += _take(file)
            except NothingKnown:
                break
            except Error as why:
                if not _database_answers():
                    break
                _try_later(file, why)
            except Exception as why:
                _try_later(file, why)
        return taken


def _take(file: Path) -> bool:
    institution, key, *_digest = file.name.split(".")
    if not _was_open(institution, int(key), file):
        _set_apart(file, "the key was closed, or never opened")
        return False
    answer = reviewing.take(file.read_bytes(), institution=institution)
    if answer["err_msg"]:
        _set_apart(file, str(answer["err_msg"]))
        return False
    file.unlink(missing_ok=True)
    _tries(file).unlink(missing_ok=True)
    return True


def _was_open(institution: str, number: int, file: Path) -> bool:
    """Whether the key was open when the message came: nobody had asked then."""
    came = dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC)
    key = Key.objects.filter(institution=institution, number=number).first()
    return key is not None and (key.closed_at is None or key.closed_at > came)


def _in_order() -> list[Path]:
    with os.scandir(folder()) as found:  # thousands may wait, and messages wait while they are looked through
        came = [(one.stat().st_mtime_ns, one.name) for one in found if one.name.endswith(".json")]
    return [folder() / name for _moment, name in sorted(came)]


def _tries(file: Path) -> Path:
    """A line for each time that it could not be taken."""
    return file.with_suffix(".tries")


def _try_later(file: Path, why: Exception) -> None:
    """It holds up nothing: the next one follows, and after some tries it is set apart."""
    log.error("A message that waited could not be taken: %s", file.name, exc_info=why)
    tries = _tries(file)
    with tries.open("a") as lines:
        lines.write(f"{timezone.now().isoformat()} {type(why).__name__}: {why}\n")
    if len(tries.read_text().splitlines()) >= MOST_TRIES:
        _set_apart(file, tries.read_text().rstrip())


def _set_apart(file: Path, reason: str) -> None:
    log.error("A message that waited is set apart, %s: %s", file.name, reason)
    apart().mkdir(mode=0o700, parents=True, exist_ok=True)
    (apart() / file.with_suffix(".reason").name).write_text(f"{reason}\n")
    file.rename(apart() / file.name)
    _tries(file).unlink(missing_ok=True)


def _database_answers() -> bool:
    try:
        connection.close_if_unusable_or_obsolete()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        connection.close()
        return False
    return True


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether no other process is at it."""
    if not folder().exists():
        yield False
        return
    with (folder() / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
