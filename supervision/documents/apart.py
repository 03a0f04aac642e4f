"""Has another process make a file's harmless copy: what breaks a reader of files breaks nothing of the site."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

from django.conf import settings

from .cleaning import NotClean

ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "TZ", "VIRTUAL_ENV")  # nothing that opens a store
CLEANING = "supervision.documents.cleaning"
PATIENCE = 90  # seconds

log = logging.getLogger(__name__)


def made(came: Path, kept: Path, *, among: Collection[str], descriptors: Collection[int] = ()) -> str:
    """The kind of the copy that was made, or NotClean. Files without a name are handed over by their descriptors."""
    try:
        child = subprocess.run(
            [sys.executable, "-m", CLEANING, came, kept, str(settings.ATTACHMENT_MEGAPIXELS), *among],
            cwd=settings.BASE_DIR, capture_output=True, timeout=PATIENCE, stdin=subprocess.DEVNULL, check=False,
            pass_fds=tuple(descriptors), env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise NotClean("slow") from None
    if child.returncode != 0 or not child.stdout:
        log.warning("a file's copy ended with %s: %s", child.returncode, child.stderr.decode("utf-8", "replace")[-500:])
        raise NotClean("bomb")  # it was stopped for what it wanted
    said: dict[str, str] = json.loads(child.stdout)
    if "refused" in said:
        raise NotClean(said["refused"], said.get("detail", ""))
    return said["kind"]
