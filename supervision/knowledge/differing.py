"""What lines would do to what is in force: new, changed, ended, as it was. And how two versions differ."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from .models import KnowledgeBatch, Point, ProposedPoint, Said, SaidQuerySet
from .reading import Line

DAY = dt.timedelta(days=1)
Kind = ProposedPoint.Kind
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Change:
    """One line of a batch, and the point in force that it takes over from."""

    kind: Kind
    line: Line
    before: Point | None = None
    remains: bool = False  # of what is ended: this shorter time is kept


def stored(point: Said, file: str = "") -> Line:
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
        file=file,
        row=0,
        national_rule=point.national_rule,
        published_in=point.published_in,
        announcement=point.announcement,
    )


def facts(line: Line) -> dict[str, object]:
    """A line as the columns of a point."""
    return {
        "list_id": line.list,
        "point": line.point,
        "key": line.key,
        "values": line.values,
        "place": line.place,
        "valid": DateRange(line.since, line.until and line.until + DAY),
        "basis": line.basis,
        "source": line.source,
        "verified": line.verified,
        "national_rule": line.national_rule,
        "published_in": line.published_in,
        "announcement": line.announcement,
    }


def changes(lines: Sequence[Line], endings: Mapping[str, dt.date], prefix: str) -> list[Change]:
    """A change for each line, and for each point in force that must end. Nothing outside the prefix is touched."""
    given: dict[Key, list[Line]] = defaultdict(list)
    for line in lines:
        given[line.list, line.key, line.place].append(line)
    concerned = Q(list__in={line.list for line in lines}) | Q(point__in=list(endings))
    known: dict[Key, list[Point]] = defaultdict(list)
    for point in Point.objects.in_force().filter(concerned, place__startswith=prefix).order_by("pk"):
        key = point.list_id, point.key, point.place
        if key in given or point.point in endings:
            known[key].append(point)
    found: list[Change] = []
    for key in {**given, **known}:
        found += _of_key(given[key], known[key], endings)
    return found


def _of_key(lines: Sequence[Line], points: Sequence[Point], endings: Mapping[str, dt.date]) -> list[Change]:
    before = {stored(point).said: point for point in points}
    same = [line for line in lines if line.said in before]
    others = [line for line in lines if line.said not in before]
    kept = {before[line.said].pk for line in same}
    found = [Change(Kind.SAME, line, before[line.said]) for line in same]
    gone = [point for point in points if point.pk not in kept]
    for line in others:
        over = next((point for point in gone if _meet(stored(point), line)), None)
        found.append(Change(Kind.CHANGED if over else Kind.NEW, line, over))
    taken = {change.before.pk for change in found if change.before and change.kind == Kind.CHANGED}
    for point in gone:
        found += _ended(point, others, endings.get(point.point), taken)
    return found


def _ended(point: Point, others: Sequence[Line], day: dt.date | None, taken: set[int]) -> list[Change]:
    """What becomes of a point in force: the days that others do not take, and that come before it is superseded."""
    line = stored(point)
    met = any(_meet(line, other) for other in others)
    pieces = less(line, others)
    if day:
        pieces = [piece for one in pieces if (piece := _before(one, day))]
    if not met and pieces == [line]:
        return []
    if pieces:
        return [Change(Kind.ENDED, piece, point, remains=True) for piece in pieces]
    return [] if point.pk in taken else [Change(Kind.ENDED, line, point)]


def less(line: Line, others: Iterable[Line]) -> list[Line]:
    """The line on the days that none of the others takes."""
    pieces = [line]
    for other in others:
        cut: list[Line] = []
        for piece in pieces:
            if not _meet(piece, other):
                cut.append(piece)
                continue
            if other.since and (piece.since is None or piece.since < other.since):
                cut.append(replace(piece, until=other.since - DAY))
            if other.until and (piece.until is None or piece.until > other.until):
                cut.append(replace(piece, since=other.until + DAY))
        pieces = cut
    return pieces


def _before(line: Line, day: dt.date) -> Line | None:
    if line.since and line.since >= day:
        return None
    return line if line.until and line.until < day else replace(line, until=day - DAY)


def _meet(one: Line, other: Line) -> bool:
    """Whether they share a day."""
    return (one.since or dt.date.min) <= (other.until or dt.date.max) and (other.since or dt.date.min) <= (
        one.until or dt.date.max
    )


def bring(batch: KnowledgeBatch, found: Iterable[Change | ProposedPoint], folder: str = "") -> None:
    """Put changes in force: end what they take over from, add what they say."""
    ended: list[int] = []
    added: list[Point] = []
    for change in found:
        if change.kind == Kind.SAME:
            continue
        if change.before:
            ended.append(change.before.pk)
        if change.kind != Kind.ENDED or change.remains:
            said = change.line if isinstance(change, Change) else stored(change)
            owner = change.before.folder if change.remains and change.before else folder
            added.append(Point(**facts(said), batch=batch, folder=owner))
    Point.objects.filter(pk__in=ended).update(ended_by=batch)
    Point.objects.bulk_create(added, batch_size=2000)


# --- Two versions -------------------------------------------------------------------------------------------


def between(earlier: int, later: int) -> SaidQuerySet:
    """The points that one of two versions holds and the other does not; `how` says what became of each.

    A changed point stands once, as it is in the later version.
    """
    if earlier > later:
        earlier, later = later, earlier
    held, holds = Point.objects.at(earlier), Point.objects.at(later)
    same_thing = Q(list=OuterRef("list"), key=OuterRef("key"), place=OuterRef("place"))
    added = Q(pk__in=holds.values("pk"), batch__gt=earlier)
    ended = Q(pk__in=held.values("pk"), ended_by__lte=later)
    was = Exists(held.filter(same_thing, ended_by__lte=later))
    stands = Exists(holds.filter(same_thing, batch__gt=earlier))
    how = Case(
        When(added & Q(was), then=Value(Kind.CHANGED.value)),
        When(added, then=Value(Kind.NEW.value)),
        default=Value(Kind.ENDED.value),
    )
    return Point.objects.filter(added | (ended & ~Q(stands))).annotate(how=how)
