"""What messages have told of a member counts before it is settled."""

from typing import Any

import pytest

from institutions.models import Institution
from supervision.knowledge.models import KnowledgeBatch
from supervision.monitoring.rulebook import rulebook
from supervision.review.models import Encounter
from tests.builders import make_institution, make_point
from tests.review.messages import INSTITUTION, asking, encounter, order
from tests.review.told import fee as told_fee
from tests.review.told import opened, take, taken, uploaded, withdrawn

pytestmark = pytest.mark.django_db
RULE = "item_freq_period"
ONCE_A_MONTH = "002101030310009"


@pytest.fixture
def limited(hospital: Institution) -> None:
    """An examination that is paid once in thirty days."""
    values = {"item": ONCE_A_MONTH, "name": "骨密度测定", "days": 30}
    make_point(list_id="freq_period", key=ONCE_A_MONTH, values=values, batch=KnowledgeBatch.objects.latest("number"))


def fee(number: int = 1, **facts: Any) -> dict[str, Any]:
    return told_fee(number, ONCE_A_MONTH, **facts)


def found(**facts: Any) -> list[str]:
    """What is said of the examination when another visit asks for it a week later."""
    later = order(item=ONCE_A_MONTH, rx_id="9", drord_begn_date="2026-03-17 09:28:00")
    asked = asking(encounter(later, mdtrt_id="9903100099", adm_date="2026-03-17 09:00:00"), infno="3102", **facts)
    asked["input"]["data"]["patient_dtos"][0]["curr_mdtrt_id"] = "9903100099"
    return [row["rule_id"] for row in take(asked)["output"]["result"] if row["rule_id"] == RULE]


def test_a_visit_that_is_not_settled_counts_as_history(limited: None) -> None:
    assert found(msgid="before") == []
    taken(opened())
    taken(uploaded(fee()))
    assert found(msgid="after") == [RULE]


def test_a_line_that_was_withdrawn_or_taken_back_does_not_count(limited: None) -> None:
    taken(opened())
    taken(uploaded(fee()))
    taken(withdrawn({"feedetl_sn": fee()["feedetl_sn"], "chrg_bchno": "CB1"}))
    assert found(msgid="withdrawn") == []
    back = fee(3, cnt=-2, det_item_fee_sumamt=-57.0, init_feedetl_sn=fee(2)["feedetl_sn"])
    taken(uploaded(fee(2), back, minute=3))
    assert found(msgid="taken back") == []


def test_the_encounter_itself_is_no_history_of_its_own(limited: None) -> None:
    taken(opened())
    taken(uploaded(fee()))
    asked = asking(encounter(order(item=ONCE_A_MONTH, rx_id=fee()["feedetl_sn"])), infno="3102", msgid="own")
    assert take(asked)["output"]["result"] == []


def test_what_another_institution_told_counts_too(limited: None) -> None:
    elsewhere = make_institution("H99010100009", "990101")
    taken(opened())
    taken(uploaded(fee()))
    Encounter.objects.update(institution=elsewhere)
    assert found(msgid="elsewhere") == ([RULE] if rulebook()[RULE].values["across"] else [])
    assert elsewhere.pk != INSTITUTION
