"""What a worker knows while it answers: the pages in force by moment, and the lists, in an engine in memory.

Both are taken over anew some seconds after they have changed. An engine is one thread's, so a library is, too.
"""

import threading
import time
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyarrow.parquet as pq

from supervision.knowledge import loading
from supervision.knowledge.laying import at
from supervision.knowledge.models import Range
from supervision.monitoring import schema, standing
from supervision.monitoring.desk import Desk
from supervision.monitoring.models import Standing
from supervision.monitoring.node import seen_codes
from supervision.monitoring.rulebook import Rule

LOOKED_EVERY = 2.0  # seconds

_mine = threading.local()


class Library:
    """The rules of a moment, asked of one desk."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.rules: Mapping[str, Rule] = {}
        self.knowledge = -1
        self._standing: tuple[object, ...] = ()
        self._lists: Mapping[str, Sequence[Mapping[str, object]]] = {}
        self._ranges: list[tuple[str, str, str]] = []
        self._codes: set[str] = set()
        self._looked = 0.0

    def of(self, moment: str) -> list[Rule]:
        """The rules in force that are asked at this moment ('remind', 'review'), in the order of their codes."""
        return [rule for _code, rule in sorted(self.rules.items()) if moment in rule.moments and rule.runs]

    def look(self) -> None:
        """Take over what has changed, where it is time to look."""
        if time.monotonic() - self._looked < LOOKED_EVERY:
            return
        counting = tuple(Standing.objects.order_by("rule").values_list("rule", "page_id", "stage"))
        if counting != self._standing or not self.rules:
            self.rules, self._standing = standing.in_force(), counting
        if (version := loading.version()) != self.knowledge:
            self._know(version)
        self._looked = time.monotonic()

    def know(self, codes: Iterable[str]) -> None:
        """Spell the code lists out over these diagnosis codes too: the warehouse may not have seen them yet."""
        unknown = sorted(set(codes) - self._codes)
        if not unknown:
            return
        found = [
            {"list": name, "code": code}
            for name, low, high in self._ranges
            for code in unknown[bisect_left(unknown, low) : bisect_left(unknown, high)]
        ]
        self._codes |= set(unknown)
        if found:
            self._lists = {**self._lists, "code_list": [*self._lists["code_list"], *self._added(found)]}
            self.desk.hand_over({"code_list": self._lists["code_list"]})

    def _know(self, version: int) -> None:
        codes = seen_codes()
        folder = loading.relations(version, codes)
        self._lists = {name: rows(folder / f"{name}.parquet") for name in schema.knowledge()}
        self._ranges = sorted(Range.objects.filter(at(version)).values_list("list", "low", "high"))
        self._codes = set(codes) | {str(row["code"]) for row in self._lists["code_list"]}
        self.desk.know(self._lists)
        self.knowledge = version

    def _added(self, found: Sequence[Mapping[str, object]]) -> list[Mapping[str, object]]:
        """Rows of the code lists with those that name several lists at once: 'a+b' is both."""
        named = {str(row.get("list", "")) for name, some in self._lists.items() if name != "code_list" for row in some}
        both = [name for name in sorted(named) if "+" in name]
        return [*found, *({**row, "list": name} for name in both for row in found if row["list"] in name.split("+"))]


def rows(file: Path) -> list[Mapping[str, object]]:
    found: list[Mapping[str, object]] = pq.read_table(file).to_pylist()
    return found


def mine() -> Library:
    """This thread's, taken over from what counts now."""
    library: Library | None = getattr(_mine, "library", None)
    if library is None:
        library = _mine.library = Library()
    library.look()
    return library
