"""Settled encounters go to the warehouse: gathered into the files of a batch, which the ordinary intake takes in.

A batch, its files and what they hold of each encounter are noted in one transaction, so a claim goes in once however
often this is cut off. What has changed since, or was undone, has its batch issued anew: the new one ends the old one.
"""

import csv
import os
import shutil
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from claims import intake
from claims.models import Batch, BatchFile
from supervision.locks import one_at_a_time
from supervision.review.models import Encounter, Settlement

from .national_tables import TABLES
from .recounting import recount

PROFILE = "national"
MOST = 1000  # encounters of a batch
LOCK = 0x67617468  # 'gath'; a number of our own among PostgreSQL's advisory locks
AGAIN = timedelta(minutes=15)  # a batch that failed (a full disk, say) is issued anew after that
LEFT = 3600  # seconds after which files that no batch names are nobody's

OWED = Q(version__gt=F("taken_version"))


def folder() -> Path:
    return Path(settings.FUND_HOME) / "gathered"


def gather() -> list[Batch]:
    """Make the batches that are owed: first what has changed in those that are in, then what is new."""
    _forget_left()
    changed = Encounter.objects.filter(OWED | Q(batch__status=Batch.Status.FAILED), batch__isnull=False)
    made = [_issued_anew(number) for number in sorted(set(changed.values_list("batch", flat=True)))]
    while batch := _issued():
        made.append(batch)
    return [batch for batch in made if batch is not None]


@transaction.atomic
def _issued() -> Batch | None:
    """The next batch of encounters that were settled and are in no batch yet."""
    one_at_a_time(LOCK)
    settled = Exists(Settlement.objects.standing().filter(encounter=OuterRef("pk")))
    new = Encounter.objects.filter(OWED, settled, batch=None)
    found = new.order_by("pk")[:MOST]
    # The tables of diagnoses and operations name no institution: a number stands for one encounter of a batch.
    numbered = {encounter.number: encounter for encounter in reversed(found)}
    return _made(list(numbered.values()), replaces=None) if numbered else None


@transaction.atomic
def _issued_anew(number: int) -> Batch | None:
    """A batch with the present state of all its encounters. Those that were undone are left out, if need be all."""
    one_at_a_time(LOCK)
    batch = Batch.objects.get(pk=number)
    if batch.status in Batch.UNDERWAY:
        return None
    if batch.status == Batch.Status.FAILED and batch.finished_at and batch.finished_at > timezone.now() - AGAIN:
        return None
    counting = _counting(batch)
    if counting and counting.ended_by.filter(status__in=Batch.UNDERWAY).exists():
        return None
    found = list(Encounter.objects.filter(batch=batch).order_by("pk"))
    return _made(found, replaces=counting) if found else None


def _counting(batch: Batch | None) -> Batch | None:
    """The batch that counts for these encounters: where the last one failed, the one before it."""
    while batch is not None and batch.status == Batch.Status.FAILED:
        batch = batch.replaces
    return batch if batch and batch.status == Batch.Status.LOADED else None


def _made(found: Sequence[Encounter], *, replaces: Batch | None) -> Batch | None:
    """A batch of these encounters as they stand, and the note in each of them that it took this version.

    Hospitals go on telling meanwhile: what changes while the files are written is above this version, and owed again.
    """
    place = _write(found, replaces)
    batch = intake.make([place], profile=PROFILE, replaces=replaces) if place else None
    for encounter in found:
        encounter.batch, encounter.taken_version = batch, encounter.version
    Encounter.objects.bulk_update(found, ["batch", "taken_version"], batch_size=500)
    return batch


def _write(found: Sequence[Encounter], replaces: Batch | None) -> Path | None:
    """The national tables of these encounters, safe on disk; nothing where there is nothing to say."""
    told = recount(found)
    if not told and replaces is None:
        return None
    place = folder() / f"hospitals-{timezone.localtime():%Y%m%d-%H%M%S}-{uuid4().hex[:8]}"
    place.mkdir(mode=0o700, parents=True)
    for name, rows_of in TABLES.items():
        rows = [row for one in told for row in rows_of(one)]
        if rows:
            _write_table(place / f"{name}.csv", list(rows[0]), [list(row.values()) for row in rows])
    if not told and replaces is not None:
        # No claim is left. The name of a further column keeps it apart from other batches that hold nothing.
        _write_table(place / "mdtrt_d.csv", [*HEADER, f"in_place_of_{replaces.pk}"], [])
    _sync(place)
    return place


HEADER = ("mdtrt_id", "fixmedins_code", "psn_no", "med_type", "begntime")


def _write_table(file: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with file.open("w", newline="", encoding="utf-8") as table:
        writer = csv.writer(table)
        writer.writerow(header)
        writer.writerows(rows)
        table.flush()
        os.fsync(table.fileno())


def _sync(place: Path) -> None:
    for one in (place, place.parent):
        opened = os.open(one, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _forget_left() -> None:
    """Remove the files of gatherings that were cut off before their batch was noted."""
    for place in folder().glob("*"):
        old = time.time() - place.stat().st_mtime > LEFT
        if old and not BatchFile.objects.filter(path__startswith=f"{place.absolute()}{os.sep}").exists():
            shutil.rmtree(place, ignore_errors=True)
