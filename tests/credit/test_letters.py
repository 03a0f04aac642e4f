"""What an evaluation, an objection and a repair tell the institution stands in a numbered letter."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from credit.models import CreditEvent
from credit.workflow import EVALUATION, REPAIR
from supervision.documents.models import Document
from tests.credit.office import CreditDesk, applied, make_desk, objected, on_record, publicised

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def desk(tmp_path: Path, settings: Settings) -> CreditDesk:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_desk()


def test_an_evaluation_is_shown_by_a_letter_with_every_point_and_its_record(desk: CreditDesk) -> None:
    on_record(desk.place, number="CF-1")
    evaluation = publicised(desk)
    letter = Document.objects.get(kind="credit_shown")
    assert letter.about == evaluation.number
    for text in (letter.text_zh, letter.text_en):
        assert "CF-1" in text
        assert f"{evaluation.letter}" in text
    assert "administrative penalty" in letter.text_en
    assert Document.objects.visible_to(desk.hospital).get() == letter


@pytest.mark.parametrize(("move", "said"), [("uphold", "维持原评价"), ("correct", "予以更正")])
def test_an_objection_is_answered_by_a_letter(desk: CreditDesk, move: str, said: str) -> None:
    on_record(desk.place, number="CF-1")
    evaluation = objected(desk)
    key = str(CreditEvent.objects.get().pk)
    more: dict[str, Any] = {"wrong_records": [key]} if move == "correct" else {}
    EVALUATION.make(evaluation, move, by=desk.reviewer, note="as the file shows", **more)
    letter = Document.objects.get(kind="credit_answer")
    assert said in letter.text_zh
    assert "as the file shows" in letter.text_zh


@pytest.mark.parametrize(("move", "said"), [("grant", "准予修复"), ("refuse", "不予修复")])
def test_a_repair_is_decided_by_a_letter(desk: CreditDesk, move: str, said: str) -> None:
    repair = REPAIR.make(applied(desk), "review", by=desk.keeper)
    REPAIR.make(repair, move, by=desk.chief, note="as was seen")
    assert said in Document.objects.get(kind="credit_repair").text_zh
