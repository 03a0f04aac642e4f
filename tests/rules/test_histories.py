"""What holds of every history, whatever it is: innocence is not contagious."""

import datetime as dt
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from supervision.monitoring import examples
from supervision.monitoring.examples import Values
from supervision.monitoring.rulebook import Rule, rulebook
from supervision.monitoring.schema import HISTORIES
from tests.rules.histories import FIRST, PLAIN, one_claim, one_line, person, row

RULES = [pytest.param(rule, id=rule.code) for rule in rulebook().values()]
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
    found["member"] = [person(member, random) for member in ("Li", "Wu")]
    for name in HISTORIES:
        found[name] = []
    for number in range(random.randint(1, 9)):
        one_claim(found, random, f"c{number}", items, codes)
    found["fault"] = [row("fault", random, claim="c0", fault="retired_code", value=random.choice(codes))]
    judged = {f"c{number}" for number in range(9) if random.random() < 0.7}
    for name, past in HISTORIES.items():
        found[past] = [{**one, "judged": one["claim"] in judged} for one in found[name]]
        found[name] = [one for one in found[name] if one["claim"] in judged]
    return found


@pytest.mark.parametrize("rule", RULES)
@SOME
@given(random=st.randoms(use_true_random=False))
def test_an_innocent_line_more_takes_no_finding_away(rule: Rule, random: Random) -> None:
    rows = history(rule, random)
    before = {(row["finding"], row["charge"]) for row in examples.by_node(rule, rows)}
    begun = dt.datetime.combine(FIRST, dt.time(9)) + dt.timedelta(random.randint(0, 40))
    shared: Values = {"claim": "c0", "member": random.choice(["Li", "Wu"]), "institution": "North"}
    innocent = one_line(random, "innocent", shared, begun, PLAIN) | {"eligible": 0, "newborn": False}
    more = {**rows, "charge": [*rows["charge"], innocent], "history": [*rows["history"], {**innocent, "judged": True}]}
    assert before <= {(row["finding"], row["charge"]) for row in examples.by_node(rule, more)}
