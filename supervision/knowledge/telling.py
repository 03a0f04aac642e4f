"""Points and differences as pages show them: columns as they are written, the last day, what became of each."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from supervision.paging import Page, page, with_changes

from .filters import named
from .lists import LISTS
from .models import Point, ProposedPoint, Said

DAY = timedelta(days=1)
BECAME = (ProposedPoint.Kind.NEW, ProposedPoint.Kind.CHANGED, ProposedPoint.Kind.ENDED)
KINDS = {kind.value: kind.label for kind in BECAME}


@dataclass(frozen=True)
class Told:
    """A point as a page shows it: its own columns as they are written, its last day."""

    point: Said
    values: dict[str, str]

    @classmethod
    def of(cls, point: Said) -> "Told":
        return cls(point, LISTS[point.list_id].written(point.values))

    @property
    def until(self) -> Any:
        upper = self.point.valid.upper
        return upper and upper - DAY


@dataclass(frozen=True)
class Difference:
    """One row of a difference: what became of a point, and what it was before."""

    how: str
    told: Told
    before: Told | None

    @property
    def name(self) -> str:
        """What it was, in words."""
        return str(self.told.point.values.get("name") or self.told.point.key)

    @property
    def moved(self) -> bool:
        """Whether it holds on other days than before."""
        return self.before is not None and self.before.point.valid != self.told.point.valid

    def changed(self) -> list[tuple[str, str, str]]:
        """The columns that say something else than before."""
        if self.before is None:
            return []
        pairs = [(name, self.before.values[name], value) for name, value in self.told.values.items()]
        one, other = self.before.point, self.told.point
        pairs += [(name, getattr(one, name), getattr(other, name)) for name in ("basis", "source", "verified")]
        return [pair for pair in pairs if pair[1] != pair[2]]


def difference(request: HttpRequest, rows: QuerySet[Any], earlier: int, later: int | None) -> dict[str, Any]:
    """How many points of each list are new, changed and ended; and the rows of the list and kind that are asked for."""
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows.order_by().values("list", "how").annotate(n=Count("pk")):
        counted[row["list"]][row["how"]] = row["n"]
    of_list, kind = request.GET.get("list", ""), request.GET.get("kind", "")
    if of_list in LISTS:
        rows = rows.filter(list=of_list)
    if kind in KINDS:
        rows = rows.filter(how=kind)
    shown: Page[Any] = page(rows, request.GET, sort="key", size=25)
    return {
        "lists": [
            {"shape": LISTS[name], "counts": [each.get(kind, 0) for kind in KINDS], "here": name == of_list,
             "address": with_changes(request.GET, {"list": name, "reason": None})}
            for name, each in sorted(counted.items())
        ],
        "totals": [(kind, words, sum(each.get(kind, 0) for each in counted.values())) for kind, words in KINDS.items()],
        "kinds": [
            (name, words, with_changes(request.GET, {"kind": name or None}))
            for name, words in {"": _("All"), **KINDS}.items()
        ],
        "kind": kind,
        "of_list": LISTS.get(of_list),
        "all_lists": with_changes(request.GET, {"list": None}),
        "page": shown,
        "rows": told_differences(shown.rows, earlier, later),
        "places": named({row.place for row in shown.rows}),
    }  # fmt: skip


def told_differences(rows: Sequence[Any], earlier: int, later: int | None) -> list[Difference]:
    before: dict[tuple[str, str, str], Said] = {}
    if later is not None:
        keys = [row.key for row in rows if row.how == ProposedPoint.Kind.CHANGED]
        for one in Point.objects.at(earlier).filter(key__in=keys, ended_by__lte=later):
            before.setdefault((one.list_id, one.key, one.place), one)
    found = []
    for row in rows:
        was = row.before if later is None else before.get((row.list_id, row.key, row.place))
        changed = was if was and (row.how == ProposedPoint.Kind.CHANGED or getattr(row, "remains", False)) else None
        found.append(Difference(row.how, Told.of(row), Told.of(changed) if changed else None))
    return found
