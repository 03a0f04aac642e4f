"""What contradicts itself is said before it is settled, in the words of intake."""

from typing import Any

import pytest

from institutions.models import Institution
from tests.builders import make_point
from tests.review.messages import asking, encounter, order, sent
from tests.review.test_review import take

RULE = "claim_data_invalid"


def said(*, patient: dict[str, Any] | None = None, **facts: Any) -> list[str]:
    message = asking(encounter(order(), **facts), infno="3102")
    message["input"]["data"]["patient_dtos"][0] |= patient or {}
    assert sent(message)
    return [row["vola_cont"] for row in take(message)["output"]["result"] if row["rule_id"] == RULE]


def test_an_ordinary_visit_contradicts_nothing(hospital: Institution) -> None:
    assert said() == []


@pytest.mark.parametrize(
    ("patient", "facts", "problem"),
    [
        ({"brdy": "2026-03-11"}, {}, "出生日期晚于就诊开始"),
        ({"brdy": "1890-01-01"}, {}, "年龄超过130岁"),
        ({}, {"med_type": "21", "wardno": "1", "dscg_main_dise_codg": "", "fsi_diagnose_dtos": []}, "住院缺少主要诊断"),
        (
            {},
            {
                "med_type": "21", "wardno": "1", "dscg_date": "2026-03-12 10:00:00",
                "fsi_operation_dtos": [{"oprn_code": "51.23", "oprn_date": "2026-03-01"}],
            },
            "手术日期不在住院期间",
        ),
    ],
)  # fmt: skip
def test_a_contradiction_is_named(
    hospital: Institution, patient: dict[str, Any], facts: dict[str, Any], problem: str
) -> None:
    (found,) = said(patient=patient, **facts)
    assert problem in found


def test_a_code_that_was_retired_is_named(hospital: Institution) -> None:
    values = {"code": "K29.500", "name": "慢性胃炎"}
    make_point(list_id="retired_code", key="K29.500", values=values)
    (found,) = said()
    assert "K29.500" in found
