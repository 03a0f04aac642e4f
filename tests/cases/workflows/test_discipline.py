"""Leads on breaches of duty go to discipline inspection, and what it answers comes back to the case."""

import pytest
from django.utils import timezone

from supervision.cases.models import Proceeding
from supervision.documents.models import Document
from supervision.moves import MoveRefused
from tests.cases.handled import Office, begin, make_case, move


def drafted(office: Office) -> Proceeding:
    return begin(
        make_case(office), "discipline", office.officer, to_name="云泽市纪委监委", report="经办人员失职。",
        basis="医保发〔2021〕13号",
    )  # fmt: skip


def test_it_is_approved_by_another_and_sent_by_letter(office: Office) -> None:
    referral = move(drafted(office), "approve", office.head)
    referral = move(referral, "send", office.officer)
    assert "云泽市纪委监委" in Document.objects.get(about=referral.number).text_zh


def test_it_is_not_sent_before_it_is_approved(office: Office) -> None:
    with pytest.raises(MoveRefused, match="drafted"):
        move(drafted(office), "send", office.officer)


def test_its_result_comes_back_within_its_time_and_is_told_to_the_case(office: Office) -> None:
    today = timezone.localdate()
    referral = move(move(drafted(office), "approve", office.head), "send", office.officer)
    referral = move(referral, "receive", office.officer, on=today, receipt="收文3号")
    assert referral.clock and referral.clock.limit.code == "discipline_feedback"
    referral = move(referral, "handle", office.officer, on=today, reply="已立案", result="给予警告")
    referral = move(referral, "feed_back", office.officer, note="处理结果已记录")
    referral = move(referral, "close", office.head)
    assert (referral.closed_at is not None, referral.referral.result) == (True, "给予警告")


def test_what_is_returned_may_be_sent_again(office: Office) -> None:
    referral = move(move(drafted(office), "approve", office.head), "send", office.officer)
    referral = move(referral, "return", office.officer, on=timezone.localdate(), reply="材料不全")
    assert move(referral, "send", office.officer).state == "sent"
