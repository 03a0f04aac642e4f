"""Loads folders of lists into the knowledge base, and lays a version of it out for the engines."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max

from .laying import relations
from .lists import LISTS
from .models import KnowledgeBatch, List, Point, Range
from .reading import CodeRange, Line, LoadRefused, Problem, overlapping, read

__all__ = ["SHIPPED", "LoadRefused", "Problem", "load", "relations", "version"]

SHIPPED = Path(__file__).parent / "lists"
LOCK = 0x6B6E6F77  # one loading at a time
DAY = dt.timedelta(days=1)


def version() -> int:
    """The number of the newest batch: what rules consult now."""
    return KnowledgeBatch.objects.aggregate(newest=Max("number"))["newest"] or 0


@transaction.atomic
def load(folder: Path) -> KnowledgeBatch:
    """Bring what came from a folder of this name to what lies in it now. The same again changes nothing.

    A point that is no longer there, or says something else, is ended and kept; points of other folders stay.
    """
    lines, ranges = read(folder)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    digest = _digest(folder)
    newest = KnowledgeBatch.objects.filter(folder=folder.name).first()
    if newest and newest.digest == digest:
        return newest
    for shape in LISTS.values():
        List.objects.update_or_create(name=shape.name, defaults={"title_en": shape.title, "title_zh": shape.title_zh})
    batch = KnowledgeBatch.objects.create(digest=digest, folder=folder.name, points=len(lines))
    _keep_points(batch, lines)
    _keep_ranges(batch, ranges)
    return batch


def _digest(folder: Path) -> str:
    found = hashlib.sha256()
    for file in sorted(folder.glob("*.csv")):
        found.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


def _keep_points(batch: KnowledgeBatch, lines: Sequence[Line]) -> None:
    added = {line.said: line for line in lines}
    ended, others = [], []
    for point in Point.objects.filter(ended_by=None).select_related("batch"):
        if point.batch.folder != batch.folder:
            others.append(_line(point))
        elif added.pop(_line(point).said, None) is None:
            ended.append(point.pk)
    new = [line for line in lines if line.said in added]
    if conflicts := [problem for problem in overlapping([*others, *new]) if problem.row]:
        raise LoadRefused(conflicts)
    Point.objects.filter(pk__in=ended).update(ended_by=batch)
    Point.objects.bulk_create([_point(batch, line) for line in new], batch_size=2000)


def _keep_ranges(batch: KnowledgeBatch, ranges: Sequence[CodeRange]) -> None:
    added = set(ranges)
    ended = []
    for known in Range.objects.filter(ended_by=None, batch__folder=batch.folder):
        same = CodeRange(known.list, known.low, known.high, known.source)
        if same in added:
            added.remove(same)
        else:
            ended.append(known.pk)
    Range.objects.filter(pk__in=ended).update(ended_by=batch)
    Range.objects.bulk_create(
        Range(list=one.list, low=one.low, high=one.high, source=one.source, batch=batch)
        for one in dict.fromkeys(ranges)
        if one in added
    )


def _line(point: Point) -> Line:
    """A stored point as its file gave it."""
    return Line(
        list=point.list_id,
        point=point.point,
        key=point.key,
        values=point.values,
        place=point.place,
        since=point.valid.lower,
        until=point.valid.upper and point.valid.upper - DAY,
        basis=point.basis,
        source=point.source,
        verified=point.verified,
        file=point.batch.folder,
        row=0,
    )


def _point(batch: KnowledgeBatch, line: Line) -> Point:
    return Point(
        list_id=line.list,
        point=line.point,
        key=line.key,
        values=line.values,
        place=line.place,
        valid=DateRange(line.since, line.until and line.until + DAY),
        basis=line.basis,
        source=line.source,
        verified=line.verified,
        batch=batch,
    )
