"""The SQL of the pages: what DuckDB, SQLite and Spark understand alike, and a few macros of our own.

A page is written in DuckDB's words. It is parsed once and checked against the house list, its macros are spelt
out, and it is written for the node (DuckDB) or the desk (SQLite, where days and moments are whole numbers).
"""

import datetime as dt
from collections.abc import Mapping
from typing import cast

import sqlglot
from sqlglot import exp
from sqlglot.dialects.sqlite import SQLite

EPOCH = dt.date(1970, 1, 1)

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
    ("days_after", 2): {"node": "CAST(a + CAST(b AS INTEGER) AS DATE)", "desk": "a + b"},
    ("midnight", 1): {"node": "CAST(a AS TIMESTAMP)", "desk": "a * 86400"},
}

# The classes of sqlglot that may stand in a page. What is left out is not understood alike everywhere.
HOUSE_LIST = frozenset(
    """
    Select Union With CTE Subquery From Join Where Group Having Table TableAlias Alias Column Identifier Star
    Literal Null Boolean Placeholder Anonymous Paren Tuple Case If Coalesce Distinct
    And Or Not EQ NEQ GT GTE LT LTE Is In Between Exists Add Sub Mul IntDiv Mod Neg DPipe Greatest Least
    Sum Min Max Count Lag RowNumber Window WindowSpec Order Ordered DateDiff Var Cast DataType
    """.split()
)
CHARGES = {"charge", "history"}
UNITS = {"DAY", "SECOND"}
TYPES = {exp.DType.DATE, exp.DType.BIGINT, exp.DType.VARCHAR, exp.DType.TEXT}


class SqlRefused(Exception):
    """A page says something that the engines do not understand alike."""


def parse(text: str) -> exp.Query:
    """A page's query, checked and with the macros that all engines share spelt out."""
    try:
        tree = sqlglot.parse_one(text, read="duckdb")
    except sqlglot.errors.ParseError as problem:
        raise SqlRefused(str(problem)) from problem
    if not isinstance(tree, exp.Query):
        raise SqlRefused(f"a page is one SELECT, not {type(tree).__name__}")
    for part in tree.walk():
        _check(part)
    return cast("exp.Query", _spell_out(tree))


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
    if kind is exp.Join and (part.method or part.kind.upper() not in ("", "INNER", "CROSS")):
        raise SqlRefused(f"{part.method or part.kind} JOIN is not used in pages")
    if kind is exp.Join and part.side.upper() not in ("", "LEFT"):
        raise SqlRefused(f"{part.side} JOIN is not used in pages")


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
    return tree.transform(
        lambda part: exp.convert(values[part.name]) if isinstance(part, exp.Placeholder) else part
    )


def _narrowed(tree: exp.Expr) -> exp.Expr:
    """Charges joined on a list's items are read for these items only.

    It says nothing new, but DuckDB, which may put the list last, then always skips the parts of the files without them.
    """
    for select in list(tree.find_all(exp.Select)):
        joins = select.args.get("joins") or []
        tables = [source.this for source in (select.args.get("from_"), *joins) if source and not source.args.get("side")]
        named = {table.alias_or_name: table for table in tables if isinstance(table, exp.Table)}
        told = [join.args["on"] for join in joins if join.args.get("on") and not join.args.get("side")]
        for equal in (part for on in told for part in on.flatten() if isinstance(part, exp.EQ)):
            for item, key in ((equal.left, equal.right), (equal.right, equal.left)):
                if not isinstance(item, exp.Column) or not isinstance(key, exp.Column) or item.name != "item":
                    continue
                charges, points = named.get(item.table), named.get(key.table)
                if charges and points and charges.name in CHARGES and points.name.startswith("k_"):
                    del named[item.table]
                    charges.replace(sqlglot.parse_one(
                        f"SELECT * FROM {charges.name} WHERE item IN (SELECT {key.name} FROM {points.name})", read="duckdb"
                    ).subquery(item.table))
    return tree


def _difference(writer: "Desk.Generator", part: exp.DateDiff) -> str:
    return f"({writer.sql(part, 'this')} - {writer.sql(part, 'expression')})"


def _day(writer: "Desk.Generator", part: exp.Cast) -> str:
    if part.is_type("date") and isinstance(part.this, exp.Literal):
        return str((dt.date.fromisoformat(part.this.name) - EPOCH).days)
    return str(writer.cast_sql(part))


class Desk(SQLite):
    """SQLite over whole numbers; sqlglot's own // and date_diff for SQLite are wrong."""

    class Generator(SQLite.Generator):
        TRANSFORMS = {
            **SQLite.Generator.TRANSFORMS,
            exp.DateDiff: _difference,
            exp.Cast: _day,
            exp.IntDiv: lambda writer, part: (
                f"({writer.sql(part, 'this')} / {writer.sql(part, 'expression')})"
            ),
        }


def stored(value: object) -> object:
    """A value as the desk keeps it."""
    if isinstance(value, dt.datetime):
        return int((value - dt.datetime.combine(EPOCH, dt.time())).total_seconds())
    return (value - EPOCH).days if isinstance(value, dt.date) else value
