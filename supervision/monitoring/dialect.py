"""The SQL of the pages: what DuckDB, SQLite and Spark understand alike, and a few macros of our own.

A page is written in DuckDB's words. It is parsed once and checked against the house list, its macros are spelt
out, and it is written for the node (DuckDB), the desk (SQLite, where days and moments are whole numbers) or the
cluster (Spark SQL).
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import cast

import sqlglot
from sqlglot import exp

from .writing import EPOCH, Cluster, Desk

# name/number of arguments: (arguments, what it stands for). A table's name as argument stands for its alias.
MACROS: dict[tuple[str, int], tuple[tuple[str, ...], str]] = {
    ("in_force", 2): (
        ("k", "c"),
        "c.day BETWEEN k.since AND k.until AND k.place IN ('000000', c.province, c.area)",
    ),
    ("in_force", 3): (
        ("k", "c", "day"),
        "day BETWEEN k.since AND k.until AND k.place IN ('000000', c.province, c.area)",
    ),
    # amount * part / whole, in steps that stay within a BIGINT whatever intake lets in.
    ("share", 3): (
        ("amount", "part", "whole"),
        """CASE WHEN part >= whole THEN amount
        WHEN whole > 1000000000 THEN amount // whole * part + amount % whole * (part // 10000) // (whole // 10000)
        ELSE amount // whole * part + amount % whole * part // whole END""",
    ),
    ("hours", 2): (("a", "b"), "date_diff('second', a, b) // 3600"),
    ("hours_up", 2): (("a", "b"), "(date_diff('second', a, b) + 3599) // 3600"),
    # Price in 10^-6 yuan times quantity in 1/10000, in fen, half up, in steps that stay within a BIGINT.
    ("worth", 2): (
        ("price", "quantity"),
        "((price // 10000) * quantity + ((price % 10000) * quantity + 50000000) // 10000) // 10000",
    ),
}

# Macros that each engine says in its own way.
NATIVE = {
    ("days_after", 2): {
        "node": "CAST(a + CAST(b AS INTEGER) AS DATE)",
        "desk": "a + b",
        "cluster": "date_add(a, CAST(b AS INTEGER))",
    },
    ("midnight", 1): {"node": "CAST(a AS TIMESTAMP)", "desk": "a * 86400", "cluster": "CAST(a AS TIMESTAMP)"},
}

# The classes of sqlglot that may stand in a page. What is left out is not understood alike everywhere.
HOUSE_LIST = {
    *("Select", "Union", "With", "CTE", "Subquery", "From", "Join", "Where", "Group", "Having", "Distinct", "Star"),
    *("Table", "TableAlias", "Alias", "Column", "Identifier", "Literal", "Null", "Boolean", "Placeholder", "Paren"),
    *("And", "Or", "Not", "EQ", "NEQ", "GT", "GTE", "LT", "LTE", "Is", "In", "Between", "Exists", "Case", "If"),
    *("Add", "Sub", "Mul", "IntDiv", "Mod", "Neg", "DPipe", "Greatest", "Least", "Coalesce", "Tuple", "Anonymous"),
    *("Sum", "Min", "Max", "Count", "Lag", "RowNumber", "Window", "WindowSpec", "Order", "Ordered"),
    *("DateDiff", "Var", "Cast", "DataType"),
}  # fmt: skip
CHARGES = {"charge", "history"}
UNITS = {"DAY", "SECOND"}
JOINS = {"", "INNER", "LEFT", "CROSS"}
TYPES = {exp.DType.DATE, exp.DType.BIGINT, exp.DType.VARCHAR, exp.DType.TEXT}


