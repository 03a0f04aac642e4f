"""What a page needs beside the encounter it judges: which rows of the histories and registers it can tell apart at all.

A row of the past that fails a condition of the page's own, such as standing on the page's list, changes none of its
answers, so the desk need not fetch it. Where nothing can be told from the page, all rows are needed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlglot import exp

from claims import warehouse

from . import schema
from .gating import conjuncts, selects

Sources = Mapping[str, exp.Expr]  # what a select reads, by the name it gives it


@dataclass(frozen=True)
class Condition:
    """A row counts only if its column holds one of these values, or one that stands in one of these columns."""

    column: str
    values: frozenset[object] = frozenset()
    among: frozenset[tuple[str, str]] = frozenset()  # relation and column: what is judged, or a list


@dataclass(frozen=True)
class Need:
    """One place of a page at which it reads a history or a register."""

    relation: str
    columns: frozenset[str]
    conditions: frozenset[Condition]


@dataclass(frozen=True)
class _Select:
    """A select with what it and the selects around it read."""

    select: exp.Select
    own: Mapping[str, exp.CTE]
    sources: Sources = field(default_factory=dict)


def needs(tree: exp.Query) -> tuple[Need, ...]:
    """Every place at which a page reads a history or a register."""
    own = {made.alias: made for made in tree.find_all(exp.CTE)}
    return tuple(need for select in tree.find_all(exp.Select) for need in _of(_scope(select, own)))


def fetched(relation: str) -> bool:
    """Whether a relation is no part of the encounter that is judged, nor a list."""
    return relation in schema.JUDGED or relation in warehouse.REGISTERS


def _scope(select: exp.Select, own: Mapping[str, exp.CTE]) -> _Select:
    sources: dict[str, exp.Expr] = {}
    around: exp.Expr | None = select
    while around is not None and not isinstance(around, exp.CTE):
        if isinstance(around, exp.Select):
            sources = {**_sources(around), **sources}
        around = around.parent
    return _Select(select, own, sources)


def _sources(select: exp.Select) -> dict[str, exp.Expr]:
    joined = [select.args.get("from_"), *(select.args.get("joins") or ())]
    return {one.this.alias_or_name: one.this for one in joined if one}


def _of(at: _Select) -> Iterator[Need]:
    for alias, source in _sources(at.select).items():
        if isinstance(source, exp.Table) and fetched(source.name) and source.name not in at.own:
            yield Need(source.name, _columns(at.select, alias, source.name), frozenset(_conditions(at, alias, source)))


def _columns(select: exp.Select, alias: str, relation: str) -> frozenset[str]:
    """The columns that are read of it; all of them where a star or a column without its table may mean any."""
    found = [one for one in select.find_all(exp.Column) if one.table in (alias, "")]
    if any(isinstance(one.this, exp.Star) or not one.table for one in found) or _is_all(select):
        return frozenset(schema.types(relation))
    return frozenset(one.name for one in found)


def _is_all(select: exp.Select) -> bool:
    return any(isinstance(one, exp.Star) for one in select.expressions)


# --- Conditions -------------------------------------------------------------------------------------------


def _conditions(at: _Select, alias: str, source: exp.Table) -> Iterator[Condition]:
    for part in _told(at.select, source):
        if isinstance(part, exp.EQ):
            for one, other in ((part.left, part.right), (part.right, part.left)):
                yield from _equal(at, alias, one, other)
        elif isinstance(part, exp.In):
            yield from _among(at, alias, part)
        elif isinstance(part, exp.Column) and part.table == alias:
            yield Condition(part.name, frozenset([True]))
    yield from _asked_for(at, alias)


def _told(select: exp.Select, source: exp.Table) -> Iterator[exp.Expr]:
    """What holds of every row of the source that counts: WHERE, inner joins, and what an outer join of it says."""
    where = select.args.get("where")
    told = [where.this] if where else []
    told += [
        join.args["on"]
        for join in select.args.get("joins") or ()
        if join.args.get("on") and (not join.side or join.this is source)
    ]
    for condition in told:
        yield from conjuncts(condition)


def _equal(at: _Select, alias: str, one: exp.Expr, other: exp.Expr) -> Iterator[Condition]:
    if not isinstance(one, exp.Column) or one.table != alias:
        return
    if isinstance(other, exp.Literal):
        yield Condition(one.name, frozenset([_value(other)]))
    elif isinstance(other, exp.Column) and other.table != alias and (found := _origins(at, other)):
        yield Condition(one.name, among=found)


def _among(at: _Select, alias: str, part: exp.In) -> Iterator[Condition]:
    """IN a list of values, or IN a query; of several columns, each by itself."""
    query = part.args.get("query")
    columns = part.this.expressions if isinstance(part.this, exp.Tuple) else [part.this]
    if query is None:
        if _is_of(columns[0], alias) and all(isinstance(one, exp.Literal) for one in part.expressions):
            yield Condition(columns[0].name, frozenset(map(_value, part.expressions)))
        return
    for place, column in enumerate(columns):
        if _is_of(column, alias) and (found := _answered(at.own, query, place)):
            yield Condition(column.name, among=found)


def _asked_for(at: _Select, alias: str) -> Iterator[Condition]:
    """Of `x IN (SELECT this.column …)` only rows count that hold such an x."""
    around = at.select.parent
    while isinstance(around, exp.Subquery):
        around = around.parent
    if not isinstance(around, exp.In) or isinstance(around.parent, exp.Not) or around.args.get("query") is None:
        return
    columns = around.this.expressions if isinstance(around.this, exp.Tuple) else [around.this]
    for asked, shown in zip(columns, at.select.expressions, strict=False):
        column = shown.unalias()
        if _is_of(column, alias) and isinstance(asked, exp.Column) and (found := _origins(at, asked)):
            yield Condition(column.name, among=found)


def _is_of(part: exp.Expr, alias: str) -> bool:
    return isinstance(part, exp.Column) and part.table == alias


def _value(literal: exp.Expr) -> object:
    return literal.name if literal.is_string else int(literal.name) if literal.name.isdigit() else literal.name


# --- Where a column comes from ----------------------------------------------------------------------------


def _origins(at: _Select, column: exp.Column) -> frozenset[tuple[str, str]]:
    """The columns of judged relations and lists out of which all its values come; none where that is not known."""
    source = at.sources.get(column.table)
    if isinstance(source, exp.Table):
        if source.name in at.own:
            return _made(at.own, source.name, column.name)
        if source.name in schema.HISTORIES or schema.is_knowledge(source.name):
            return frozenset([(source.name, column.name)])
    return frozenset()


def _made(own: Mapping[str, exp.CTE], name: str, column: str) -> frozenset[tuple[str, str]]:
    """Of a column that the page makes itself: out of what it is made, in every branch. The first branch names it."""
    branches = list(selects(own[name].this))
    places = [place for place, one in enumerate(branches[0].expressions) if one.alias_or_name == column]
    if places and not _is_all(branches[0]):
        return _answered(own, own[name].this, places[0])
    found = [_starred(own, branch, column) for branch in branches]
    return frozenset().union(*found) if all(found) else frozenset()


def _answered(own: Mapping[str, exp.CTE], query: exp.Expr, place: int) -> frozenset[tuple[str, str]]:
    """Of the column at a place of a query's answer."""
    found = []
    for branch in selects(query):
        shown = branch.expressions[place].unalias() if place < len(branch.expressions) else None
        is_counted = not any(map(_is_star, branch.expressions[: place + 1]))  # a star stands for many
        at = _scope(branch, own)
        found.append(_origins(at, shown) if isinstance(shown, exp.Column) and is_counted else frozenset())
    return frozenset().union(*found) if found and all(found) else frozenset()


def _starred(own: Mapping[str, exp.CTE], branch: exp.Select, column: str) -> frozenset[tuple[str, str]]:
    """Of a column that came with a star (`b.*`)."""
    at = _scope(branch, own)
    named = [one for one in branch.expressions if one.alias_or_name == column and not _is_star(one)]
    if named:
        shown = named[0].unalias()
        return _origins(at, shown) if isinstance(shown, exp.Column) else frozenset()
    stars = [one for one in branch.expressions if _is_star(one)]
    if len(stars) != 1 or not isinstance(stars[0], exp.Column):
        return frozenset()
    return _origins(at, exp.column(column, table=stars[0].table))


def _is_star(part: exp.Expr) -> bool:
    return isinstance(part, exp.Star) or (isinstance(part, exp.Column) and isinstance(part.this, exp.Star))
