"""Those in charge are called in, what is wrong is put right, and settlement stands still while fraud is looked into."""

import pytest
from django.utils import timezone

from supervision.cases.models import Case
from supervision.documents.models import Document
from supervision.moves import MoveRefused
from tests.cases.handled import Office, begin, move


def test_an_interview_is_called_held_and_checked(office: Office, case: Case) -> None:
    now, today = timezone.now(), timezone.localdate()
    talk = begin(case, "interview", office.officer)
    talk = move(talk, "notify", office.head, person="院长", at=now, where="三楼会议室")
    talk = move(
        talk, "hold", office.officer, at=now, present="院长、医保办主任", record="承认问题", demand="一个月内整改"
    )
    talk = move(talk, "order", office.officer)
    assert talk.clock and talk.clock.limit.code == "interview_check"
    talk = move(talk, "check", office.officer, on=today, seen="已整改")
    assert move(talk, "close", office.head).closed_at
    assert set(Document.objects.values_list("kind", flat=True)) == {"interview_notice", "interview_minutes"}


def test_what_falls_short_is_returned_and_handed_in_again(office: Office, case: Case) -> None:
    today = timezone.localdate()
    order = begin(case, "rectification", office.officer)
    order = move(order, "order", office.head, demand="规范收费", basis="条例第三十八条")
    first = order.clock
    order = move(order, "submit", office.officer, on=today, done="培训")
    order = move(order, "return", office.officer, seen="系统未改", note="不合格")
    assert order.state == "executing"
    assert order.clock and order.clock != first
    order = move(order, "submit", office.officer, on=today, done="系统已改")
    order = move(order, "accept", office.officer, seen="合格")
    assert move(order, "close", office.head).closed_at


def test_settlement_stands_still_on_the_principals_word_and_is_settled_when_no_fraud_is_found(
    office: Office, case: Case
) -> None:
    today = timezone.localdate()
    halt = begin(case, "suspension", office.officer, grounds="涉嫌骗保")
    with pytest.raises(MoveRefused, match="duty"):
        move(halt, "approve", office.officer, request="3月至5月住院费用")
    halt = move(halt, "approve", office.head, request="3月至5月住院费用")
    with pytest.raises(MoveRefused, match="duty"):
        move(halt, "take_effect", office.head, on=today)
    halt = move(halt, "take_effect", office.booker, on=today)
    halt = move(halt, "find_none", office.head, outcome="未发现欺诈")
    assert move(halt, "settle", office.booker, on=today).state == "settled"
