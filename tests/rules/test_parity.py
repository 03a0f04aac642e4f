"""One rule, three scales: over every history the desk and the cluster say what the node says."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from supervision.monitoring import engines
from supervision.monitoring.desk import Desk
from supervision.monitoring.rulebook import ANSWER, Rule, rulebook
from tests.rules import histories, worlds
from tests.rules.histories import World

Rows = Mapping[str, Sequence[Mapping[str, object]]]
CODES = list(rulebook())
AT_DESK = [
    code for code, rule in rulebook().items() if {"remind", "review"} & {*rule.moments} and "audit" in rule.moments
]
SEEDS = st.integers(0, 2**64)
MANY = 15  # histories asked together
JUDGED: Counter[str] = Counter()  # histories by rule
FIRED: dict[str, Counter[str]] = {scale: Counter() for scale in ("node", "desk")}


def some(examples: int) -> settings:
    """Histories are asked together, and the one that differs is named: nothing is gained by shrinking."""
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=examples < 10,  # the same in each short run; the long one draws anew
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def built(rule: Rule, seed: int, many: int = MANY) -> tuple[Rows, dict[str, World]]:
    """The lists, and histories by the seeds of which each is made."""
    random = Random(seed)
    lists = histories.lists(rule, random)
    seeds = [random.randrange(2**40) for _ in range(many)]
    return lists, {str(one): histories.history(rule, Random(one)) for one in seeds}


def asked(scale: str, rule: Rule, rows: Rows) -> Sequence[engines.Row]:
    engine = engines.engine(scale)
    engine.hand_over({name: rows.get(name, ()) for name in engines.needed(rule)})
    return engine.answer(rule)


def plain(rule: Rule, answer: Sequence[engines.Row]) -> Counter[tuple[object, ...]]:
    return Counter(tuple(row[name] for name in (*ANSWER, *rule.evidence)) for row in answer)


def differ(rule: Rule, one: Sequence[engines.Row], other: Sequence[engines.Row]) -> str:
    """Where two answers differ, in words."""
    left, right = plain(rule, one), plain(rule, other)
    names = (*ANSWER, *rule.evidence)
    return "\n".join(
        f"{sign} {dict(zip(names, row, strict=True))}"
        for sign, rows in (("node only ", left - right), ("other only", right - left))
        for row in rows
    )


def check_relations(code: str, seed: int) -> None:
    """The same relations, the same answer: a page means the same in both dialects."""
    rule = rulebook()[code]
    lists, found = built(rule, seed)
    rows = worlds.together(((name, world.whole()) for name, world in found.items()), lists)
    by_node = asked("node", rule, rows)
    FIRED["node"][code] += len(by_node)
    JUDGED[code] += len(found)
    assert differ(rule, by_node, asked("desk", rule, rows)) == ""


def about(claim: object, answer: Sequence[engines.Row]) -> list[engines.Row]:
    """What an answer accuses a claim of, and what else is involved in that."""
    accused = [row for row in answer if row["role"] == "accused" and row["claim"] == claim]
    findings = {row["finding"] for row in accused}
    return accused + [row for row in answer if row["role"] != "accused" and row["finding"] in findings]


@cache
def desk() -> Desk:
    return Desk()


def check_moments(code: str, seed: int) -> None:
    """Claim by claim, each with what was known when it ended: what the desk says of it is what a run says of it."""
    rule = rulebook()[code]
    lists, found = built(rule, seed)
    steps = [(name, step, claim) for name, world in found.items() for step, claim in enumerate(world.claims())]
    moments = ((f"{name}.{step}", found[name].known_at(step)) for name, step, _claim in steps)
    by_node = asked("node", rule, worlds.together(moments, lists))
    by_moment = worlds.split(by_node)
    desk().know(lists)
    differences = []
    for name, step, claim in steps:
        with desk().review(found[name].at_desk(step)):
            said = about(claim, desk().answer(rule))
        told = about(claim, by_moment.get(f"{name}.{step}", ()))
        FIRED["desk"][code] += len(said)
        if odd := differ(rule, told, said):
            differences.append(f"history {name}, claim {claim}:\n{odd}")
    assert "\n".join(differences[:3]) == ""


@pytest.mark.parametrize("code", CODES)
@some(2)
@given(seed=SEEDS)
def test_the_desk_says_of_the_same_rows_what_the_node_says(code: str, seed: int) -> None:
    check_relations(code, seed)


@pytest.mark.parametrize("code", AT_DESK)
@some(2)
@given(seed=SEEDS)
def test_the_desk_says_of_a_claim_what_a_run_says_of_it(code: str, seed: int) -> None:
    check_moments(code, seed)


def test_nearly_every_rule_had_something_to_say() -> None:
    """Where nobody is accused, it is easy to agree."""
    if set(CODES) - JUDGED.keys():
        pytest.skip("only some of the rules were tried")
    silent = [code for code in CODES if not FIRED["node"][code]]
    silent_at_desk = [code for code in AT_DESK if not FIRED["desk"][code]]
    assert len(silent) <= len(CODES) // 20, silent
    assert len(silent_at_desk) <= len(AT_DESK) // 10, silent_at_desk


# 10 x 15 histories for each of a hundred rules, and again claim by claim.
@pytest.mark.long
@pytest.mark.parametrize("code", CODES)
@some(10)
@given(seed=SEEDS)
def test_thousands_of_histories_are_judged_alike(code: str, seed: int) -> None:
    check_relations(code, seed)


@pytest.mark.long
@pytest.mark.parametrize("code", AT_DESK)
@some(10)
@given(seed=SEEDS)
def test_thousands_of_claims_are_judged_alike_at_their_moment(code: str, seed: int) -> None:
    check_moments(code, seed)
