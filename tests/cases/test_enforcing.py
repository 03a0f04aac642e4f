"""Before the court is asked: the ways to challenge are over, and the reminder was received ten working days ago."""

from datetime import timedelta

import pytest
from django.utils import timezone

from supervision.cases.models import Penalty, Proceeding
from supervision.cases.workflows.penalty import PENALTY
from supervision.clocks import calendar
from supervision.documents.models import Document
from supervision.moves import MoveRefused
from tests.cases.office import Office, run_out, served, weighed


@pytest.fixture
def overdue(penalty: Proceeding, office: Office) -> Proceeding:
    weighed(penalty, office)
    penalty = served(penalty, office)
    run_out(penalty.penalty.payment_clock, 10)
    return PENALTY.make(Proceeding.objects.get(pk=penalty.pk), "note_overdue", by=office.first)


def beyond_challenge(proceeding: Proceeding) -> Proceeding:
    for clock in (proceeding.penalty.reconsideration_clock, proceeding.penalty.suit_clock):
        run_out(clock, 20)
    return Proceeding.objects.get(pk=proceeding.pk)


def received(proceeding: Proceeding, office: Office) -> Proceeding:
    return PENALTY.make(
        proceeding, "deliver_reminder", by=office.first, on=timezone.localdate(), method="direct", received_by="Zhao"
    )


def test_nobody_is_reminded_while_the_decision_can_still_be_challenged(overdue: Proceeding, office: Office) -> None:
    run_out(overdue.penalty.reconsideration_clock)
    with pytest.raises(MoveRefused, match="may still ask for reconsideration or sue"):
        PENALTY.make(Proceeding.objects.get(pk=overdue.pk), "remind", by=office.first)


def test_the_court_is_asked_ten_working_days_after_the_reminder_was_received(
    overdue: Proceeding, office: Office
) -> None:
    reminded = PENALTY.make(beyond_challenge(overdue), "remind", by=office.first)
    assert "收到本催告书之日起10个工作日内" in Document.objects.get(kind="reminder").text_zh
    with pytest.raises(MoveRefused, match="received the reminder"):
        PENALTY.make(reminded, "enforce", by=office.chief, court="云州市中级人民法院")
    reminded = received(reminded, office)
    clock = Penalty.objects.get(pk=reminded.pk).reminder_clock
    assert clock is not None
    assert calendar.working_days_between(timezone.localdate(), timezone.localdate(clock.due_at)) == 10
    with pytest.raises(MoveRefused, match="10 working days after"):
        PENALTY.make(reminded, "enforce", by=office.chief, court="云州市中级人民法院")
    run_out(clock)
    asked = PENALTY.make(Proceeding.objects.get(pk=reminded.pk), "enforce", by=office.chief, court="云州市中级人民法院")
    assert asked.state == "enforcement"
    letter = Document.objects.get(kind="enforcement_application").text_zh
    assert "行政处罚决定强制执行申请书" in letter
    assert "第七十二条第一款第四项" in letter


def test_a_reminder_is_received_once(overdue: Proceeding, office: Office) -> None:
    reminded = received(PENALTY.make(beyond_challenge(overdue), "remind", by=office.first), office)
    with pytest.raises(MoveRefused, match="written down already"):
        received(reminded, office)
    with pytest.raises(MoveRefused, match="not come yet"):
        PENALTY.make(
            PENALTY.make(reminded, "challenge", by=office.first, on=timezone.localdate() + timedelta(1),
                         challenge_forum="suit"),
            "uphold", by=office.first,
        )  # fmt: skip