class SqlRefused(Exception):
    """A page says something that the engines do not understand alike; where in its query, if that is known."""

    def __init__(self, problem: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(problem)
        self.line, self.column = line, column


def parse(text: str) -> exp.Query:
    """A page's query, checked and with the macros that all engines share spelt out."""
    try:
        tree = sqlglot.parse_one(text, read="duckdb")
    except sqlglot.errors.ParseError as problem:
        told = problem.errors[0] if problem.errors else {}
        raise SqlRefused(str(problem), told.get("line"), told.get("col")) from problem
    if not isinstance(tree, exp.Query):
        raise SqlRefused(f"a page is one SELECT, not {type(tree).__name__}")
    for part in tree.walk():
        try:
            _check(part)
        except SqlRefused as refusal:
            refusal.line, refusal.column = place(part, text)
            raise
    return cast("exp.Query", _spell_out(tree))


def place(part: exp.Expr, text: str) -> tuple[int, int]:
    """Line and column of the text at which a part begins, or the nearest around it of which that is known."""
    around: exp.Expr | None = part
    while around is not None:
        starts = [one.meta["start"] for one in around.walk() if "start" in one.meta]
        if starts:
            begun = text[: min(starts)]
            return begun.count("\n") + 1, len(begun) - begun.rfind("\n")
        around = around.parent
    return 1, 1


def relations(tree: exp.Query) -> frozenset[str]:
    """The relations a query reads, those it makes itself left out."""
    own = {made.alias for made in tree.find_all(exp.CTE)}
    return frozenset(table.name for table in tree.find_all(exp.Table)) - own


def parameters(tree: exp.Query) -> frozenset[str]:
    return frozenset(place.name for place in tree.find_all(exp.Placeholder))


def node(tree: exp.Query, values: Mapping[str, object]) -> str:
    """The query for DuckDB over the warehouse."""
    return _native(_narrowed(_fill(tree, values)), "node").sql(dialect="duckdb")


def desk(tree: exp.Query, values: Mapping[str, object]) -> str:
    """The query for SQLite, where a day is days and a moment seconds since 1970."""
    return _native(_fill(tree, values), "desk").sql(dialect=Desk)


def cluster(tree: exp.Query, values: Mapping[str, object]) -> str:
    """The query for Spark SQL over the same files."""
    return _native(_fill(tree, values), "cluster").sql(dialect=Cluster)


def _check(part: exp.Expr) -> None:
    kind = type(part)
    if kind.__name__ not in HOUSE_LIST:
        raise SqlRefused(f"{kind.__name__} is not on the house list: {part.sql('duckdb')}")
    if kind is exp.Anonymous and (part.name.lower(), len(part.expressions)) not in MACROS | NATIVE:
        raise SqlRefused(f"{part.name}() with {len(part.expressions)} arguments is no macro of ours")
    if kind is exp.DateDiff and part.text("unit").upper() not in UNITS:
        raise SqlRefused(f"date_diff counts days or seconds, not {part.text('unit').lower()}s")
    if kind is exp.DataType and part.this not in TYPES:
        raise SqlRefused(f"the type {part.sql('duckdb')} is not used in pages")
    if isinstance(part, exp.Join) and (part.method or f"{part.side} {part.kind}".strip() not in JOINS):
        raise SqlRefused(f"{part.method or part.side or part.kind} JOIN is not used in pages")


def _spell_out(tree: exp.Expr) -> exp.Expr:
    def macro(part: exp.Expr) -> exp.Expr:
        if not isinstance(part, exp.Anonymous):
            return part
        found = MACROS.get((part.name.lower(), len(part.expressions)))
        if found is None:
            return part
        names, text = found
        return exp.paren(_spell_out(_put(text, dict(zip(names, part.expressions, strict=True)))))

    return tree.transform(macro)


def _native(tree: exp.Expr, engine: str) -> exp.Expr:
    def macro(part: exp.Expr) -> exp.Expr:
        if not isinstance(part, exp.Anonymous):
            return part
        given = dict(zip("ab", part.expressions, strict=False))
        text = NATIVE[part.name.lower(), len(given)][engine]
        return exp.paren(_native(_put(text, given), engine))

    return tree.transform(macro)


def _put(text: str, given: Mapping[str, exp.Expr]) -> exp.Expr:
    """A macro's text with what the page gave in the place of its arguments."""

    def argument(part: exp.Expr) -> exp.Expr:
        if not isinstance(part, exp.Column):
            return part
        if part.table in given:
            return exp.column(part.this.copy(), table=given[part.table].name)
        if not part.table and part.name in given:
            put = given[part.name].copy()
            return put if isinstance(put, exp.Column | exp.Func | exp.Literal) else exp.paren(put)
        return part

    return sqlglot.parse_one(text, read="duckdb").transform(argument)


def _fill(tree: exp.Query, values: Mapping[str, object]) -> exp.Expr:
    """A parameter becomes a literal, which engines can reckon with before they read a row."""
    return tree.transform(lambda part: exp.convert(values[part.name]) if isinstance(part, exp.Placeholder) else part)


def _narrowed(tree: exp.Expr) -> exp.Expr:
    """Charges joined on the items of a list are read for these items only.

    That says nothing new; but DuckDB, which may come to the list last, now always skips the parts of the files
    that hold none of them.
    """
    for select in list(tree.find_all(exp.Select)):
        for charges, key in list(_joined_on_items(select)):
            listed = exp.select(key.name).from_(key.table)
            few = exp.select("*").from_(charges.name).where(exp.In(this=exp.column("item"), query=listed.subquery()))
            charges.replace(few.subquery(charges.alias_or_name))
    return tree


def _joined_on_items(select: exp.Select) -> Iterator[tuple[exp.Table, exp.Column]]:
    """Each charge relation that an inner join ties to a list by its item, with the list's column."""
    joins = [join for join in select.args.get("joins") or () if not join.side]
    sources = [source.this for source in (select.args.get("from_"), *joins) if source]
    named = {source.alias_or_name: source for source in sources if isinstance(source, exp.Table)}
    ons = [join.args["on"] for join in joins if join.args.get("on")]
    told = [part for on in ons for part in (on.flatten() if isinstance(on, exp.And) else [on])]
    for equal in (part for part in told if isinstance(part, exp.EQ)):
        for item, key in ((equal.left, equal.right), (equal.right, equal.left)):
            if not isinstance(item, exp.Column) or not isinstance(key, exp.Column) or item.name != "item":
                continue
            charges, points = named.get(item.table), named.get(key.table)
            if charges and points and charges.name in CHARGES and points.name.startswith("k_"):
                del named[item.table]
                yield charges, exp.column(key.name, table=points.name)


def stored(value: object) -> object:
    """A value as the desk keeps it."""
    if isinstance(value, dt.datetime):
        return int((value - dt.datetime.combine(EPOCH, dt.time())).total_seconds())
    return (value - EPOCH).days if isinstance(value, dt.date) else value
