"""What protects the party of a penalty: its time to speak, its hearing, and one fine an act."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from institutions import standing
from institutions.models import Duty
from supervision.cases import officers, surcharging
from supervision.cases.models import Case, Penalty, PenaltyLimit, Proceeding, Violation
from supervision.cases.models.referrals import Referral
from supervision.cases.proceeding import open_proceeding
from supervision.cases.workflows.penalty import PENALTY
from supervision.cases.workflows.summary import SUMMARY
from supervision.clocks.models import Clock
from supervision.documents.models import Document
from supervision.moves import MoveRefused
from tests.cases.office import (
    Office,
    charged,
    decided,
    make_officer,
    ordered,
    reviewed,
    run_out,
    served,
    told,
    verified,
    weighed,
)
from tests.cases.test_summary import on_the_spot


@pytest.fixture
def large(penalty: Proceeding, office: Office) -> Proceeding:
    """A fine of ¥750.00 on which a hearing may be asked for."""
    weighed(penalty, office, "1.50")
    PenaltyLimit.objects.filter(code="hearing_organisation").update(value=1)
    return penalty


def notice(office: Office, days_ago: int = 0) -> dict[str, Any]:
    day = timezone.localdate() - timedelta(days_ago)
    return {"by": office.first, "on": day, "method": "direct", "received_by": "Zhao"}


def meeting() -> dict[str, Any]:
    return {"at": timezone.now(), "present": "all heads", "record": "weighed", "conclusion": "agreed"}


def defended(penalty: Proceeding, office: Office, statement: str = "we erred") -> Proceeding:
    return PENALTY.make(told(penalty, office), "defend", by=office.first, statement=statement)


def about(violation: Violation) -> dict[str, Any]:
    return {"violation": str(violation.pk)}


def pause(clock: Clock | None) -> None:
    assert clock is not None
    Clock.objects.filter(pk=clock.pk).update(state=Clock.State.PAUSED)


# --- The time to speak and the hearing ----------------------------------------------------------------


def test_a_notice_was_not_served_before_it_was_issued(large: Proceeding, office: Office) -> None:
    penalty = reviewed(large, office)
    with pytest.raises(MoveRefused, match="issued today"):
        PENALTY.make(penalty, "notify", **notice(office, days_ago=20))
    penalty = PENALTY.make(penalty, "notify", **notice(office))
    assert penalty.clock is not None
    assert penalty.clock.due_at > timezone.now() + timedelta(1)
    with pytest.raises(MoveRefused, match="may still speak"):
        PENALTY.make(penalty, "lapse", by=office.first)


def test_who_defends_itself_early_may_still_ask_for_a_hearing(large: Proceeding, office: Office) -> None:
    penalty = defended(large, office)
    with pytest.raises(MoveRefused, match="may still ask for a hearing"):
        PENALTY.make(penalty, "discuss", by=office.chief, **meeting())
    with pytest.raises(MoveRefused, match="may still ask for a hearing"):
        PENALTY.make(penalty, "decide", by=office.chief)
    penalty = PENALTY.make(penalty, "request_hearing", by=office.first, statement="hear us")
    assert penalty.state == "hearing_requested"
    assert penalty.penalty.defence == "we erred\nhear us"


def test_when_the_time_for_a_hearing_has_run_out_it_is_decided(large: Proceeding, office: Office) -> None:
    penalty = defended(large, office)
    clock = penalty.clock
    run_out(clock)
    penalty = Proceeding.objects.get(pk=penalty.pk)
    with pytest.raises(MoveRefused, match="has run out"):
        PENALTY.make(penalty, "request_hearing", by=office.first, statement="hear us")
    assert PENALTY.make(penalty, "decide", by=office.chief).state == "decided"


def test_a_hearing_of_which_the_party_learns_too_late_is_called_anew(large: Proceeding, office: Office) -> None:
    penalty = PENALTY.make(told(large, office), "request_hearing", by=office.first, statement="hear us")
    call: dict[str, Any] = {"by": office.chief, "where": "room 3", "presider": office.legal.username}
    penalty = PENALTY.make(penalty, "call_hearing", hearing_at=timezone.now() + timedelta(40), **call)
    Penalty.objects.filter(pk=penalty.pk).update(hearing_on=timezone.localdate() + timedelta(3))
    with pytest.raises(MoveRefused, match="call it anew"):
        PENALTY.make(penalty, "serve_hearing_notice", **notice(office))
    again = PENALTY.make(penalty, "call_hearing", hearing_at=timezone.now() + timedelta(40), **call)
    assert PENALTY.make(again, "serve_hearing_notice", **notice(office)).penalty.hearing_told_on is not None


def test_who_gives_the_hearing_up_does_not_ask_again(large: Proceeding, office: Office) -> None:
    penalty = PENALTY.make(told(large, office), "request_hearing", by=office.first, statement="hear us")
    penalty = PENALTY.make(penalty, "give_up_hearing", by=office.first, note="in writing")
    with pytest.raises(MoveRefused, match="has run out"):
        PENALTY.make(penalty, "request_hearing", by=office.first, statement="hear us after all")
    assert PENALTY.make(penalty, "decide", by=office.chief).state == "decided"


def test_the_time_to_speak_is_kept_by_who_speaks_and_is_no_time_to_pay(penalty: Proceeding, office: Office) -> None:
    weighed(penalty, office)
    penalty = defended(penalty, office)
    clock = penalty.clock
    assert clock is not None
    assert clock.state == "running"
    due = timezone.localdate(clock.due_at)
    PENALTY.make(penalty, "decide", by=office.chief)
    assert Clock.objects.get(pk=clock.pk).state == "met"
    decision = Document.objects.get(kind="penalty_decision").text_zh
    assert f"{due.month}月{due.day}日" not in decision


def test_a_clock_that_stands_still_ends_no_time_to_speak(large: Proceeding, office: Office) -> None:
    penalty = told(large, office)
    run_out(penalty.clock)
    pause(penalty.clock)
    with pytest.raises(MoveRefused, match="may still speak"):
        PENALTY.make(Proceeding.objects.get(pk=penalty.pk), "lapse", by=office.first)


def test_the_suspension_does_not_grow_because_the_party_defended_itself(penalty: Proceeding, office: Office) -> None:
    violation = weighed(penalty, office)
    PENALTY.make(penalty, "propose_suspension", by=office.first, note="three wards", months=6, **about(violation))
    penalty = PENALTY.make(defended(penalty, office), "return", by=office.chief, note="again")
    PENALTY.make(penalty, "propose_suspension", by=office.first, note="all wards", months=7, **about(violation))
    penalty = reviewed(Proceeding.objects.get(pk=penalty.pk), office)
    with pytest.raises(MoveRefused, match="6 months were told"):
        PENALTY.make(penalty, "notify", **notice(office))


# --- Who decides --------------------------------------------------------------------------------------


def test_who_once_handled_the_case_neither_reviews_nor_decides(penalty: Proceeding, office: Office) -> None:
    weighed(penalty, office)
    penalty = PENALTY.make(penalty, "report", by=office.second, note="found")
    officers.replace(penalty.case, office.first, make_officer("third"), reason="moved", by=office.chief)
    office.first.duties = [*office.first.duties, Duty.DECIDE, Duty.LEGAL]
    office.first.save()
    penalty = PENALTY.make(penalty, "submit", by=office.second)
    with pytest.raises(MoveRefused, match="or once did"):
        PENALTY.make(penalty, "pass_review", by=office.first, note="lawful")
    penalty = PENALTY.make(penalty, "send_back", by=office.legal, note="not clear")
    with pytest.raises(MoveRefused, match="or once did"):
        PENALTY.make(penalty, "end", by=office.first, note="nothing in it")


# --- One fine an act ----------------------------------------------------------------------------------


def test_a_base_found_otherwise_falls_with_the_lines_that_another_norm_fines(
    penalty: Proceeding, office: Office
) -> None:
    milder = weighed(penalty, office, "1.50")
    agreed: dict[str, Any] = {**about(milder), "loss_method": "agreed", "base": Decimal("500.00")}
    PENALTY.make(penalty, "assess", by=office.first, note="agreed", **agreed)
    higher = charged(penalty, office, "V40.3")
    milder.refresh_from_db()
    assert (milder.base, milder.fine, milder.grade) == (Decimal("0.00"), Decimal("0.00"), "")
    assert higher.base == Decimal("500.00")
    with pytest.raises(MoveRefused, match="higher fine counts"):
        PENALTY.make(penalty, "assess", by=office.first, note="agreed", **agreed)


def test_a_sum_within_a_range_falls_with_its_lines_too(penalty: Proceeding, office: Office) -> None:
    fixed = charged(penalty, office, "V39.7")
    ordered(penalty, office, fixed)
    PENALTY.make(penalty, "note_refusal", by=office.first, note="twice", **about(fixed))
    fine: dict[str, Any] = {**about(fixed), "grade": "ordinary", "multiple": Decimal("30000.00")}
    PENALTY.make(penalty, "propose_fine", by=office.first, **fine)
    type(fixed.type).objects.filter(code="V40.3").update(most=Decimal(500))
    charged(penalty, office, "V40.3")
    fixed.refresh_from_db()
    assert (fixed.fine, fixed.grade) == (Decimal("0.00"), "")
    PENALTY.make(penalty, "propose_fine", by=office.first, **fine)
    fixed.refresh_from_db()
    assert fixed.fine == Decimal("0.00")


def test_when_the_higher_norm_is_taken_back_the_next_one_fines_again(penalty: Proceeding, office: Office) -> None:
    milder = weighed(penalty, office, "1.50")
    higher = charged(penalty, office, "V40.3")
    PENALTY.make(penalty, "take_back", by=office.first, note="no fraud", **about(higher))
    milder.refresh_from_db()
    assert (milder.base, milder.fine) == (Decimal("500.00"), Decimal("750.00"))
    assert [line.fined for line in milder.lines.all()] == [True]
    with pytest.raises(MoveRefused, match=r"V38\.3"):  # weighed anew
        PENALTY.make(penalty, "report", by=office.first, note="found")


def test_a_penalty_and_one_on_the_spot_do_not_stand_side_by_side(
    penalty: Proceeding, case: Case, office: Office
) -> None:
    with pytest.raises(MoveRefused, match=penalty.number):
        open_proceeding(case, "summary", by=office.first, record="seen")


def judged(case: Case, office: Office, fine: str) -> None:
    """A court has decided on the case's referral."""
    made = Proceeding.objects.create(
        case=case, kind="criminal", number=f"{case}-X1", state="judged", opened_by=office.first
    )
    Referral.objects.create(proceeding=made, criminal_fine=Decimal(fine))


