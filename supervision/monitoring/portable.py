"""What the house list cannot tell by a word alone: parts of words, and the types of what stands together.

A page is read once for its words (dialect.parse), always; here it is read for its meaning, in tests and before a page
is put in force. Each objection names its place and its reason.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify

from . import dialect, schema
from .rulebook import PAGE, Rule

# What sqlglot takes as part of a word that we know, and not every engine knows: (word, part, what it may be).
PARTS: dict[type, dict[str, None]] = {
    exp.Star: {"except_": None, "replace": None, "rename": None},
    exp.Group: {"all": None, "rollup": None, "cube": None, "grouping_sets": None},
    exp.Distinct: {"on": None},
    exp.With: {"recursive": None},
    exp.Union: {"by_name": None, "side": None, "kind": None},
    exp.WindowSpec: {"exclude": None},
    exp.Join: {"using": None},
    exp.Select: {"kind": None, "hint": None, "into": None, "operation_modifiers": None},
}
FAMILIES = {
    "BIGINT": "number", "INT": "number", "TEXT": "text", "VARCHAR": "text", "BOOLEAN": "yes or no",
    "DATE": "day", "TIMESTAMP": "moment", "TIMESTAMPNTZ": "moment", "NULL": "",
}  # fmt: skip
SUBTLE = "at the desk a {kind} is a number"


@dataclass(frozen=True)
class Objection:
    """Where a page says something that the engines do not understand alike, and why."""

    line: int
    column: int
    problem: str

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.problem}"


def objections(rule: Rule) -> list[Objection]:
    """All that stands against running the rule's page on three engines; places are those of the page."""
    page = PAGE.match(rule.text)
    assert page is not None
    before = rule.text.count("\n", 0, page.start("sql"))
    return [
        Objection(one.line + before, one.column, one.problem) for one in of_query(rule.sql, rule.values, rule.relations)
    ]


def of_query(text: str, values: Mapping[str, object], relations: frozenset[str] | None = None) -> Iterator[Objection]:
    """What stands against a query, word by word and then by types."""
    tree = sqlglot.parse_one(text, read="duckdb")
    shapes: dict[str, object] = (
        {name: dict(schema.types(name)) for name in relations} if relations is not None else _shapes()
    )
    for part in tree.walk():
        for problem in _words(part):
            yield Objection(*dialect.place(part, text), problem)
    for part in _typed(dialect.parse(text), values, shapes).walk():
        for problem in _types(part):
            yield Objection(*dialect.place(part, text), problem)


@cache
def _shapes() -> dict[str, object]:
    return {name: dict(schema.types(name)) for name in (*schema.CLAIMS, *schema.knowledge())}


def _words(part: exp.Expr) -> Iterator[str]:
    for name in PARTS.get(type(part), ()):
        if part.args.get(name):
            yield f"{type(part).__name__.upper()} … {name.strip('_').upper()} is not used in pages"
    if isinstance(part, exp.WindowSpec) and str(part.args.get("kind")).upper() != "ROWS":
        yield "a window's frame counts ROWS"
    if isinstance(part, exp.Count) and isinstance(part.this, exp.Distinct) and len(part.this.expressions) > 1:
        yield "count(DISTINCT …) counts one column"
    if isinstance(part, exp.Column) and part.table and (levels := _levels_up(part)) > 1:
        yield f"{part.sql()} speaks of a select {levels} levels up: Spark sees one"


def _levels_up(column: exp.Column) -> int:
    """How many selects stand between a column and the one that reads its table; 0: its own."""
    levels, select = 0, column.parent_select
    while isinstance(select, exp.Select):
        sources = [select.args.get("from_"), *(select.args.get("joins") or ())]
        if column.table in {source.this.alias_or_name for source in sources if source}:
            return levels
        levels, select = levels + 1, select.parent_select
    return 0


def _typed(tree: exp.Query, values: Mapping[str, object], shapes: dict[str, object]) -> exp.Expr:
    """The query with the type of everything in it."""

    def native(part: exp.Expr) -> exp.Expr:
        if isinstance(part, exp.Placeholder):
            return exp.convert(values[part.name])
        if not isinstance(part, exp.Anonymous):
            return part
        if part.name.lower() == "midnight":
            return exp.cast(part.expressions[0], "TIMESTAMP")
        return exp.case().when(exp.GT(this=part.expressions[1], expression=exp.convert(0)), part.expressions[0])

    known = qualify(
        tree.transform(native), schema=shapes, dialect="duckdb", validate_qualify_columns=False, quote_identifiers=False
    )
    return annotate_types(known, schema=shapes, dialect="duckdb")


