"""Every worked example of every page, on every engine."""

import pytest

from supervision.monitoring import examples
from supervision.monitoring.rulebook import Example, Rule, rulebook

CASES = [
    pytest.param(rule, example, id=f"{rule.code}: {example.title}")
    for rule in rulebook().values()
    for example in rule.examples
]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_the_node_says_what_the_example_says(rule: Rule, example: Example) -> None:
    assert examples.on_node(rule, example).wrong() == []


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_the_desk_says_what_the_example_says(rule: Rule, example: Example) -> None:
    assert examples.on_desk(rule, example).wrong() == []
