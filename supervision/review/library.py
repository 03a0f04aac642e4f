"""What a worker knows while it answers: the pages in force by moment, and the lists, in an engine in memory.

Both are taken over anew some seconds after they have changed. An engine is one thread's, so a library is, too.
"""

import threading
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow.parquet as pq

from supervision.knowledge import loading
from supervision.knowledge.laying import at, spelt_out
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
        self._code_list: list[Mapping[str, object]] = []
        self._ranges: list[Range] = []
        self._named: set[str] = set()  # the code lists that other lists name
        self._codes: set[str] = set()
        self._looked = 0.0

    def of(self, moment: str) -> list[Rule]:
        """The rules in force that are asked at this moment ('remind', 'review'), in the order of their codes."""
        return [rule for rule in self.rules.values() if moment in rule.moments and rule.runs]

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
        unknown = set(codes) - self._codes
        if not unknown:
            return
        spelt = spelt_out(self._ranges, sorted(unknown), self._named)
        found = [{"list": name, "code": code} for name, code in spelt if code in unknown]
        self._codes |= unknown
        if found:
            self._code_list = [*self._code_list, *found]
            self.desk.hand_over({"code_list": self._code_list})

    def _know(self, version: int) -> None:
        codes = seen_codes()
        folder = loading.relations(version, codes)
        lists = {name: rows(folder / f"{name}.parquet") for name in schema.knowledge()}
        self._code_list = lists["code_list"]
        self._ranges = list(Range.objects.filter(at(version)))
        self._named = {str(row["list"]) for some in lists.values() for row in some if row.get("list")}
        self._codes = set(codes) | {str(row["code"]) for row in self._code_list}
        self.desk.know(lists)
        self.knowledge = version


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
