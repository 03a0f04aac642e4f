"""Loads folders of lists into the knowledge base, and lays a version of it out for the engines."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from institutions.models.territory import NATION
from supervision.locks import one_at_a_time

from .differing import facts, less, stored
from .laying import relations
from .lists import LISTS
from .models import KnowledgeBatch, List, Point, Proposal, Range
from .reading import CodeRange, Line, LoadRefused, Problem, overlapping, read

__all__ = ["SHIPPED", "LoadRefused", "Problem", "load", "relations", "version"]

SHIPPED = Path(__file__).parent / "lists"
LOCK = 0x6B6E6F77  # one loading at a time


def version() -> int:
    """The number of the newest batch: what rules consult now."""
    return KnowledgeBatch.objects.aggregate(newest=Max("number"))["newest"] or 0


def lock() -> None:
    """One change of what is in force at a time, to the end of the transaction."""
    one_at_a_time(LOCK)


def know_lists() -> None:
    """The lists of lists.toml, in the database."""
    for shape in LISTS.values():
        List.objects.update_or_create(name=shape.name, defaults={"title_en": shape.title, "title_zh": shape.title_zh})


@transaction.atomic
def load(folder: Path) -> KnowledgeBatch:
    """Bring what came from a folder of this name to what lies in it now. The same again changes nothing.

    A point that is no longer there, or says something else, is ended and kept; points of other folders stay.
    """
    lines, ranges = read(folder)
    lock()
    digest = _digest(folder)
    newest = KnowledgeBatch.objects.filter(folder=folder.name).first()
    if newest and newest.digest == digest:
        return newest
    know_lists()
    base = version()
    batch = KnowledgeBatch.objects.create(digest=digest, folder=folder.name, points=len(lines))
    _keep_points(batch, lines)
    _keep_ranges(batch, ranges)
    Proposal.objects.create(
        kind=Proposal.Kind.FOLDER, name=folder.name, digest=digest, place=NATION, status=Proposal.Status.IN_FORCE,
        base=base, version=batch, decided_at=timezone.now(),
    )  # fmt: skip
    return batch


def _digest(folder: Path) -> str:
    found = hashlib.sha256()
    for file in sorted(folder.glob("*.csv")):
        found.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


def _keep_points(batch: KnowledgeBatch, lines: Sequence[Line]) -> None:
    approved = defaultdict(list)  # what people have put in force goes before what a folder says of the same
    ours, others = [], []
    for point in Point.objects.in_force().select_related("batch"):
        line = stored(point, point.folder)
        if point.folder == batch.folder:
            ours.append((point.pk, line))
        elif point.folder:
            others.append(line)
        else:
            approved[line.list, line.key, line.place].append(line)
    kept = [piece for line in lines for piece in less(line, approved[line.list, line.key, line.place])]
    added = {line.said: line for line in kept}
    ended = [pk for pk, line in ours if added.pop(line.said, None) is None]
    new = [line for line in kept if line.said in added]
    if conflicts := [problem for problem in overlapping([*others, *new]) if problem.row]:
        raise LoadRefused(conflicts)
    Point.objects.filter(pk__in=ended).update(ended_by=batch)
    Point.objects.bulk_create([Point(**facts(line), batch=batch, folder=batch.folder) for line in new], batch_size=2000)


def _keep_ranges(batch: KnowledgeBatch, ranges: Sequence[CodeRange]) -> None:
    added = set(ranges)
    ended = []
    for known in Range.objects.filter(ended_by=None, folder=batch.folder):
        same = CodeRange(known.list, known.low, known.high, known.source)
        if same in added:
            added.remove(same)
        else:
            ended.append(known.pk)
    Range.objects.filter(pk__in=ended).update(ended_by=batch)
    Range.objects.bulk_create(
        Range(list=one.list, low=one.low, high=one.high, source=one.source, folder=batch.folder, batch=batch)
        for one in dict.fromkeys(ranges)
        if one in added
    )