def test_after_a_criminal_fine_there_is_no_second_one_and_the_suspension_stays(
    penalty: Proceeding, office: Office
) -> None:
    violation = weighed(penalty, office)
    PENALTY.make(penalty, "propose_suspension", by=office.first, note="serious", months=6, **about(violation))
    judged(penalty.case, office, "2000.00")
    ready = reviewed(Proceeding.objects.get(pk=penalty.pk), office)
    with pytest.raises(MoveRefused, match="no second fine"):
        PENALTY.make(ready, "notify", **notice(office))
    penalty = PENALTY.make(ready, "return", by=office.chief, note="the court has fined")
    with pytest.raises(MoveRefused, match="no second fine"):
        PENALTY.make(
            penalty, "propose_fine", by=office.first, grade="ordinary", multiple=Decimal("1.50"), **about(violation)
        )
    PENALTY.make(penalty, "propose_fine", by=office.first, grade="none", multiple=Decimal(0), **about(violation))
    penalty = defended(Proceeding.objects.get(pk=penalty.pk), office)
    run_out(penalty.clock)
    penalty = PENALTY.make(Proceeding.objects.get(pk=penalty.pk), "discuss", by=office.chief, **meeting())
    assert PENALTY.make(penalty, "decide", by=office.chief).amount == 0