def _family(part: exp.Expr | None) -> str:
    return FAMILIES.get(part.type.this.name, "") if part is not None and part.type else ""


def _types(part: exp.Expr) -> Iterator[str]:
    for kinds, check in CHECKS:
        if isinstance(part, kinds):
            yield from check(part)


def _together(part: exp.Expr) -> Iterator[str]:
    more = (part.args.get(key) for key in ("expression", "low", "high"))
    yield from _alike(part, [part.this, *part.expressions, *more])


def _case(part: exp.Case) -> Iterator[str]:
    yield from _alike(part, [*(branch.args.get("true") for branch in part.args["ifs"]), part.args.get("default")])


def _union(part: exp.Union) -> Iterator[str]:
    for one, other in zip(part.left.selects, part.right.selects, strict=False):
        yield from _alike(part, [one, other])


def _reckoned(part: exp.Expr) -> Iterator[str]:
    for one in (part.this, part.args.get("expression")):
        if _family(one) not in ("number", ""):
            yield f"{type(part).__name__} reckons with numbers, not with a {_family(one)}: {part.sql('duckdb')[:200]}"


def _joined(part: exp.DPipe) -> Iterator[str]:
    for one in (part.this, part.expression):
        if _family(one) in ("day", "moment", "yes or no"):
            yield f"|| joins texts and numbers; {SUBTLE.format(kind=_family(one))}: {one.sql('duckdb')[:200]}"


def _difference(part: exp.DateDiff) -> Iterator[str]:
    wanted = {"DAY": "day", "SECOND": "moment"}[part.text("unit").upper()]
    for one in (part.this, part.expression):
        if _family(one) not in (wanted, ""):
            yield f"date_diff('{part.text('unit').lower()}', …) stands between {wanted}s: {one.sql('duckdb')[:200]}"


def _condition(part: exp.Expr) -> Iterator[str]:
    if isinstance(part, exp.If) and isinstance(part.parent, exp.Case) and part.parent.this:
        return  # CASE x WHEN y
    for one in (part.this, part.args.get("expression")):
        if one is not None and _family(one) not in ("yes or no", ""):
            yield f"a condition is yes or no, not a {_family(one)}: {one.sql('duckdb')[:200]}"


def _alike(part: exp.Expr, given: list[exp.Expr | None]) -> Iterator[str]:
    families = sorted({_family(one) for one in given} - {""})
    if len(families) > 1:
        yield f"a {' and a '.join(families)} do not stand together: {part.sql('duckdb')[:200]}"


def _cast(part: exp.Cast) -> Iterator[str]:
    to, of = FAMILIES.get(part.to.this.name, ""), _family(part.this)
    if to == "moment":
        if of not in ("day", ""):
            yield f"midnight() takes a day, not a {of}"
    elif to == "day" and not isinstance(part.this, exp.Literal):
        yield f"only a written day is cast to DATE: {part.sql('duckdb')}"
    elif to == "number" and of not in ("number", ""):
        yield f"only a number is cast to BIGINT: {part.sql('duckdb')}"
    elif to == "text" and of not in ("text", "number", ""):
        yield f"a {of} is not cast to VARCHAR, for {SUBTLE.format(kind=of)}: {part.sql('duckdb')}"


Check = Callable[[Any], Iterator[str]]
CHECKS: list[tuple[tuple[type[exp.Expr], ...], Check]] = [
    ((exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between, exp.In), _together),
    ((exp.Greatest, exp.Least, exp.Coalesce), _together),
    ((exp.Case,), _case),
    ((exp.Union,), _union),
    ((exp.Add, exp.Sub, exp.Mul, exp.IntDiv, exp.Mod, exp.Neg, exp.Sum), _reckoned),
    ((exp.DPipe,), _joined),
    ((exp.DateDiff,), _difference),
    ((exp.And, exp.Or, exp.Not, exp.Where, exp.Having, exp.If), _condition),
    ((exp.Cast,), _cast),
]
