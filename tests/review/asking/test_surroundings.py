"""A page says the same of what it can tell apart as of everything there is."""

from collections.abc import Iterator, Mapping, Sequence

import pytest
from hypothesis import given

from claims.recent import registers
from supervision.monitoring import dialect
from supervision.monitoring.desk import Desk
from supervision.monitoring.rulebook import Rule, rulebook
from supervision.monitoring.schema import JUDGED
from supervision.review.asking import surroundings
from tests.rules.test_parity import AT_DESK, SEEDS, built, desk, differ, some

AROUND = [code for code in AT_DESK if rulebook()[code].reads]
Rows = Mapping[str, Sequence[Mapping[str, object]]]


def own(rows: Rows) -> Rows:
    """The encounter alone."""
    judged = {name: [row for row in rows[name] if row["judged"]] for name in JUDGED if name in rows}
    return {name: judged.get(name, all_of) for name, all_of in rows.items() if not is_around(name)}


def is_around(relation: str) -> bool:
    return relation in registers.KEYS


def told_apart(rule: Rule, rows: Rows, at: Desk) -> Iterator[tuple[str, list[Mapping[str, object]]]]:
    """Of everything else, the rows that the page is said to need."""
    keys = {key for need in rule.reads for key in surroundings.words(at, need)}
    for relation, some_rows in rows.items():
        needs = [need for need in rule.reads if need.relation == relation]
        if relation in JUDGED:
            wanted = [surroundings.alternative(at, need) for need in needs]
            stored = [
                {name: dialect.stored(value) for name, value in row.items()} for row in some_rows if not row["judged"]
            ]
            yield relation, [row for row in stored if surroundings.counts(row, wanted)]
        elif is_around(relation):
            whole = registers.KEYS[relation]
            present = registers.PRESENT.get(relation, ())
            yield relation, [row for row in some_rows if (relation, whole, str(row[whole])) in keys]
            yield (
                relation,
                [
                    {name: row[name]}
                    for name in present
                    for row in some_rows
                    if (relation, name, str(row[name])) in keys
                ],
            )


@pytest.mark.parametrize("code", AROUND)
@some(2)
@given(seed=SEEDS)
def test_a_page_says_the_same_of_what_it_can_tell_apart(code: str, seed: int) -> None:
    rule = rulebook()[code]
    lists, found = built(rule, seed)
    desk().know(lists)
    for world in found.values():
        for step, _claim in enumerate(world.claims()):
            rows = world.at_desk(step)
            with desk().review(rows):
                of_all = desk().answer(rule)
            with desk().review(own(rows)) as at:
                for relation, needed in list(told_apart(rule, rows, at)):
                    at.add(relation, needed)
                of_these = at.answer(rule)
            assert differ(rule, of_all, of_these) == ""


def test_every_page_at_the_desk_comes_to_its_registers_by_a_key() -> None:
    """Else it would ask for a whole register with each review."""
    asked = [
        (rule.code, need.relation)
        for rule in rulebook().values()
        for need in rule.reads
        if {"remind", "review"} & {*rule.moments} and is_around(need.relation)
    ]
    for code, relation in asked:
        for need in rulebook()[code].reads:
            if need.relation == relation:
                columns = {one.column for one in need.conditions}
                keys = {registers.KEYS[relation], *registers.PRESENT.get(relation, ())}
                assert columns & keys, f"{code} reads {relation}"
    assert len(asked) > 5


def test_an_invented_history_is_narrowed_at_all() -> None:
    """Where every row is needed it is easy to agree."""
    rule = rulebook()["item_total_cap"]
    lists, found = built(rule, 7, many=40)
    desk().know(lists)
    narrowed = whole = 0
    for world in found.values():
        rows = world.at_desk(len(world.claims()) - 1)
        with desk().review(own(rows)) as at:
            narrowed += sum(len(needed) for relation, needed in told_apart(rule, rows, at) if relation == "history")
        whole += len([row for row in rows["history"] if not row["judged"]])
    assert 0 < narrowed < whole
