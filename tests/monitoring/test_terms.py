"""Every code of the library has its words."""

import pytest
from django.utils.translation import override

from supervision.monitoring import columns, terms
from supervision.monitoring.evidence import masked
from supervision.monitoring.rulebook import rulebook


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_codes_of_every_rule_are_known(language: str) -> None:
    with override(language):
        for rule in rulebook().values():
            assert set(rule.violations) <= terms.VIOLATIONS.keys(), rule.code
            assert rule.stage in terms.STAGES
            assert set(rule.moments) <= terms.MOMENTS.keys()
            assert terms.family_code(rule) in terms.FAMILIES, rule.code
            shown = {name for name, _value in columns.in_words(dict.fromkeys(rule.evidence, "x"))}
            assert not shown & set(rule.evidence) - {str(word) for word in columns.COLUMNS.values()}, rule.code


def test_of_evidence_in_both_tongues_the_readers_is_shown() -> None:
    evidence = {"sex_words": "women", "sex_zh": "女性", "cap": "12.50", "reason": None}
    for language, said in (("en", "women"), ("zh-hans", "女性")):
        with override(language):
            assert [value for _name, value in columns.in_words(evidence)] == [said, "12.50"]


def test_a_number_is_masked_to_its_ends() -> None:
    assert masked("330101199001011234") == "33****34"
    assert masked("1234") == "****"