def test_a_judgment_without_a_fine_leaves_the_fine_to_the_department(penalty: Proceeding, office: Office) -> None:
    weighed(penalty, office)
    judged(penalty.case, office, "0.00")
    assert decided(penalty, office).amount == Decimal("750.00")


def test_nor_is_it_fined_on_the_spot_after_a_criminal_fine(case: Case, office: Office) -> None:
    case = verified(case, office)
    judged(case, office, "2000.00")
    spot = open_proceeding(case, "summary", by=office.first, record="seen")
    spot = SUMMARY.make(spot, "tell", by=office.first, statement="nothing")
    with pytest.raises(MoveRefused, match="no second fine"):
        SUMMARY.make(spot, "decide", by=office.second, **on_the_spot("1000"))


# --- Weighing and paying ------------------------------------------------------------------------------


def test_a_factor_that_counts_afterwards_has_the_fine_weighed_anew(penalty: Proceeding, office: Office) -> None:
    violation = weighed(penalty, office)
    PENALTY.make(
        penalty, "weigh", by=office.first, factor="harm_removed", explanation="all paid back", **about(violation)
    )
    with pytest.raises(MoveRefused, match=r"V38\.3"):
        PENALTY.make(penalty, "report", by=office.first, note="found")


def test_a_grade_is_shown_as_a_circumstance_and_counts_only_where_an_officer_lets_it(
    penalty: Proceeding, office: Office, client: Client
) -> None:
    violation, place = weighed(penalty, office), penalty.case.institution
    assert place is not None
    poor = {"factor": "credit_poor", "explanation": "graded D for two years", **about(violation)}
    with pytest.raises(MoveRefused, match="Nothing on its credit record speaks"):
        PENALTY.make(penalty, "weigh", by=office.first, **poor)
    standing.set_grade(place, "D", since=timezone.localdate())
    client.force_login(office.first)
    page = client.get(penalty.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert f"Credit grade D since {timezone.localdate()} (factor 1.20)" in page
    assert not violation.factors.exists()
    PENALTY.make(penalty, "weigh", by=office.first, **poor)
    assert violation.factors.get().factor.code == "credit_poor"


def test_no_surcharge_grows_while_the_time_to_pay_stands_still(penalty: Proceeding, office: Office) -> None:
    weighed(penalty, office)
    penalty = served(penalty, office)
    clock = penalty.penalty.payment_clock
    run_out(clock, 10)
    pause(clock)
    penalty = Proceeding.objects.get(pk=penalty.pk)
    assert surcharging.accrued(penalty.penalty) == 0
    with pytest.raises(MoveRefused, match="not run out"):
        PENALTY.make(penalty, "note_overdue", by=office.first)
