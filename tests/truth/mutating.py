"""Mutations of a rule's page, one small slip each: a limit moved, an exclusion dropped, a join widened."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlglot
from sqlglot import exp

PARAMETER = re.compile(r"(\[parameters\.(\w+)\]\nvalue +=) (\d+)")
AHEAD = re.compile(r"(\nahead +=) \d+")
MOVED: dict[type[exp.Expr], type[exp.Expr]] = {exp.GT: exp.GTE, exp.GTE: exp.GT, exp.LT: exp.LTE, exp.LTE: exp.LT}
SWAPPED: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.Least: exp.Greatest,
    exp.Greatest: exp.Least,
    exp.Min: exp.Max,
    exp.Max: exp.Min,
}


@dataclass(frozen=True)
class Mutation:
    """What was done, and the page afterwards."""

    what: str
    text: str


def mutations(text: str) -> Iterator[Mutation]:
    """Every slip that this module knows, in the order of the page."""
    for match in PARAMETER.finditer(text):
        for step in (1, -1):
            value = int(match[3]) + step
            yield Mutation(
                f"${match[2]} = {match[3]} becomes {value}", f"{text[: match.end(1)]} {value}{text[match.end() :]}"
            )
    for match in AHEAD.finditer(text):
        yield Mutation("looks no longer ahead", f"{text[: match.end(1)]} 0{text[match.end() :]}")
    head, end, sql = text.partition("\n*/\n")
    for what, mutated in of_query(sql):
        yield Mutation(what, f"{head}{end}{mutated}\n")


ACCUSING = {"claim", "charge", "at_stake", "certainty"}  # columns of an answer; the others are evidence


def of_query(sql: str) -> Iterator[tuple[str, str]]:
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    seen = {said(tree)}
    for slip in (conditions, comparisons, negations, bounds, branches, defaults, words, windows, extremes, joins):
        for what, mutant in slip(tree):
            written = said(mutant)
            if written not in seen:
                seen.add(written)
                yield what, written


def said(tree: exp.Expr) -> str:
    return tree.sql(dialect="duckdb")


def nodes(tree: exp.Expr) -> list[exp.Expr]:
    """What decides whom the page accuses of what; not its evidence, nor those it names as involved."""
    found: list[exp.Expr] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting += [child for child in node.iter_expressions(reverse=True) if _accuses(child)]
    return found


def _accuses(node: exp.Expr) -> bool:
    select = node.parent
    if isinstance(node, exp.Select) and _answers(node):
        return not any(
            isinstance(one.unalias(), exp.Literal) and one.unalias().this == "involved" for one in node.selects
        )
    if isinstance(select, exp.Select) and node.arg_key == "expressions":
        if isinstance(select.parent, exp.Exists):
            return False
        return not _answers(select) or node.alias_or_name in ACCUSING
    return True


def _answers(select: exp.Select) -> bool:
    """Whether it is the page's own SELECT, or one of those it unites."""
    node: exp.Expr = select
    while isinstance(node.parent, exp.Union):
        node = node.parent
    return node.parent is None


def changed(tree: exp.Expr, node: exp.Expr, other: exp.Expr) -> exp.Expr:
    """A copy of the tree with one node replaced; the tree itself is put back as it was."""
    if node.parent is None:
        return other
    parent, key, index, stand_in = node.parent, node.arg_key, node.index, other.copy()
    node.replace(stand_in)
    copy = tree.copy()
    stand_in.replace(node)
    assert (node.parent, node.arg_key, node.index) == (parent, key, index)
    return copy


def of(tree: exp.Expr, *kinds: type[exp.Expr]) -> list[Any]:
    return [node for node in nodes(tree) if isinstance(node, kinds)]


Slips = Iterator[tuple[str, exp.Expr]]


