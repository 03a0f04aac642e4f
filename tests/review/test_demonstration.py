"""The invented hospitals ask about claims that the warehouse really holds, and do so once."""

import datetime as dt
from pathlib import Path

import pytest
from django.conf import LazySettings

from institutions.models import Institution
from supervision.review import demonstration
from supervision.review.models import AskedTotal, Key, Message, Remark, RemarkTotal
from tests.builders import make_division, make_finding, make_institution
from tests.claims.building import publish
from tests.review.messages import FOR_WOMEN

MONTH, AT = "2026-03", dt.datetime(2026, 3, 10, 9, 0)


@pytest.fixture
def claims(hospital: Institution, settings: LazySettings, tmp_path: Path) -> list[Institution]:
    """Two hospitals, each with two visits of men for whom something for women was charged."""
    settings.WAREHOUSE = str(tmp_path / "warehouse")
    make_division("990100")
    places = [hospital, make_institution("H99010100002", "990101")]
    tables: dict[str, list[dict[str, object]]] = {"visit": [], "fee_line": [], "charge": [], "diagnosis": []}
    for place in places:
        for number in (1, 2):
            claim = f"{place.pk}:{number}"
            of: dict[str, object] = {"claim": claim, "institution": place.pk, "member": f"m{number}", "month": MONTH}
            tables["visit"].append({**of, "encounter": str(number), "kind": "outpatient", "sex": "1", "started": AT})
            line = {**of, "charge": f"{claim}:1", "item": FOR_WOMEN, "done_at": AT, "quantity": 10_000, "amount": 6000}
            tables["fee_line"].append({**line, "item_name": "造影", "row": 1})
            tables["charge"].append(line)
            tables["diagnosis"].append(
                {**of, "day": AT.date(), "number": 1, "code": "K29.500", "name": "慢性胃炎", "main": True}
            )
            make_finding(place, claim=claim, month=MONTH, rule="item_sex_restricted")
    publish(tmp_path / "staged", tables)
    return places


def test_hospitals_ask_their_doctors_choose_and_one_stays_silent(claims: list[Institution]) -> None:
    assert demonstration.remind() == 2
    asking, silent = claims
    assert {key.institution_id for key in Key.objects.all()} == {asking.pk, silent.pk}
    assert set(Message.objects.values_list("institution", flat=True)) == {asking.pk}
    assert [(one.rule, one.choice) for one in Remark.objects.order_by("pk")] == [("item_sex_restricted", "2")] * 2
    assert len({one.review.asked_at.date() for one in Remark.objects.all()}) == 2
    assert (AskedTotal.objects.count(), RemarkTotal.objects.count()) == (2, 2)


def test_doing_it_again_changes_nothing(claims: list[Institution]) -> None:
    demonstration.remind()
    before = list(Message.objects.values_list("msgid", "received_at"))
    assert demonstration.remind() == 2
    assert list(Message.objects.values_list("msgid", "received_at")) == before
