"""From filing to the end of a penalty: who may do what, in which order, and what it does to the money."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from supervision.cases.fining import explain
from supervision.cases.models import Penalty, PenaltyLimit, Proceeding, Violation
from supervision.cases.proceeding import open_proceeding
from supervision.cases.workflows.penalty import PENALTY
from supervision.clocks.models import Clock
from supervision.documents.models import Document
from supervision.ledger.booking import totals
from supervision.ledger.models import Item, Stage
from supervision.moves import MoveRefused
from tests.cases.office import (
    Office,
    charged,
    decided,
    investigating,
    make_case,
    make_upheld,
    ordered,
    reviewed,
    served,
    told,
    weighed,
)


def sums(penalty: Proceeding, book: str) -> dict[str, Decimal]:
    items = Item.objects.filter(case=penalty.case.number, book=book)
    return {stage: amount for stage, amount in totals(items).items() if amount and stage != Stage.SOURCE}


def test_a_penalty_goes_from_filing_to_a_served_decision_and_its_money_is_demanded(
    penalty: Proceeding, office: Office
) -> None:
    violation = weighed(penalty, office, "1.50")
    assert (violation.base, violation.fine) == (Decimal("500.00"), Decimal("750.00"))
    penalty = served(penalty, office)
    assert penalty.state == "served"
    assert sums(penalty, "fund") == {"demanded": Decimal("500.00")}
    assert sums(penalty, "treasury") == {"demanded": Decimal("750.00")}


def test_each_step_leaves_its_letter(penalty: Proceeding, office: Office) -> None:
    weighed(penalty, office)
    penalty = served(penalty, office)
    kinds = Document.objects.filter(about=penalty.number).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == [
        "filing_approval", "inspection_notice", "legal_review_opinion", "prior_notice", "service_receipt",
        "penalty_decision", "service_receipt",
    ]  # fmt: skip
    decision = Document.objects.get(kind="penalty_decision")
    assert "750.00" in decision.text_zh
    assert "第三十八条第三项" in decision.text_zh
    assert decision.services.get().receipt.by_name == "Zhao"


def test_four_people_stand_behind_a_penalty(penalty: Proceeding, office: Office) -> None:
    weighed(penalty, office)
    for account in (office.first, office.second):
        account.duties = [*account.duties, "legal_review", "decide"]
        account.save()
    office.legal.duties = [*office.legal.duties, "decide"]
    office.legal.save()
    penalty = PENALTY.make(penalty, "report", by=office.first, note="found")
    penalty = PENALTY.make(penalty, "submit", by=office.first)
    for officer in (office.first, office.second):
        with pytest.raises(MoveRefused):
            PENALTY.make(penalty, "pass_review", by=officer, note="lawful")
    penalty = PENALTY.make(penalty, "pass_review", by=office.legal, note="lawful")
    penalty = PENALTY.make(
        penalty, "notify", by=office.first, on=timezone.localdate(), method="direct", received_by="Zhao"
    )
    penalty = PENALTY.make(penalty, "defend", by=office.first, statement="we erred")
    for other in (office.first, office.second, office.legal):
        with pytest.raises(MoveRefused):
            PENALTY.make(penalty, "decide", by=other)
    assert PENALTY.make(penalty, "decide", by=office.chief).approver == office.chief
    with pytest.raises(IntegrityError, match="proceeding_decided_by_another"), transaction.atomic():
        Proceeding.objects.filter(pk=penalty.pk).update(approver=office.first)


def test_a_report_weighs_every_violation(penalty: Proceeding, office: Office) -> None:
    charged(penalty, office)
    with pytest.raises(MoveRefused, match=r"V38\.3"):
        PENALTY.make(penalty, "report", by=office.first, note="found")


def test_outside_the_band_it_needs_a_reason_and_all_in_charge(penalty: Proceeding, office: Office) -> None:
    with pytest.raises(MoveRefused, match="outside the band"):
        weighed(penalty, office, "1.90")
    violation = penalty.violations.get()
    PENALTY.make(
        penalty, "propose_fine", by=office.first, note="three wards at once", violation=str(violation.pk),
        grade="ordinary", multiple=Decimal("1.90"),
    )  # fmt: skip
    penalty = PENALTY.make(told(penalty, office), "defend", by=office.first, statement="we erred")
    with pytest.raises(MoveRefused, match="discussed collectively"):
        PENALTY.make(penalty, "decide", by=office.chief)
    penalty = PENALTY.make(
        penalty,
        "discuss",
        by=office.chief,
        at=timezone.now(),
        present="all heads",
        record="weighed",
        conclusion="agreed",
    )
    assert PENALTY.make(penalty, "decide", by=office.chief).amount == Decimal("950.00")


def test_a_hearing_is_for_large_fines_and_told_seven_working_days_before(penalty: Proceeding, office: Office) -> None:
    weighed(penalty, office)
    penalty = told(penalty, office)
    with pytest.raises(MoveRefused, match="no right to a hearing"):
        PENALTY.make(penalty, "request_hearing", by=office.first, statement="please")
    PenaltyLimit.objects.filter(code="hearing_organisation").update(value=700)
    penalty = PENALTY.make(penalty, "request_hearing", by=office.first, statement="please")
    call: dict[str, Any] = {"by": office.chief, "where": "room 3", "presider": office.legal.username}
    with pytest.raises(MoveRefused, match="7 working days"):
        PENALTY.make(penalty, "call_hearing", hearing_at=timezone.now() + timedelta(6), **call)
    with pytest.raises(MoveRefused, match="preside"):
        PENALTY.make(
            penalty,
            "call_hearing",
            hearing_at=timezone.now() + timedelta(40),
            **{**call, "presider": office.first.username},
        )
    penalty = PENALTY.make(penalty, "call_hearing", hearing_at=timezone.now() + timedelta(40), **call)
    assert Clock.objects.get(subject=penalty.number, limit__code="P05").state == "paused"
    hold: dict[str, Any] = {"by": office.legal, "at": timezone.now(), "where": "room 3", "present": "both sides"}
    with pytest.raises(MoveRefused, match="notice was received"):
        PENALTY.make(penalty, "hold_hearing", record="said", **hold)
    notice: dict[str, Any] = {"on": timezone.localdate(), "method": "post", "received_by": "Zhao"}
    penalty = PENALTY.make(penalty, "serve_hearing_notice", by=office.first, **notice)
    with pytest.raises(MoveRefused, match="hearing is held on"):
        PENALTY.make(penalty, "hold_hearing", record="said", **hold)
    Penalty.objects.filter(pk=penalty.pk).update(hearing_on=timezone.localdate())
    penalty = PENALTY.make(
        penalty, "hold_hearing", by=office.legal, at=timezone.now(), where="room 3", present="both sides", record="said"
    )
    assert Clock.objects.get(subject=penalty.number, limit__code="P05").state == "running"
    assert Penalty.objects.get(proceeding=penalty).heard


def test_who_defends_itself_is_not_fined_more_for_it(penalty: Proceeding, office: Office) -> None:
    violation = weighed(penalty, office, "1.40")
    penalty = PENALTY.make(told(penalty, office), "defend", by=office.first, statement="not us")
    penalty = PENALTY.make(penalty, "return", by=office.chief, note="weigh again")
    again: dict[str, Any] = {"violation": str(violation.pk), "grade": "ordinary"}
    PENALTY.make(penalty, "propose_fine", by=office.first, multiple=Decimal("1.70"), **again)
    penalty = reviewed(Proceeding.objects.get(pk=penalty.pk), office)
    notice: dict[str, Any] = {"by": office.first, "on": timezone.localdate(), "method": "direct", "received_by": "Zhao"}
    with pytest.raises(MoveRefused, match="must not rise"):
        PENALTY.make(penalty, "notify", **notice)


def test_a_penalty_is_not_decided_in_place_of_a_referral(penalty: Proceeding, office: Office) -> None:
    weighed(penalty, office)
    penalty = PENALTY.make(told(penalty, office), "defend", by=office.first, statement="we erred")
    referral = Proceeding.objects.create(
        case=penalty.case, kind="criminal", number=f"{penalty.case}-X1", state="sent", opened_by=office.first
    )
    with pytest.raises(MoveRefused, match="police"):
        PENALTY.make(penalty, "decide", by=office.chief)
    penalty = PENALTY.make(penalty, "refer", by=office.chief, note="fraud")
    with pytest.raises(MoveRefused, match="police"):
        PENALTY.make(penalty, "rejoin", by=office.chief, note="back")
    Proceeding.objects.filter(pk=referral.pk).update(state="returned")
    assert PENALTY.make(penalty, "rejoin", by=office.chief, note="back").state == "investigating"


def test_a_revoked_decision_leaves_no_fen_behind(penalty: Proceeding, office: Office) -> None:
    weighed(penalty, office)
    penalty = served(penalty, office)
    today = timezone.localdate()
    penalty = PENALTY.make(penalty, "challenge", by=office.first, on=today, challenge_forum="suit")
    penalty = PENALTY.make(penalty, "revoke", by=office.chief, on=today, result="annulled", note="judgment 7")
    assert sums(penalty, "treasury") == {"withdrawn": penalty.penalty.fine}
    assert sums(penalty, "fund") == {"confirmed": Decimal("500.00")}
    assert not penalty.violations.filter(lines__fined=True).exists()


def test_an_act_carries_one_fine_over_all_cases(penalty: Proceeding, office: Office) -> None:
    violation = charged(penalty, office)
    line = violation.lines.get()
    other = investigating(make_case(office, make_upheld(office, "80.00")), office)
    rival = charged(other, office)
    with pytest.raises(IntegrityError, match="one_fine_an_act"), transaction.atomic():
        rival.lines.create(line=line.line, fined=True)
    rival.lines.create(line=line.line, fined=False)


def test_of_two_norms_for_one_act_the_higher_fine_stands(penalty: Proceeding, office: Office) -> None:
    milder = charged(penalty, office, "V38.3")
    higher = charged(penalty, office, "V40.3")
    milder.refresh_from_db()
    assert (milder.base, higher.base) == (Decimal("0.00"), Decimal("500.00"))
    assert [row.fined for row in (*milder.lines.all(), *higher.lines.all())] == [False, True]


def test_what_is_taken_back_is_free_for_another_case(penalty: Proceeding, office: Office) -> None:
    violation = charged(penalty, office)
    PENALTY.make(penalty, "take_back", by=office.first, note="mistaken", violation=str(violation.pk))
    assert not violation.lines.filter(fined=True).exists()
    assert charged(penalty, office).base == Decimal("500.00")


def test_an_act_too_long_ago_is_not_punished(penalty: Proceeding, office: Office) -> None:
    long_ago = timezone.localdate() - timedelta(3 * 366)
    days: dict[str, Any] = {"acted_from": long_ago, "acted_until": long_ago}
    with pytest.raises(MoveRefused, match="2 years"):
        charged(penalty, office, **days)
    assert charged(penalty, office, limitation="5", limitation_reason="patients were harmed", **days).limitation == "5"


def test_another_method_of_the_loss_says_its_reason(penalty: Proceeding, office: Office) -> None:
    violation = charged(penalty, office)
    assess: dict[str, Any] = {"violation": str(violation.pk), "loss_method": "appraisal", "base": Decimal("640.00")}
    with pytest.raises(MoveRefused, match="Say why"):
        PENALTY.make(penalty, "assess", by=office.first, **assess)
    PENALTY.make(penalty, "assess", by=office.first, note="report of the auditors", **assess)
    violation.refresh_from_db()
    assert (violation.base, violation.method) == (Decimal("640.00"), "appraisal")


def test_only_who_refuses_to_correct_is_fined_for_article_39(penalty: Proceeding, office: Office) -> None:
    day = timezone.localdate()
    PENALTY.make(
        penalty, "charge_conduct", by=office.first, violation_type="V39.7", acted_from=day, acted_until=day,
        limitation="2", limitation_reason="ordinary",
    )  # fmt: skip
    about: dict[str, Any] = {"violation": str(penalty.violations.get().pk)}
    fine: dict[str, Any] = {**about, "grade": "ordinary", "multiple": Decimal("30000.00")}
    with pytest.raises(MoveRefused, match="refuses to correct"):
        PENALTY.make(penalty, "propose_fine", by=office.first, **fine)
    with pytest.raises(MoveRefused, match="not ordered"):
        PENALTY.make(penalty, "note_refusal", by=office.first, note="twice", **about)
    ordered(penalty, office, penalty.violations.get())
    PENALTY.make(penalty, "note_refusal", by=office.first, note="twice", **about)
    PENALTY.make(penalty, "propose_fine", by=office.first, **fine)
    assert penalty.violations.get().fine == Decimal("30000.00")


def test_the_database_knows_no_fine_that_is_not_base_times_multiple(penalty: Proceeding, office: Office) -> None:
    violation = weighed(penalty, office)
    with pytest.raises(IntegrityError, match="fine_is_base_times_multiple"), transaction.atomic():
        Violation.objects.filter(pk=violation.pk).update(fine=Decimal("750.01"))


def test_not_to_punish_orders_the_refund_all_the_same(penalty: Proceeding, office: Office) -> None:
    violation = charged(penalty, office)
    about: dict[str, Any] = {"violation": str(violation.pk)}
    PENALTY.make(
        penalty, "weigh", by=office.first, factor="no_fault", explanation="the software was certified", **about
    )
    PENALTY.make(penalty, "propose_fine", by=office.first, grade="none", multiple=Decimal(0), **about)
    penalty = reviewed(penalty, office)
    penalty = PENALTY.make(penalty, "decide_none", by=office.chief, note="no fault")
    assert sums(penalty, "fund") == {"demanded": Decimal("500.00")}
    assert sums(penalty, "treasury") == {}


def test_the_fine_is_explained_in_both_tongues(penalty: Proceeding, office: Office) -> None:
    violation = weighed(penalty, office)
    for language, article in ("en", "art. 38 (3)"), ("zh-hans", "《医疗保障基金使用监督管理条例》第三十八条第三项"):
        words = explain(violation, language)
        assert all(part in words for part in ("500.00", "1.50", "750.00", article))


def test_a_decided_penalty_is_kept_with_its_sums(penalty: Proceeding, office: Office) -> None:
    weighed(penalty, office)
    penalty = decided(penalty, office)
    own = penalty.penalty
    assert (own.fine, own.refund, own.decided_on) == (Decimal("750.00"), Decimal("500.00"), timezone.localdate())
    assert penalty.clock is not None
    assert penalty.clock.limit.code == "P06"


def test_a_case_has_one_penalty_under_way(penalty: Proceeding, office: Office) -> None:
    with pytest.raises(MoveRefused, match=penalty.number):
        open_proceeding(penalty.case, "penalty", by=office.chief)
    PENALTY.make(penalty, "end", by=office.chief, note="nothing in it")
    Proceeding.objects.filter(pk=penalty.pk).update(closed_at=timezone.now())
    assert open_proceeding(penalty.case, "penalty", by=office.chief, note="new facts").number.endswith("-P2")