def conditions(tree: exp.Expr) -> Slips:
    """Each of the conditions joined by AND dropped: an exclusion lost, a join widened."""
    for node in nodes(tree):
        if isinstance(node, exp.And) and not isinstance(node.parent, exp.And):
            parts = list(node.flatten())
            for part in parts:
                rest = [other for other in parts if other is not part]
                yield f"dropped: {said(part)}", changed(tree, node, exp.and_(*(one.copy() for one in rest)))
        elif isinstance(node, exp.Where | exp.Join | exp.Having):
            only = node.args.get("on") if isinstance(node, exp.Join) else node.this
            if isinstance(only, exp.Expr) and not isinstance(only, exp.And):
                yield f"dropped: {said(only)}", changed(tree, only, exp.true())


def comparisons(tree: exp.Expr) -> Slips:
    for node in nodes(tree):
        if type(node) in MOVED:
            other = MOVED[type(node)](this=node.this.copy(), expression=node.expression.copy())
            yield f"{said(node)} becomes {said(other)}", changed(tree, node, other)


def negations(tree: exp.Expr) -> Slips:
    for node in of(tree, exp.Not):
        yield f"{said(node)[:60]} becomes its opposite", changed(tree, node, node.this)


def bounds(tree: exp.Expr) -> Slips:
    """Whole numbers one up and one down."""
    for node in of(tree, exp.Literal):
        if node.is_int and not isinstance(node.parent, exp.Tuple):
            for step in (1, -1):
                other = exp.Literal.number(int(node.this) + step)
                within: Any = node.parent.parent if isinstance(node.parent, exp.Add) else node.parent
                where = said(within)[:60]
                yield f"{said(node)} in {where} becomes {said(other)}", changed(tree, node, other)


def branches(tree: exp.Expr) -> Slips:
    """A case that always takes its last way, or never."""
    for node in of(tree, exp.Case):
        for turn, branch in enumerate(node.args["ifs"]):
            rest = [one.copy() for number, one in enumerate(node.args["ifs"]) if number != turn]
            other: Any = exp.Case(this=node.this and node.this.copy(), ifs=rest, default=node.args.get("default"))
            if not rest:
                other = node.args.get("default") or exp.null()
            yield f"without {said(branch)[:60]}", changed(tree, node, other)


def defaults(tree: exp.Expr) -> Slips:
    for node in of(tree, exp.Coalesce):
        yield f"{said(node)} becomes {said(node.this)}", changed(tree, node, node.this)


def words(tree: exp.Expr) -> Slips:
    """One word of a list left out."""
    for node in of(tree, exp.In):
        for word in node.expressions if len(node.expressions) > 1 else []:
            other = node.copy()
            other.set("expressions", [one.copy() for one in node.expressions if one is not word])
            yield f"{said(node)} without {said(word)}", changed(tree, node, other)


def windows(tree: exp.Expr) -> Slips:
    """A window that runs over more, or the other way round."""
    for node in of(tree, exp.Window):
        keys = node.args.get("partition_by") or []
        for key in keys:
            other = node.copy()
            other.set("partition_by", [one.copy() for one in keys if one is not key])
            yield f"{said(node.this)[:40]}: window without {said(key)}", changed(tree, node, other)
    for node in of(tree, exp.Ordered):
        other = node.copy()
        other.set("desc", not node.args.get("desc"))
        yield f"the order of {said(node.this)} turned round", changed(tree, node, other)


def extremes(tree: exp.Expr) -> Slips:
    for node in nodes(tree):
        if type(node) in SWAPPED:
            other = node.copy()
            other = SWAPPED[type(node)](**other.args)
            yield f"{said(node)[:60]} becomes {other.key}", changed(tree, node, other)


def joins(tree: exp.Expr) -> Slips:
    for node in of(tree, exp.Join):
        if node.side == "LEFT":
            other = node.copy()
            other.set("side", None)
            yield f"{said(node)[:60]} becomes an inner join", changed(tree, node, other)


def counted(text: str) -> int:
    return sum(1 for _ in mutations(text))
