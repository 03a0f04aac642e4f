"""What nobody has claimed is erased, and files that no row names are swept."""

import os
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings

from . import shelf, uploading
from .models import Upload, today


def abandoned() -> int:
    """Erase what has waited for its report for too long; how many those were."""
    uploads = list(
        Upload.objects.unclaimed().filter(given_on__lt=today() - timedelta(days=settings.GATE_UNCLAIMED_DAYS))
    )
    for upload in uploads:
        uploading.forget(upload)
    return len(uploads)


def nameless() -> int:
    """Sweep files whose row is gone: a row is always made before its file, so none of these is on its way."""
    swept = 0
    for mark in marks():
        if not Upload.objects.filter(mark=mark).exists():
            shelf.remove(mark)
            swept += 1
    return swept


def marks() -> Iterator[str]:
    for name in ("parts", "kept"):
        with os.scandir(shelf.folder(name)) as found:
            yield from [entry.name.partition(".")[0] for entry in found]
