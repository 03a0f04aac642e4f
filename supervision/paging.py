"""Long lists, a page at a time: by key, never by offset, so that page 1,000 costs what page 1 costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import F, Field, Model, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict

Row = TypeVar("Row", bound=Model)

SIZE = 50
CAP = 10_000


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list, and the query strings of the pages around them ('' where there is none)."""

    rows: list[Row]
    previous: str
    next: str


@dataclass(frozen=True)
class Chip:
    """One chosen filter in words, and the query string of the same list without it."""

    label: str
    value: str
    without: str


def page(rows: QuerySet[Row], query: QueryDict, *, sort: str, size: int = SIZE, few: bool = False) -> Page[Row]:
    """The page that `after` or `before` in the query names; rows come in the order of `sort`, then of their id.

    `sort` names a column without nulls, with a minus for the greatest first. Of `few` among many, all are found first
    and then put in order: an index walked in order may have to be walked to its end before a page is full.
    """
    column, descending = sort.lstrip("-"), sort.startswith("-")
    back = "before" in query and "after" not in query
    try:
        place = _place(rows, column, query.get("before" if back else "after", ""))
    except ValidationError:
        place, back = None, False
    backwards = descending != back  # walking backwards turns the order round
    if place:
        rows = rows.filter(_beyond(column, *place, less=backwards))
    found = list(_ordered(rows, column, backwards, few)[: size + 1])
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    has_next, has_previous = (True, more) if back else (more, place is not None)
    return Page(
        rows=found,
        previous=_query(query, before=_key(found[0], column)) if found and has_previous else "",
        next=_query(query, after=_key(found[-1], column)) if found and has_next else "",
    )


def neighbours(rows: QuerySet[Row], row: Row, *, sort: str, few: bool = False) -> tuple[Any, Any]:
    """The keys of the rows before and after this one in a list, None at its ends."""
    column, descending = sort.lstrip("-"), sort.startswith("-")
    sides = []
    for side, backwards in ("before", not descending), ("after", descending):
        beyond = rows.filter(_beyond(column, getattr(row, column), row.pk, less=backwards))
        sides.append(_ordered(beyond, column, backwards, few).values_list(Value(side), "pk")[:1])
    found = dict(sides[0].union(sides[1]))
    return found.get("before"), found.get("after")


def _ordered(rows: QuerySet[Row], column: str, backwards: bool, few: bool) -> QuerySet[Row]:
    names = dict.fromkeys([column, "pk"]) if column != rows.model._meta.pk.name else ["pk"]
    # An index on a column does not serve an expression, so the planner starts from the filters.
    terms = [Coalesce(name, name) if few else F(name) for name in names]
    return rows.order_by(*(term.desc() if backwards else term.asc() for term in terms))


def in_order(rows: QuerySet[Row], sort: str) -> QuerySet[Row]:
    """All the rows in the order that their pages have."""
    return _ordered(rows, sort.lstrip("-"), sort.startswith("-"), few=False)


def capped_count(rows: QuerySet[Row], cap: int = CAP) -> int:
    """How many there are; one more than the cap where there are more, without counting them all."""
    return rows.order_by()[: cap + 1].count()


def _place(rows: QuerySet[Row], column: str, key: str) -> tuple[Any, Any] | None:
    """A row's place in the order: its value and its id. ValidationError where the key was made up."""
    if not key:
        return None
    if "\0" in key:
        raise ValidationError("no key holds a NUL")
    fields = rows.model._meta
    if column in ("pk", fields.pk.name):
        id_ = fields.pk.clean(key, None)
        return id_, id_
    value, _, pk = key.rpartition(",")
    field = fields.get_field(column)
    assert isinstance(field, Field)
    return field.clean(value, None), fields.pk.clean(pk, None)


def _beyond(column: str, value: Any, pk: Any, *, less: bool) -> Q:
    """What comes after a place. Written as a bound and a filter, so that an index on the column is walked."""
    side = "lt" if less else "gt"
    bound = Q(**{f"{column}__{side}e": value})
    return bound & (Q(**{f"{column}__{side}": value}) | Q(**{f"pk__{side}": pk}))


def _key(row: Model, column: str) -> str:
    return f"{row.pk}" if column in ("pk", row._meta.pk.name) else f"{getattr(row, column)},{row.pk}"


def _query(query: QueryDict, **changes: str) -> str:
    """The same question with another place."""
    changed = query.copy()
    for name in ("after", "before"):
        changed.pop(name, None)
    changed.update(changes)
    return changed.urlencode()


def with_changes(query: QueryDict, changes: Mapping[str, str | None]) -> str:
    """The same question from its first page on, with some of its words changed or left out (None)."""
    changed = query.copy()
    for name in ("after", "before", *changes):
        changed.pop(name, None)
    for name, value in changes.items():
        if value is not None:
            changed[name] = value
    return changed.urlencode()
