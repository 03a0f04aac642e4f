"""Pages of the library: what reading one gives, and what is said of a page that cannot be used."""

import datetime as dt
import re

import pytest
from django.utils import translation

from supervision.knowledge.lists import LISTS
from supervision.monitoring import rulebook
from supervision.monitoring.rulebook import PageRefused, Parameter, Rule

PAGE = '''/*
title      = "Too many"
title_zh   = "超量"
basis      = "art. 38 (3)"
basis_zh   = "第三十八条第三项"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S2"
violations = ["V08"]
natl_rule  = ["医疗服务项目限定频次"]
about      = "More than allowed."
about_zh   = "超出限量。"
innocent   = "None."
innocent_zh = "无。"
because    = "{quantity} on {day}"
because_zh = "{day}共{quantity}"

[parameters.most]
value  = 3
source = "a starting value"
since  = 2026-04-01

[columns]
quantity = "qty"

[examples]
"four are too many · 四个超量" = """
charge | quantity | flagged
a      | 4        | yes
b      | 3        |
"""
*/
SELECT c.institution, c.claim, c.charge, c.amount AS at_stake, c.day, c.quantity
FROM charge AS c
WHERE c.quantity > $most * 10000
'''


def page(*changes: tuple[str, str]) -> Rule:
    text = PAGE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return rulebook.read("item_too_many", text)


def test_a_page_is_read_into_a_rule() -> None:
    rule = page()
    assert (rule.code, rule.stage, rule.certainty, rule.severity) == ("item_too_many", "trial", "high", "S2")
    assert rule.parameters == (Parameter("most", 3, "a starting value", since=dt.date(2026, 4, 1)),)
    assert rule.values == {"most": 3}
    assert rule.relations == {"charge"}
    assert rule.evidence == ["day", "quantity"]
    assert rule.examples[0].tables["charge"][0] == {"charge": "a", "quantity": "4", "flagged": "yes"}
    assert (rule.needs, rule.back, rule.ahead, rule.runs) == ((), 0, 0, True)


def test_its_hash_is_that_of_the_page_to_the_letter() -> None:
    assert page().hash == page().hash != page(("None.", "None, really.")).hash


def test_it_speaks_the_reader_s_language() -> None:
    with translation.override("zh-hans"):
        assert page().said("title") == "超量"
    with translation.override("en"):
        assert page().said("title") == "Too many"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('stage      = "trial"\n', "", "stage: is missing"),
        ('"trial"', '"tried"', "stage: 'tried' is none of draft"),
        ('["audit"]', '["audit", "later"]', "moments: 'later' is none of remind"),
        ('"high"', '"sure"', "certainty: 'sure' is none of lead"),
        ('"S2"', '"2"', "severity: '2' is none of S1"),
        ('severity   = "S2"', 'severity   = "S2"\ncolour = "red"', "colour: is no key of a page"),
        ('["V08"]', '"V08"', "violations: must be a list"),
        ("value  = 3", "valu  = 3", "parameters.most: has value, source"),
        ('source = "a starting value"\n', "", "parameters.most: says no source"),
        ("$most", "$least", "parameters: least, most"),
        ("{quantity} on", "{amount} on", "because: the query answers no amount"),
        ('quantity = "qty"', 'quantity = "kg"', "columns: quantity: 'kg' is none of qty"),
        ('quantity = "qty"', 'amount = "yuan"', "columns: the query answers no amount"),
        ("c.amount AS at_stake", "c.amount AS stake", "query: answers no at_stake"),
        ("c.day, c.quantity", "c.day, c.quantity, c.member AS subject", "subject: the header says its kind"),
        ("b      | 3        |", "b      | 3", "examples.four are too many: 2 cells under 3 columns: b | 3"),
        (" · 四个超量", "", "examples.four are too many: has no title in Chinese"),
        ("/*\n", "", "a page opens with its header"),
        ('title      = "Too many"', "title      = Too many", "the header is no TOML"),
        ("c.quantity > $most", "median(c.quantity) > $most", "line 36, column 7: Median is not on the house list"),
    ],
)
def test_what_is_wrong_is_named_with_its_page(old: str, new: str, says: str) -> None:
    with pytest.raises(PageRefused, match=re.escape("item_too_many: " + says)):
        page((old, new))


def test_a_parameter_may_hold_otherwise_elsewhere() -> None:
    other = 'since  = 2026-04-01\n[[parameters.most.other]]\nvalue = 5\nplace = "330000"\n'
    rule = page(("since  = 2026-04-01\n", other))
    assert [(one.value, one.place, one.source) for one in rule.parameters] == [
        (3, "000000", "a starting value"),
        (5, "330000", "a starting value"),
    ]
    assert rule.values == {"most": 3}


@pytest.fixture(params=rulebook.rulebook().values(), ids=lambda rule: rule.code)
def rule(request: pytest.FixtureRequest) -> Rule:
    shipped: Rule = request.param
    return shipped


def test_the_library_has_the_first_fifteen_rules() -> None:
    assert len(rulebook.rulebook()) >= 15


def test_every_page_tells_its_law_and_both_tongues(rule: Rule) -> None:
    for key in ("title", "basis", "about", "innocent", "because"):
        assert getattr(rule, key)
        assert re.search("[\u4e00-\u9fff]", getattr(rule, f"{key}_zh"))
    assert rule.violations
    # The national list has no type for some of the catalogue's rules; they do not cite it either.
    assert rule.natl_rule or "国家两库" not in rule.basis_zh


def test_every_page_shows_one_that_is_flagged_and_one_that_is_not(rule: Rule) -> None:
    flagged = {bool(row.get("flagged")) for one in rule.examples for rows in one.tables.values() for row in rows}
    assert flagged == {True, False} or rule.code == "claim_data_invalid"


def test_every_list_a_page_joins_on_is_defined(rule: Rule) -> None:
    assert rule.lists <= set(LISTS)


def test_every_parameter_has_an_origin_and_every_page_fits_on_paper(rule: Rule) -> None:
    assert all(parameter.source for parameter in rule.parameters)
    assert len(rule.sql.splitlines()) <= 80
