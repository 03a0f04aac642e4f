"""Every page on Spark: what the cluster says is what the examples say, and what the node says of every history.

All histories over the same lists are asked together: a question to Spark takes as long for one as for hundreds.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache
from itertools import count
from random import Random

import pytest
from sqlglot import exp

from supervision.monitoring import examples, schema
from supervision.monitoring.examples import Verdict
from supervision.monitoring.rulebook import Rule, rulebook
from supervision.monitoring.schema import Tables
from tests.rules import histories, worlds
from tests.rules.test_parity import asked, differ
from tests.spark import needs_spark

pytestmark = [needs_spark, pytest.mark.usefixtures("spark")]
# Spark takes a second or two for each rule: a third of them always, the others with `make test-long`.
CODES = [pytest.param(code, marks=[pytest.mark.long] if number % 3 else []) for number, code in enumerate(rulebook())]
MANY = 25  # histories a rule
FIRED: Counter[str] = Counter()


@cache
def judged(code: str) -> tuple[list[tuple[str, Verdict]], list[str]]:
    """What the cluster makes of a rule's examples, and where it differs from the node over them and more histories."""
    rule = rulebook()[code]
    names = dict(zip((f"e{number}" for number in count()), rule.examples, strict=False))
    told = {name: examples.tables(rule, example) for name, example in names.items()}
    verdicts, differences = [], []
    groups = alike(told)
    if by_area(rule):
        groups = [(lists_of(rows), {name: rows}) for name, rows in told.items()]
    for number, (lists, some) in enumerate(groups):
        drawn = random_histories(rule, seed=number) if number == 0 else {}
        rows = worlds.together([*some.items(), *drawn.items()], lists)
        said, by_node = asked("cluster", rule, rows), asked("node", rule, rows)
        FIRED[code] += len(by_node)
        differences.append(differ(rule, by_node, said))
        found = worlds.split(said)
        whom = examples.about(rule)
        verdicts += [
            (names[name].title, examples.verdict(names[name], found.get(name, []), about=whom)) for name in some
        ]
    return verdicts, differences


def by_area(rule: Rule) -> bool:
    """Whether it compares all of an area: then one example's people are another's neighbours."""
    grouped = [column.name for group in rule.tree.find_all(exp.Group) for column in group.find_all(exp.Column)]
    return not {"area", "province"}.isdisjoint(grouped)


def alike(told: Mapping[str, Tables]) -> list[tuple[Tables, dict[str, Tables]]]:
    """Examples by the lists that they are given, those with most examples first."""
    groups: dict[str, dict[str, Tables]] = defaultdict(dict)
    for name, rows in told.items():
        groups[str(sorted(lists_of(rows).items()))][name] = rows
    largest = sorted(groups.values(), key=len, reverse=True)
    return [(lists_of(next(iter(group.values()))), group) for group in largest]


def lists_of(rows: Tables) -> Tables:
    return {relation: some for relation, some in rows.items() if schema.is_knowledge(relation)}


def random_histories(rule: Rule, seed: int) -> dict[str, Tables]:
    seeds = [Random(seed).randrange(2**40) + number for number in range(MANY)]
    return {str(one): histories.history(rule, Random(one)).whole() for one in seeds}


@pytest.mark.parametrize("code", CODES)
def test_the_cluster_says_what_the_examples_say(code: str) -> None:
    verdicts, _differences = judged(code)
    assert {title: wrong for title, verdict in verdicts if (wrong := verdict.wrong())} == {}


@pytest.mark.parametrize("code", CODES)
def test_the_cluster_says_of_the_same_rows_what_the_node_says(code: str) -> None:
    _verdicts, differences = judged(code)
    assert "".join(differences) == ""


def test_nearly_every_rule_had_something_to_say() -> None:
    """Where nobody is accused, it is easy to agree."""
    if not FIRED:
        pytest.skip("no rule was tried")
    silent = [code for code, rows in FIRED.items() if not rows]
    assert len(silent) <= len(FIRED) // 20, silent
