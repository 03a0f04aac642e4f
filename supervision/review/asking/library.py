"""What a process knows while it answers: the pages in force by moment, and the lists, at a few desks in memory.

A desk is lent to one thread at a time. What has changed is noticed by a look every second and made ready aside, then
put in the place of what was known before: a review that is at work ends with what it began with, and none waits. A
server looks on its own (`watch`); whatever else asks looks when it asks.
"""

import hashlib
import json
import logging
import queue
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow.parquet as pq
from django.conf import settings
from django.db import connection

from supervision.knowledge import loading
from supervision.knowledge.laying import at, spelt_out
from supervision.knowledge.models import Range
from supervision.monitoring import schema, standing
from supervision.monitoring.desk import Desk, Pages
from supervision.monitoring.models import Standing
from supervision.monitoring.node import seen_codes
from supervision.monitoring.rulebook import Rule
from supervision.review import recalling
from supervision.review.models import Edition, Review

LOOKED_EVERY = 1.0  # seconds
DESK_MOMENTS = tuple(str(moment) for moment in Review.Moment.values)

log = logging.getLogger(__name__)


class NothingKnown(Exception):
    """The rules have not been read yet: the database has been away since this server began."""


@dataclass(frozen=True)
class Counting:
    """What decides which rules and lists count."""

    standing: tuple[tuple[object, ...], ...]
    knowledge: int

    @classmethod
    def now(cls) -> "Counting":
        rows = Standing.objects.order_by("rule").values_list("rule", "page_id", "stage")
        return cls(tuple(rows), loading.version())


@dataclass(frozen=True)
class Known:
    """The rules in force, and a version of the lists: what one edition of the library is made of."""

    counting: Counting
    rules: Mapping[str, Rule]
    by_moment: Mapping[str, tuple[Rule, ...]]
    ranges: tuple[Range, ...]
    named: frozenset[str]  # the code lists that other lists name
    editions: dict[str, int] = field(default_factory=dict)

    @property
    def knowledge(self) -> int:
        return self.counting.knowledge

    def of(self, moment: str) -> tuple[Rule, ...]:
        """The rules in force that are asked at this moment ('remind', 'review'), in the order of their codes."""
        return self.by_moment.get(moment, ())

    def edition(self, moment: str) -> int:
        """The number of the edition that these rules make, kept once."""
        if moment not in self.editions:
            rules = {rule.code: rule.hash for rule in self.of(moment)}
            told = json.dumps([self.knowledge, rules], sort_keys=True)
            kept, _new = Edition.objects.get_or_create(
                digest=hashlib.sha256(told.encode()).hexdigest(),
                defaults={"rules": rules, "knowledge_version": self.knowledge},
            )
            self.editions[moment] = kept.pk
        return self.editions[moment]


class Library:
    """What is known, at one desk."""

    def __init__(self, known: Known, desk: Desk, codes: Iterable[str]) -> None:
        self.known, self.desk = known, desk
        self._codes = set(codes)

    def again(self) -> "Library":
        """The same at another desk."""
        return Library(self.known, Desk(like=self.desk), self._codes)

    def know(self, codes: Iterable[str]) -> None:
        """Spell the code lists out over these diagnosis codes too: the warehouse may not have seen them yet."""
        unknown = set(codes) - self._codes
        if not unknown:
            return
        spelt = spelt_out(self.known.ranges, sorted(unknown), self.known.named)
        self.desk.add("code_list", [{"list": name, "code": code} for name, code in spelt if code in unknown])
        self._codes |= unknown


def read(counting: Counting, pages: Pages) -> Library:
    """The library as it counts now. Pages that were written for an earlier one are taken from there."""
    codes = seen_codes()
    folder = loading.relations(counting.knowledge, codes)
    lists = {name: rows(folder / f"{name}.parquet") for name in schema.knowledge()}
    rules = standing.in_force()
    by_moment = {
        moment: tuple(rule for rule in rules.values() if moment in rule.moments and rule.runs)
        for moment in DESK_MOMENTS
    }
    named = frozenset(str(row["list"]) for some in lists.values() for row in some if row.get("list"))
    ranges = tuple(Range.objects.filter(at(counting.knowledge)))
    desk = Desk(pages=pages)
    desk.know(lists)
    known = Known(counting, rules, by_moment, ranges, named)
    return Library(known, desk, {*codes, *(str(row["code"]) for row in lists["code_list"])})


def rows(file: Path) -> list[Mapping[str, object]]:
    found: list[Mapping[str, object]] = pq.read_table(file).to_pylist()
    return found


# --- One process, a few desks ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Shelf:
    """The desks of one edition. Who returns one late returns it here, and it goes with the shelf."""

    known: Known
    free: "queue.SimpleQueue[Library]"
    pages: Pages


class _Process:
    """What this process knows, and whether it looks on its own."""

    def __init__(self) -> None:
        self.shelf: Shelf | None = None
        self.looked = 0.0
        self.watched = False
        self.one_at_a_time = threading.Lock()
        self.beginning = threading.Lock()


_here = _Process()


@contextmanager
def lent() -> Iterator[Library]:
    """A desk with what counts now. The next one waits until it is back."""
    shelf = _current()
    library = shelf.free.get()
    try:
        yield library
    finally:
        shelf.free.put(library)


def now() -> Known:
    """What counts now, without a desk."""
    return _current().known


def _current() -> Shelf:
    if not _here.watched:
        look()
    if _here.shelf is None:
        raise NothingKnown("The rules have not been read yet.")
    return _here.shelf


def look() -> None:
    """Take over what has changed, where it is time to look."""
    if time.monotonic() - _here.looked < LOOKED_EVERY and _here.shelf:
        return
    with _here.one_at_a_time:
        counting = Counting.now()
        if _here.shelf is None or _here.shelf.known.counting != counting:
            _here.shelf = _stocked(counting, _here.shelf.pages if _here.shelf else {})
        _here.looked = time.monotonic()


def _stocked(counting: Counting, pages: Pages) -> Shelf:
    """A new shelf. A server's is made ready to the last page first: its first review is as quick as any other."""
    first = read(counting, pages)
    made = [first]
    if _here.watched:
        made += [first.again() for _ in range(settings.REVIEW_DESKS - 1)]
        for moment in DESK_MOMENTS:
            first.known.edition(moment)
        for library in made:
            library.desk.rehearse(first.known.rules.values())
    free: queue.SimpleQueue[Library] = queue.SimpleQueue()
    for library in made:
        free.put(library)
    log.info("%d rules count at the desk, with version %d of the lists", len(first.known.rules), counting.knowledge)
    return Shelf(first.known, free, first.desk.pages)


def watch() -> None:
    """Know what counts before the first request, and look every second from now on. Again, it does nothing."""
    with _here.beginning:
        if _here.watched:
            return
        _here.watched = True
        _looked()
        threading.Thread(target=_look_on, name="library", daemon=True).start()


def is_ready() -> bool:
    """Whether anything is known."""
    return _here.shelf is not None


def is_watched() -> bool:
    return _here.watched


def _look_on() -> None:
    while True:
        time.sleep(LOOKED_EVERY)
        _looked()


def _looked() -> None:
    """One look. Whatever goes wrong, what was known is known still, and the next look comes."""
    try:
        recalling.look()
        look()
    except Exception:
        log.exception("What counts at the desk could not be read")
        recalling.look_no_more()
        connection.close()


def forget() -> None:
    """Know nothing: another test has other rules."""
    _here.shelf, _here.looked, _here.watched = None, 0.0, False
    recalling.look_no_more()
