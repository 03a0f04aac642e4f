"""The portable subset: what all three engines understand alike, and nothing else."""

import pytest

from supervision.monitoring import dialect, portable
from supervision.monitoring.rulebook import PageRefused, Rule, read, rulebook
from tests.monitoring.small import EVERY_CHARGE, make_rule

REFUSED = {
    "a day and a moment do not stand together": f"{EVERY_CHARGE} WHERE c.done_at >= c.day",
    "a number and a text do not stand together": f"{EVERY_CHARGE} WHERE c.days = c.item",
    "a number and a yes or no do not stand together": f"{EVERY_CHARGE} WHERE c.newborn = 1",
    "Add reckons with numbers, not with a day": "SELECT c.day + 1 AS y FROM charge AS c",
    "Sub reckons with numbers, not with a moment": "SELECT c.done_at - 60 AS y FROM charge AS c",
    "Sum reckons with numbers, not with a yes or no": "SELECT sum(c.newborn) AS y FROM charge AS c",
    "at the desk a day is a number": "SELECT c.claim || ':' || c.day AS y FROM charge AS c",
    "at the desk a yes or no is a number": "SELECT c.claim || c.newborn AS y FROM charge AS c",
    "a moment is not cast to VARCHAR": "SELECT CAST(c.done_at AS VARCHAR) AS y FROM charge AS c",
    "only a written day is cast to DATE": "SELECT CAST(c.done_at AS DATE) AS y FROM charge AS c",
    "only a number is cast to BIGINT": "SELECT CAST(c.item AS BIGINT) AS y FROM charge AS c",
    "stands between days": "SELECT date_diff('day', c.done_at, c.done_at) AS y FROM charge AS c",
    "stands between moments": "SELECT date_diff('second', c.day, c.done_at) AS y FROM charge AS c",
    "takes a day, not a moment": "SELECT midnight(c.done_at) AS y FROM charge AS c",
    "a condition is yes or no, not a number": f"{EVERY_CHARGE} WHERE c.days",
    "STAR … EXCEPT": "SELECT c.* EXCLUDE (claim) FROM charge AS c",
    "GROUP … ALL": "SELECT c.claim AS y, sum(c.amount) AS s FROM charge AS c GROUP BY ALL",
    "UNION … BY_NAME": f"{EVERY_CHARGE} UNION ALL BY NAME {EVERY_CHARGE}",
    "WITH … RECURSIVE": "WITH RECURSIVE w AS (SELECT c.claim AS claim FROM charge AS c) SELECT w.claim AS y FROM w AS w",
    "a window's frame counts ROWS": "SELECT sum(c.amount) OVER (ORDER BY c.days RANGE BETWEEN 3 PRECEDING AND CURRENT ROW) AS y FROM charge AS c",
    "count(DISTINCT …) counts one column": "SELECT count(DISTINCT (c.claim, c.day)) AS y, count(DISTINCT c.claim, c.day) AS z FROM charge AS c",
    "2 levels up": f"{EVERY_CHARGE} WHERE EXISTS (SELECT 1 FROM stay AS s WHERE s.claim IN "
    "(SELECT v.claim FROM visit AS v WHERE v.member = c.member))",
}  # fmt: skip


@pytest.mark.parametrize("code", rulebook())
def test_a_page_keeps_to_what_all_engines_understand_alike(code: str) -> None:
    assert [str(objection) for objection in portable.objections(rulebook()[code])] == []


@pytest.mark.parametrize(("reason", "sql"), REFUSED.items())
def test_what_engines_take_differently_is_objected_to(reason: str, sql: str) -> None:
    assert any(reason in objection.problem for objection in portable.of_query(sql, {}))


def test_an_objection_names_its_place_in_the_page() -> None:
    rule = make_rule(f"{EVERY_CHARGE}\nWHERE c.amount > 0\n    AND c.done_at >= c.day")
    (objection,) = portable.objections(rule)
    line = rule.text.splitlines()[objection.line - 1]
    assert line[objection.column - 1 :] == "c.done_at >= c.day"
    assert str(objection).startswith(f"line {objection.line}, column 9: ")


@pytest.mark.parametrize(
    ("word", "at"),
    [
        ("c.item LIKE 'X%'", "c.item LIKE"),
        ("year(c.day) = 2026", "year("),
        ("soundex_of(c.item) = 'x'", "soundex_of("),
        ("date_diff('hour', c.done_at, c.done_at) > 1", "date_diff("),
        ("c.amount / 2 > 1", "c.amount / 2"),
    ],
)
def test_a_word_off_the_house_list_is_refused_with_its_place_and_reason(word: str, at: str) -> None:
    good = make_rule(f"{EVERY_CHARGE}\nWHERE c.days > 0\n    AND c.amount > 1")
    text = good.text.replace("c.amount > 1", word)
    row = next(number for number, line in enumerate(text.splitlines(), 1) if at in line)
    column = text.splitlines()[row - 1].index(at) + 1
    with pytest.raises(PageRefused, match=f"line {row}, column {column}: "):
        read("test_rule", text)


def test_what_is_no_sql_is_refused_with_its_place() -> None:
    with pytest.raises(dialect.SqlRefused) as refusal:
        dialect.parse("SELECT c.claim AS claim\nFROM charge AS AS c WHERE (")
    assert refusal.value.line == 2


def test_the_place_of_a_parameter_is_told_by_what_stands_around_it() -> None:
    def objected(rule: Rule) -> list[str]:
        return [str(one).partition(":")[0] for one in portable.objections(rule)]

    more = '[parameters.most]\nvalue = "x"\nsource = "test"\nsince = 2026-01-01\n'
    rule = make_rule(f"{EVERY_CHARGE} WHERE c.days > $most", more=more)
    line = rule.text.splitlines().index(f"{EVERY_CHARGE} WHERE c.days > $most") + 1
    assert objected(rule) == [f"line {line}, column {len(EVERY_CHARGE) + 8}"]
