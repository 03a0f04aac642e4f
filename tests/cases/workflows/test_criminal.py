"""A referral to the police: reported by two, decided by the principal, and what waits for it stands still."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from supervision.cases import referring
from supervision.cases.models import Case, PackageItem, Proceeding
from supervision.documents.models import Document
from supervision.ledger.booking import Leg, book
from supervision.ledger.models import Book, Stage
from supervision.moves import MoveRefused
from tests.cases.handled import Office, begin, move
from tests.ledger.small import make_item


def told(**facts: object) -> dict[str, object]:
    return {"on": timezone.localdate(), **facts}


def reported(case: Case, office: Office) -> Proceeding:
    referral = begin(case, "criminal", office.officer)
    return move(
        referral, "report", office.officer, report="虚构医药服务项目骗取基金。", basis="刑法第二百六十六条",
        second_officer=office.second.username,
    )  # fmt: skip


def sent(case: Case, office: Office) -> Proceeding:
    referral = move(reported(case, office), "approve", office.head)
    return move(referral, "send", office.officer, to_name="云泽市公安局", package="现场笔录\n结算清单")


def received(case: Case, office: Office) -> Proceeding:
    return move(sent(case, office), "receive", office.officer, **told(receipt="回执〔2026〕5号"))


def test_the_report_is_signed_by_two_different_officers(office: Office, case: Case) -> None:
    referral = begin(case, "criminal", office.officer)
    for second in (office.officer.username, office.head.username, "nobody"):
        with pytest.raises(MoveRefused, match="signed by two officers"):
            move(referral, "report", office.officer, report="x", basis="x", second_officer=second)


def test_the_principal_decides_within_days_and_no_officer_does(office: Office, case: Case) -> None:
    referral = reported(case, office)
    assert referral.clock and referral.clock.limit.code == "C02"
    office.second.duties = ["decide"]
    office.second.save()
    with pytest.raises(MoveRefused, match="does not decide"):
        move(referral, "approve", office.second)
    with pytest.raises(MoveRefused, match="Say why"):
        move(referral, "refuse", office.head)
    assert move(referral, "refuse", office.head, note="数额未达标准").closed_at


def test_it_goes_out_with_its_package(office: Office, case: Case) -> None:
    referral = sent(case, office)
    assert referral.to_name == "云泽市公安局"
    kinds = list(referral.referral.package.values_list("kind", flat=True))
    assert kinds == ["report", "list", "material", "material", "letter"]
    letter = Document.objects.get(about=referral.number, kind="transfer_letter")
    assert PackageItem.objects.get(kind="letter").document == letter.reference


def test_the_penalty_waits_for_the_police_and_goes_on_when_they_return_it(office: Office, case: Case) -> None:
    penalty = begin(case, "penalty", office.head)
    assert penalty.overall_clock
    due = penalty.overall_clock.due_at
    referral = received(case, office)
    penalty.overall_clock.refresh_from_db()
    assert penalty.overall_clock.state == "paused"
    assert referring.with_police(case)
    move(referral, "return", office.officer, **told(reply="不构成犯罪"))
    penalty.overall_clock.refresh_from_db()
    assert penalty.overall_clock.state == "running"
    assert penalty.overall_clock.due_at >= due
    assert not referring.with_police(case)


def test_three_days_with_the_police_are_three_days_more_for_the_penalty(office: Office, case: Case) -> None:
    penalty = begin(case, "penalty", office.head)
    clock = penalty.overall_clock
    assert clock
    start = timezone.now() - timedelta(days=30)
    type(clock).objects.filter(pk=clock.pk).update(since=start, due_at=start + timedelta(days=90))
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        referral = received(case, office)
    move(referral, "return", office.officer, **told(reply="不构成犯罪"))
    clock.refresh_from_db()
    assert 2 <= (clock.due_at - (start + timedelta(days=90))).days <= 5


def test_what_was_sent_is_with_the_police_before_they_sign_for_it(office: Office, case: Case) -> None:
    penalty = begin(case, "penalty", office.head)
    assert penalty.overall_clock
    referral = sent(case, office)
    penalty.overall_clock.refresh_from_db()
    assert penalty.overall_clock.state == "paused"
    move(referral, "return", office.officer, **told(reply="不属管辖，拒收"))
    penalty.overall_clock.refresh_from_db()
    assert penalty.overall_clock.state == "running"


def test_a_penalty_filed_while_the_police_have_the_case_stands_still_too(office: Office, case: Case) -> None:
    referral = received(case, office)
    penalty = begin(case, "penalty", office.head)
    assert penalty.overall_clock
    penalty.overall_clock.refresh_from_db()
    assert penalty.overall_clock.state == "paused"
    move(referral, "return", office.officer, **told(reply="不构成犯罪"))
    penalty.overall_clock.refresh_from_db()
    assert penalty.overall_clock.state == "running"


def test_it_waits_on_while_the_police_have_the_case_by_another_referral(office: Office, case: Case) -> None:
    penalty = begin(case, "penalty", office.head)
    assert penalty.overall_clock
    first, second = received(case, office), received(case, office)
    for referral, state in ((first, "paused"), (second, "running")):
        move(referral, "return", office.officer, **told(reply="不构成犯罪"))
        penalty.overall_clock.refresh_from_db()
        assert penalty.overall_clock.state == state


def test_the_report_is_due_from_the_moment_the_referral_is_opened(office: Office, case: Case) -> None:
    referral = begin(case, "criminal", office.officer)
    assert referral.clock
    assert (referral.clock.limit.code, referral.clock.since.date()) == ("C01", referral.opened_at.date())


def test_papers_that_are_missing_are_sent_after(office: Office, case: Case) -> None:
    referral = move(sent(case, office), "ask_supplement", office.officer, **told(reply="缺鉴定意见"))
    assert referral.clock
    assert referral.clock.limit.code == "criminal_supplement"
    assert referring.with_police(case)
    referral = move(referral, "supplement", office.officer, package="鉴定意见")
    assert referral.referral.package.filter(name="鉴定意见").exists()
    assert Document.objects.filter(about=referral.number, kind="transfer_letter").count() == 2
    assert move(referral, "receive", office.officer, **told(receipt="回执6号")).state == "received"


def test_nothing_is_received_before_it_was_sent(office: Office, case: Case) -> None:
    with pytest.raises(MoveRefused, match="before it was sent"):
        move(sent(case, office), "receive", office.officer, receipt="回执", on=timezone.localdate() - timedelta(3))


def test_not_filed_is_asked_again_and_then_brought_before_the_procuratorate(office: Office, case: Case) -> None:
    referral = move(received(case, office), "not_file", office.officer, **told(reply="证据不足"))
    assert referral.clock and referral.clock.limit.code == "C06"
    referral = move(referral, "ask_review", office.officer, note="补充证据")
    referral = move(referral, "not_file_again", office.officer, **told(reply="维持"))
    assert referral.clock and referral.clock.limit.code == "C08"
    referral = move(
        referral, "ask_procuratorate", office.officer, note="申请立案监督", procuratorate="云泽市人民检察院"
    )
    request = Document.objects.get(about=referral.number, kind="supervision_request")
    assert "云泽市人民检察院" in request.text_zh
    assert "维持" in request.text_zh
    referral = move(referral, "file", office.officer, **told(filed_number="云公立字3号"))
    assert referral.clock and referral.clock.limit.code == "C09"
    assert move(referral, "hand_over", office.officer, **told()).state == "handed_over"
    assert not PackageItem.objects.filter(handed_over_at=None).exists()


def test_a_fine_paid_before_is_credited_against_the_criminal_fine(office: Office, case: Case) -> None:
    fine = make_item("fine", book=Book.TREASURY, at=Stage.DEMANDED, amount="800.00", case=case.number, place=case.place)
    book([Leg(fine, Stage.DEMANDED, Stage.CASH, Decimal("800.00"))], reason="paid", subject="x", by=None, voucher="G-1")
    referral = move(received(case, office), "file", office.officer, **told(filed_number="3号"))
    move(referral, "hand_over", office.officer, **told())
    move(referral, "judge", office.officer, **told(judgment="诈骗罪", criminal_fine=Decimal("5000.00")))
    assert referring.referral_of(referral).credited == Decimal("800.00")


def test_the_case_is_told_and_the_referral_closed(office: Office, case: Case) -> None:
    referral = move(received(case, office), "return", office.officer, **told(reply="不构成犯罪"))
    referral = move(referral, "feed_back", office.officer, note="恢复行政处理")
    assert move(referral, "close", office.head).closed_at


def test_the_police_may_pass_it_on(office: Office, case: Case) -> None:
    referral = move(received(case, office), "pass_on", office.officer, **told(to_name="示例省公安厅"))
    assert (referral.state, referral.to_name) == ("received", "示例省公安厅")
