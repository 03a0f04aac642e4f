"""Which pages need not be run: of a page that joins charges on a list, nothing can come where no charge is listed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlglot import exp

from .schema import HISTORIES, JUDGED, is_list


@dataclass(frozen=True)
class Meeting:
    """A page answers only if a value of this column of what is judged stands in that column of a list.

    `judged` may be a history, of which only the rows count that are marked as judged.
    """

    judged: str
    column: str
    listed: str
    key: str


ENCOUNTERS = ("stay", "visit", "operation")  # of which what is judged may have none


def there_is_any(relation: str) -> Meeting:
    """That a relation has any row: whose claims are its claims."""
    return Meeting(relation, "claim", relation, "claim")


Gate = frozenset[Meeting]  # every one of them must hold
Holds = Callable[[Meeting], bool]


def gates(tree: exp.Query) -> tuple[Gate, ...]:
    """The branches of a page, each with what it cannot do without."""
    own = {made.alias: made.this for made in tree.find_all(exp.CTE)}
    return tuple(_needed(branch, own, {}) for branch in selects(tree))


def is_open(page: tuple[Gate, ...], holds: Holds) -> bool:
    """Whether the page may answer anything."""
    return any(all(map(holds, gate)) for gate in page)


def selects(query: exp.Expr) -> Iterator[exp.Select]:
    """The branches of a query."""
    if isinstance(query, exp.Union):
        yield from selects(query.this)
        yield from selects(query.expression)
    elif isinstance(query, exp.Subquery):
        yield from selects(query.this)
    elif isinstance(query, exp.Select):
        yield query


def _needed(select: exp.Select, own: Mapping[str, exp.Expr], around: Mapping[str, exp.Table]) -> Gate:
    """What must hold for a row of the select: of its inner joins, of what it makes itself, of its IN and EXISTS.

    `around` are the tables of the selects in which it stands, whose rows it may speak of.
    """
    if not select.args.get("group") and any(_sums_up(part) for part in select.expressions):
        return frozenset()  # a sum over nothing is a row
    joins = [join for join in select.args.get("joins") or () if not join.side]
    sources = [source.this for source in (select.args.get("from_"), *joins) if source]
    read = {source.alias_or_name: source for source in sources if isinstance(source, exp.Table)}
    tables = {**around, **read}
    where = select.args.get("where")
    told = [*(join.args.get("on") for join in joins), where.this if where else None]
    conditions = [part for condition in told if condition for part in conjuncts(condition)]
    marked = {part.table for part in conditions if isinstance(part, exp.Column) and part.name == "judged"}
    current = {
        alias: table
        for alias, table in tables.items()
        if table.name in HISTORIES or is_list(table.name) or (alias in marked and table.name in JUDGED)
    }
    found = {meeting for part in conditions for meeting in _meetings(part, current)}
    found |= {there_is_any(table.name) for table in read.values() if table.name in ENCOUNTERS}
    within: list[tuple[exp.Expr, Mapping[str, exp.Table]]]
    within = [(own[table.name], {}) for table in read.values() if table.name in own]
    within += [(query, tables) for part in conditions if (query := _asked(part))]
    for query, known in within:
        branches = [_needed(branch, own, known) for branch in selects(query)]
        found |= frozenset.intersection(*branches) if branches else frozenset()
    return frozenset(found)


def _sums_up(part: exp.Expr) -> bool:
    return any(not isinstance(found.parent, exp.Window) for found in part.find_all(exp.AggFunc))


def conjuncts(condition: exp.Expr) -> Iterator[exp.Expr]:
    """What must all hold where a condition does."""
    while isinstance(condition, exp.Paren):
        condition = condition.this
    if isinstance(condition, exp.And):
        yield from conjuncts(condition.left)
        yield from conjuncts(condition.right)
    else:
        yield condition


def _asked(part: exp.Expr) -> exp.Expr | None:
    """The query of an IN or an EXISTS."""
    if isinstance(part, exp.In):
        return part.args.get("query")
    return part.this if isinstance(part, exp.Exists) else None


def _meetings(part: exp.Expr, tables: Mapping[str, exp.Table]) -> Iterator[Meeting]:
    if not isinstance(part, exp.EQ):
        return
    for one, other in ((part.left, part.right), (part.right, part.left)):
        if isinstance(one, exp.Column) and isinstance(other, exp.Column):
            judged, listed = tables.get(one.table), tables.get(other.table)
            if judged and listed and is_list(listed.name) and not is_list(judged.name):
                yield Meeting(judged.name, one.name, listed.name, other.name)
