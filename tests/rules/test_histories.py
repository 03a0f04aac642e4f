"""What holds of every history, whatever it is: both engines agree, and innocence is not contagious."""

import datetime as dt
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from supervision.monitoring import dialect, examples
from supervision.monitoring.examples import HISTORIES, Values
from supervision.monitoring.rulebook import Rule, rulebook

RULES = [pytest.param(rule, id=rule.code) for rule in rulebook().values()]
PLAIN = "009900000000001"  # on no list
FIRST = dt.date(2026, 2, 20)
# Shrinking a history of a hundred rows takes minutes and tells little more than its seed.
SOME = settings(
    max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)


def listed(rule: Rule, relation: str, column: str) -> list[str]:
    rows = [row for one in ({**one.tables, **rule.given} for one in rule.examples) for row in one.get(relation, ())]
    return sorted({row[column] for row in rows if row.get(column, "-") not in ("", "-")})


def history(rule: Rule, random: Random) -> dict[str, list[Values]]:
    """A few people's claims over some weeks, with what the page's own examples are about."""
    lists = [name for name in rule.relations if name.startswith("k_")]
    items = [PLAIN, *(code for name in lists for key in ("item", "other") for code in listed(rule, name, key))]
    codes = [*listed(rule, "code_list", "code"), "I10.x00", "J18.900"]
    found: dict[str, list[Values]] = {name: examples.rows_of(rule, rule.examples[0], name) for name in lists}
    found["code_list"] = [{"list": row["list"], "code": row["code"]} for row in rule.given.get("code_list", ())]
    found["member"] = [row("member", random, member=member) for member in "abc"]
    for name in HISTORIES:
        found[name] = []
    for number in range(random.randint(1, 9)):
        one_claim(found, random, f"c{number}", items, codes)
    found["fault"] = [row("fault", random, claim="c0", fault="retired_code", value=random.choice(codes))]
    judged = {f"c{number}" for number in range(9) if random.random() < 0.7}
    for name, past in HISTORIES.items():
        found[past] = found[name]
        found[name] = [one for one in found[name] if one["claim"] in judged]
    return found


def one_claim(found: dict[str, list[Values]], random: Random, claim: str, items: list[str], codes: list[str]) -> None:
    begun = dt.datetime.combine(FIRST, dt.time(random.choice([0, 9, 23]))) + dt.timedelta(random.randint(0, 40))
    ended = begun + dt.timedelta(random.choice([0, 0, 1, 3, 8, 20]), random.choice([0, 3600, 40_000, 86_399]))
    shared: Values = {
        "claim": claim, "member": random.choice("aab"), "institution": random.choice(["North", "South"]),
        "newborn": random.random() < 0.1, "sex": random.choice(["1", "2", "0"]), "age": random.choice([2, 3, 12, 13, 40, None]),
    }  # fmt: skip
    stay = row("stay", random, **shared, illness=random.choice(codes))
    stay |= {"admitted": begun, "discharged": ended, "settled_at": ended, "admitted_on": begun.date()}
    stay |= {"discharged_on": ended.date(), "bed_days": max(1, (ended.date() - begun.date()).days)}
    stay |= {"category": str(stay["illness"])[:3], "transferred": random.random() < 0.1}
    found["stay"].append(stay)
    for number, code in enumerate(random.sample(codes, 2)):
        found["diagnosis"].append(row("diagnosis", random, **shared, code=code, day=begun.date(), main=number == 0))
    if random.random() < 0.3:
        found["operation"].append(row("operation", random, **shared, code=random.choice(["1", "2"]), main=True))
    for number in range(random.randint(1, 6)):
        found["charge"].append(one_line(random, f"{claim}:{number}", shared, begun, random.choice(items)))
        if random.random() < 0.6:
            line = found["charge"][-1]
            scan = row("scan", random, **{**shared, "charge": line["charge"], "scan": f"{claim}:{number}"})
            scan |= {"code": random.choice("xyz"), "event": random.choice(["sale", "sale", "return"])}
            found["scan"].append(
                scan | {"done_at": line["done_at"], "day": line["day"], "loose": random.random() < 0.1}
            )


def one_line(random: Random, charge: str, shared: Values, begun: dt.datetime, item: str) -> Values:
    at = begun + dt.timedelta(random.randint(0, 3), random.choice([0, 3600, 7200, 86_399]))
    line = row("charge", random, **shared, charge=charge, item=item)
    line |= examples.derived({"item": item}, "") | {"charge": charge, "claim": shared["claim"]}
    line |= {"done_at": at, "day": at.date(), "quantity": random.choice([10_000, 5_000, 250_000, 310_000])}
    line |= {"price": random.choice([10**6, 220 * 10**6, 300 * 10**6]), "amount": random.randint(1, 10**6)}
    line |= {
        "eligible": random.choice([0, 1, 500]),
        "days": random.choice([1, 1, 2, 14]),
        "level": random.choice([2, 3]),
    }
    line |= {"approved": random.random() < 0.1, "reason": random.choice([None, None, "x"])}
    return {name: line.get(name) for name in examples.types("charge")}


def row(relation: str, random: Random, **values: object) -> Values:
    """A row with what an ordinary one has, and what is said here as far as the relation has it."""
    kinds = examples.types(relation)
    whole = examples.complete(relation, f"{relation}{random.random()}", {})
    if relation == "member" and random.random() < 0.4:
        whole |= {"died_on": FIRST + dt.timedelta(20), "died_at": None}
    return whole | {name: value for name, value in values.items() if name in kinds}  # type: ignore[return-value]


def plain(answer: list[dict[str, object]] | object, columns: list[str]) -> list[tuple[str, ...]]:
    assert isinstance(answer, list)
    return sorted(tuple(str(number(dialect.stored(row[name]))) for name in columns) for row in answer)


def number(value: object) -> object:
    return int(value) if isinstance(value, bool) else value


@pytest.mark.parametrize("rule", RULES)
@SOME
@given(random=st.randoms(use_true_random=False))
def test_the_desk_says_what_the_node_says(rule: Rule, random: Random) -> None:
    rows = history(rule, random)
    said = [name for name in rule.answered if name != "certainty"]
    assert plain(examples.by_node(rule, rows), said) == plain(examples.by_desk(rule, rows), said)


@pytest.mark.parametrize("rule", RULES)
@SOME
@given(random=st.randoms(use_true_random=False))
def test_an_innocent_line_more_takes_no_finding_away(rule: Rule, random: Random) -> None:
    rows = history(rule, random)
    before = {(row["finding"], row["charge"]) for row in examples.by_node(rule, rows)}
    begun = dt.datetime.combine(FIRST, dt.time(9)) + dt.timedelta(random.randint(0, 40))
    shared: Values = {"claim": "c0", "member": random.choice("ab"), "institution": "North"}
    innocent = one_line(random, "innocent", shared, begun, PLAIN) | {"eligible": 0, "newborn": False}
    more = {**rows, "charge": [*rows["charge"], innocent], "history": [*rows["history"], innocent]}
    assert before <= {(row["finding"], row["charge"]) for row in examples.by_node(rule, more)}
