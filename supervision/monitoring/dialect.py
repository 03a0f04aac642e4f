"""The SQL of the pages: what DuckDB, SQLite and Spark understand alike, and a few macros of our own.

A page is written in DuckDB's words. It is parsed once and checked against the house list, its macros are spelt
out, and it is written for the node (DuckDB), the desk (SQLite, where days and moments are whole numbers) or the
cluster (Spark SQL).
"""

import datetime as dt
import re
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
# Names go into the engines' own statements: nothing may stand in one that ends it, and no path of a file.
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")
# What a person's page needs many times over, and what keeps a hostile one from eating the reader itself.
MOST_TEXT, MOST_NESTED, MOST_DEEP, MOST_PARTS, MOST_LITERAL = 30_000, 60, 150, 20_000, 500
MOST_MACROS, MOST_SPELT = 3, 300  # macros within macros; and all of them, each as often as it comes to be spelt out
REPEATS = 5  # how often a macro says an argument, at most
OPENS, CLOSES = {"L_PAREN", "L_BRACKET", "L_BRACE", "CASE"}, {"R_PAREN", "R_BRACKET", "R_BRACE", "END"}
PREFIXES = {"NOT", "DASH", "TILDE", "PLUS"}  # each stands around what follows it


class SqlRefused(Exception):
    """A page says something that the engines do not understand alike; where in its query, if that is known."""

    def __init__(self, problem: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(problem)
        self.line, self.column = line, column


def parse(text: str) -> exp.Query:
    """A page's query, checked and with the macros that all engines share spelt out."""
    try:
        _bounded(text)
        trees = sqlglot.parse(text, read="duckdb")
    except sqlglot.errors.ParseError as problem:
        told = problem.errors[0] if problem.errors else {}
        raise SqlRefused(str(problem)[:500], told.get("line"), told.get("col")) from problem
    except (sqlglot.errors.TokenError, RecursionError) as problem:
        raise SqlRefused(f"cannot be read: {str(problem)[:200]}") from problem
    if len(trees) != 1:
        raise SqlRefused(f"a page is one SELECT, not {len(trees)} statements")
    tree = trees[0]
    if not isinstance(tree, exp.Query):
        raise SqlRefused(f"a page is one SELECT, not {type(tree).__name__}")
    depths: dict[int, int] = {}
    spelt = 0
    for part in tree.walk():
        depths[id(part)] = depths.get(id(part.parent), 0) + 1
        if depths[id(part)] > MOST_DEEP or len(depths) > MOST_PARTS:
            raise SqlRefused(
                f"has more than {MOST_PARTS:,} parts, or parts more than {MOST_DEEP} deep", *place(part, text)
            )
        try:
            _check(part)
        except SqlRefused as refusal:
            refusal.line, refusal.column = place(part, text)
            raise
        spelt += REPEATS ** (_depth(part) - 1) if isinstance(part, exp.Anonymous) else 0
    if spelt > MOST_SPELT:
        raise SqlRefused("has too many macros")
    _scoped(tree, text)
    spelt_out = cast("exp.Query", _spell_out(tree))
    if sum(1 for _part in spelt_out.walk()) > MOST_PARTS:
        raise SqlRefused(f"has more than {MOST_PARTS:,} parts once its macros are spelt out")
    return spelt_out


def _bounded(text: str) -> None:
    """So that reading it cannot take long, whatever stands in it."""
    if len(text) > MOST_TEXT:
        raise SqlRefused(f"is longer than {MOST_TEXT:,} characters")
    depth = prefixes = 0
    for token in sqlglot.tokenize(text, read="duckdb"):
        kind = token.token_type.name
        depth += (kind in OPENS) - (kind in CLOSES)
        prefixes = prefixes + 1 if kind in PREFIXES else 0
        if depth + prefixes > MOST_NESTED:
            raise SqlRefused(f"brackets stand more than {MOST_NESTED} deep", token.line, token.col)


def _scoped(tree: exp.Query, text: str) -> None:
    """What a page makes itself, it makes at its head: else one name would mean two things."""
    top = tree.args.get("with_")
    if nested := next((one for one in tree.find_all(exp.With) if one is not top), None):
        raise SqlRefused("WITH stands at the head of the page only", *place(nested, text))


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
    """The relations a query reads. What it makes itself it may read below the place where it is made."""
    top = tree.args.get("with_")
    steps = top.expressions if top else []
    inside = {id(table) for step in steps for table in step.find_all(exp.Table)}
    made: set[str] = set()
    read: set[str] = set()
    for step in steps:
        read |= {table.name for table in step.find_all(exp.Table)} - made
        made.add(step.alias)
    return frozenset(read | {table.name for table in tree.find_all(exp.Table) if id(table) not in inside} - made)


def parameters(tree: exp.Query) -> frozenset[str]:
    return frozenset(place.name for place in tree.find_all(exp.Placeholder))


def node(tree: exp.Query, values: Mapping[str, object]) -> str:
    """The query for DuckDB over the warehouse."""
    return _native(_narrowed(_fill(tree, values)), "node").sql(dialect="duckdb", comments=False)


def desk(tree: exp.Query, values: Mapping[str, object]) -> str:
    """The query for SQLite, where a day is days and a moment seconds since 1970."""
    return _native(_fill(tree, values), "desk").sql(dialect=Desk, comments=False)


def cluster(tree: exp.Query, values: Mapping[str, object]) -> str:
    """The query for Spark SQL over the same files."""
    return _native(_fill(tree, values), "cluster").sql(dialect=Cluster, comments=False)


def _check(part: exp.Expr) -> None:
    kind = type(part)
    if kind.__name__ not in HOUSE_LIST:
        raise SqlRefused(f"{kind.__name__} is not on the house list: {part.sql('duckdb')[:200]}")
    for refused in CHECKS:
        if problem := refused(part):
            raise SqlRefused(problem)


def _check_call(part: exp.Expr) -> str:
    known = not isinstance(part, exp.Anonymous) or (part.name.lower(), len(part.expressions)) in MACROS | NATIVE
    if not known:
        return f"{part.name}() with {len(part.expressions)} arguments is no macro of ours"
    if isinstance(part, exp.Anonymous) and _depth(part) > MOST_MACROS:
        return f"macros stand more than {MOST_MACROS} deep in one another"
    return ""


def _check_kind(part: exp.Expr) -> str:
    if isinstance(part, exp.DateDiff) and part.text("unit").upper() not in UNITS:
        return f"date_diff counts days or seconds, not {part.text('unit').lower()}s"
    if isinstance(part, exp.DataType) and part.this not in TYPES:
        return f"the type {part.sql('duckdb')} is not used in pages"
    if isinstance(part, exp.Join) and (part.method or f"{part.side} {part.kind}".strip() not in JOINS):
        return f"{part.method or part.side or part.kind} JOIN is not used in pages"
    return ""


def _check_name(part: exp.Expr) -> str:
    """Names are plain; a table is a name and nothing else."""
    if isinstance(part, exp.Identifier | exp.Placeholder | exp.Var) and not NAME.fullmatch(part.name):
        return f"the name {part.name[:60]!r} has other signs than letters, digits and _"
    if isinstance(part, exp.Table) and (not isinstance(part.this, exp.Identifier) or part.db or part.catalog):
        return f"{part.sql('duckdb')[:60]} is no relation of ours"
    if isinstance(part, exp.Literal) and len(part.name) > MOST_LITERAL:
        return f"a value is longer than {MOST_LITERAL} characters"
    if isinstance(part, exp.With) and part.args.get("recursive"):
        return "WITH RECURSIVE is not used in pages"
    return ""


CHECKS = (_check_call, _check_kind, _check_name)


def _depth(part: exp.Expr) -> int:
    """How many macros stand around this one, itself counted."""
    found, above = 1, part.parent
    while above is not None:
        found += isinstance(above, exp.Anonymous)
        above = above.parent
    return found


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
