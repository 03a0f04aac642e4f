"""Files whose transaction failed after they were written: no row names them, and they are removed.

A file is written before its row, so that no row ever names a file that is not there. Whatever fails in between, or is
killed, leaves the file behind; its number is free again, and the next letter takes it.
"""

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models

from supervision.audit.chain import record
from supervision.audit.models import Act

AFTER = timedelta(hours=2)  # longer than any task may take (CELERY_TASK_TIME_LIMIT), and so any transaction
AT_ONCE = 500


def remove() -> int:
    """Remove what was left behind, each with its record; how many files those were."""
    removed = 0
    for names in chunks():
        for name in sorted(names - named(names)):
            default_storage.delete(name)
            record(Act.DOCUMENT, "", name, what="removed a file that no row names")
            removed += 1
    return removed


def chunks() -> Iterator[set[str]]:
    """The names of files that no transaction can still be about to name, some hundred at a time."""
    root, before = Path(default_storage.path("")), time.time() - AFTER.total_seconds()
    found: set[str] = set()
    for folder, _folders, files in os.walk(root):
        for name in files:
            path = Path(folder) / name
            if path.stat().st_mtime < before:
                found.add(path.relative_to(root).as_posix())
            if len(found) == AT_ONCE:
                yield found
                found = set()
    if found:
        yield found


def named(names: set[str]) -> set[str]:
    """Which of these files stand in some row, of whichever app."""
    found: set[str] = set()
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            if isinstance(column, models.FileField):
                rows = model._base_manager.filter(**{f"{column.name}__in": names})
                found |= set(rows.values_list(column.name, flat=True))
    return found
