"""What hospitals sent while the database was away: laid aside on disk, and taken as soon as it is back.

A hospital goes on treating meanwhile: it is answered that nothing was found. Nobody asks for the review again.
"""

import hashlib
import logging
import os
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from . import reviewing
from .messages import ASKING, MessageRefused, read

log = logging.getLogger(__name__)


def folder() -> Path:
    return Path(settings.FUND_HOME) / "review" / "waiting"


def let_pass(body: bytes, *, institution: str) -> reviewing.Answer:
    """Answer that nothing was found, and keep the message for later. What cannot be read is refused as ever."""
    begun = timezone.localtime()
    try:
        message = read(body)
    except MessageRefused as refusal:
        return reviewing.envelope(begun, "", 0, error=str(refusal))
    try:
        lay_aside(body, institution)
    except OSError:
        log.exception("A message of %s could not even be laid aside", institution)
    asking = message.envelope.infno in ASKING
    return reviewing.envelope(begun, "", 0, output={"result": []} if asking else {})


def lay_aside(body: bytes, institution: str) -> None:
    """The file's name says whose it is; the same message again is the same file."""
    home = folder()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = home / f".{uuid4().hex}"
    with part.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    part.rename(home / f"{institution}.{hashlib.sha256(body).hexdigest()}.json")


def take_up() -> int:
    """Take what waits, the oldest first; how many were taken. Two at once do no harm: a message counts once."""
    taken = 0
    for file in sorted(folder().glob("*.json"), key=lambda one: one.stat().st_mtime):
        try:
            body = file.read_bytes()
        except FileNotFoundError:  # another worker has just taken it
            continue
        answer = reviewing.take(body, institution=file.name.partition(".")[0])
        if answer["err_msg"]:
            log.warning("A message that waited was refused: %s", answer["err_msg"])
        file.unlink(missing_ok=True)
        taken += 1
    return taken
