"""Which measures fit is proposed with its reason, and the order follows the facts."""

from decimal import Decimal
from typing import Any

from supervision.cases.choosing import Signs, fitting


def kinds(**facts: Any) -> list[str]:
    values: dict[str, Any] = {
        "findings": 3, "severity": 2, "articles": frozenset({"38(3)"}), "lost": Decimal(900), "all_accepted": False,
        "earlier_cases": 0, "respondent": "institution",
    }  # fmt: skip
    return [suggestion.kind.value for suggestion in fitting(Signs(**{**values, **facts}))]


def test_what_is_minor_first_and_accepted_is_corrected_and_refunded() -> None:
    assert kinds(all_accepted=True) == ["rectification", "recovery"]


def test_a_violation_of_the_regulation_goes_both_ways_beside_each_other() -> None:
    assert kinds() == ["recovery", "breach", "penalty"]


def test_signs_of_fraud_call_for_suspension_and_the_police() -> None:
    assert kinds(severity=4) == ["recovery", "breach", "penalty", "suspension", "criminal"]
    assert kinds(articles=frozenset({"40(3)"}), severity=3)[-1] == "criminal"


def test_a_case_without_findings_proposes_nothing() -> None:
    assert kinds(findings=0, severity=0, articles=frozenset(), lost=Decimal(0)) == []


def test_staff_of_an_agency_are_for_discipline_inspection() -> None:
    assert kinds(respondent="agency")[-1] == "discipline"


def test_what_happens_again_is_a_serious_breach() -> None:
    values = Signs(2, 2, frozenset(), Decimal(5), False, 1, "institution")
    measures = [suggestion.measures for suggestion in fitting(values) if suggestion.kind == "breach"]
    assert measures == [("M3", "M4", "M5", "M6")]
