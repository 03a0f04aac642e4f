"""A finding's way from first review to its end: who may do what, when, and what the ledger then says."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from institutions.models import Account, Duty, Institution
from supervision.audit.models import Act, Entry
from supervision.clocks.models import Clock
from supervision.documents.models import Document
from supervision.hearing import window
from supervision.hearing.deciding import Decision, Decisions, LineDecision
from supervision.hearing.models import Hearing
from supervision.hearing.opening import open_hearing
from supervision.hearing.workflow import HEARING
from supervision.ledger import booking
from supervision.ledger.models import Item, Stage
from supervision.moves import BeyondReach, MoveRefused, TooLate
from tests.builders import make_account
from tests.hearing.heard import (
    answered,
    clock_of,
    in_ledger,
    in_second_review,
    make_lines,
    make_reviewer,
    notified,
    run_out,
    taken_up,
    upheld,
    window_of,
)


def test_one_line_accepted_one_appealed_and_upheld_in_part(
    first: Account, second: Account, place: Institution, hospital: Account
) -> None:
    hearing = notified(make_lines("60", "40", place=place), first)
    assert (hearing.state, hearing.suspected, in_ledger(hearing)) == ("notified", Decimal(100), {"suspected": 100})
    hearing = answered(hearing, hospital, "", "the member is a woman by the register")
    assert hearing.state == "appealed"
    accepted, appealed = hearing.lines.order_by("pk")
    hearing = HEARING.make(hearing, "second_review", by=second)
    partly = LineDecision(Decision.PARTLY, "ten of them were for the daughter", Decimal("30.00"))
    hearing = HEARING.make(
        hearing, "uphold", by=second, note="as the register shows", lines=Decisions({appealed.pk: partly})
    )
    assert (hearing.state, hearing.confirmed) == ("upheld", Decimal("90.00"))
    assert in_ledger(hearing) == {"confirmed": Decimal("90.00"), "withdrawn": Decimal("10.00")}
    said = hearing.lines.order_by("pk").values_list("decision", "reason", "confirmed")
    assert list(said) == [
        ("upheld", "", Decimal(60)), ("partly", "ten of them were for the daughter", Decimal(30)),
    ]  # fmt: skip
    assert hearing.events.get(move="uphold").facts == {"lines": f"{appealed.pk}: partly 30.00"}
    assert accepted.answer == "accepted"


def test_each_step_is_in_the_history_and_in_the_chain_of_acts(
    first: Account, second: Account, place: Institution, hospital: Account
) -> None:
    hearing = upheld(make_lines("60", place=place), first, second, hospital)
    moves = ["open", "take_up", "notify", "accept", "second_review", "uphold"]
    assert list(hearing.events.values_list("move", flat=True)) == moves
    told = Entry.objects.filter(act=Act.HEARING, subject=str(hearing)).order_by("number")
    assert [(entry.facts["move"], entry.account) for entry in told] == [
        ("open", "first"), ("take_up", "first"), ("notify", "first"), ("accept", "hospital"),
        ("second_review", "second"), ("uphold", "second"),
    ]  # fmt: skip
    assert hearing.turn == 5


def test_released_in_first_review_it_is_withdrawn_and_nothing_is_booked(first: Account) -> None:
    hearing = HEARING.make(
        taken_up(make_lines("60"), first), "release", by=first, note="a course with a number", cause="documented"
    )
    finding = hearing.finding
    finding.refresh_from_db()
    assert (hearing.state, finding.status, finding.withdrawn_because) == ("released", "withdrawn", "reviewed")
    assert (in_ledger(), Document.objects.count(), hearing.lines.count()) == ({}, 0, 0)


def test_withdrawn_after_an_appeal_every_fen_is_withdrawn(
    first: Account, second: Account, place: Institution, hospital: Account
) -> None:
    hearing = in_second_review(make_lines("60", "40", place=place), first, second, hospital, "", "she is a woman")
    hearing = HEARING.make(hearing, "withdraw", by=second, note="she is", cause="data_error")
    assert (hearing.state, hearing.confirmed, in_ledger(hearing)) == ("withdrawn", Decimal(0), {"withdrawn": 100})
    assert set(hearing.lines.values_list("decision", "reason")) == {("withdrawn", "she is")}


def test_the_notice_and_the_decision_are_issued_and_served(
    first: Account, second: Account, place: Institution, hospital: Account
) -> None:
    hearing = upheld(make_lines("1234.50", place=place), first, second, hospital)
    notice, decision = Document.objects.order_by("pk")
    assert (notice.kind, decision.kind) == ("finding_notice", "finding_decision")
    assert "1,234.50元" in notice.text_zh and "壹仟贰佰叁拾肆元伍角" in notice.text_zh
    assert notice.reference in decision.text_zh
    assert [document.services.get().institution for document in (notice, decision)] == [place.pk] * 2
    assert set(Document.objects.visible_to(hospital)) == {notice, decision}
    assert hearing.finding.because_zh in notice.text_zh


def test_whoever_reviewed_first_does_not_decide_on_the_appeal(
    first: Account, second: Account, place: Institution, hospital: Account
) -> None:
    hearing = answered(notified(make_lines("60", place=place), first), hospital, "no")
    with pytest.raises(MoveRefused, match="second person"):
        HEARING.make(hearing, "second_review", by=first)
    hearing = HEARING.make(hearing, "second_review", by=second)
    for move in ("uphold", "withdraw", "verify"):
        with pytest.raises(MoveRefused, match="second person"):
            HEARING.make(hearing, move, by=first, note="still", cause="other")
    with pytest.raises(IntegrityError), transaction.atomic():
        Hearing.objects.filter(pk=hearing.pk).update(second_reviewer=first)


def test_what_is_accepted_is_confirmed_by_a_second_person_when_it_is_handed_on(
    first: Account, second: Account, place: Institution, hospital: Account
) -> None:
    hearing = answered(notified(make_lines("60", place=place), first), hospital, "")
    assert hearing.state == "accepted"
    with pytest.raises(MoveRefused, match="second person"):
        HEARING.make(hearing, "handle", by=first, measure="refuse")
    hearing = HEARING.make(hearing, "handle", by=second, measure="refuse")
    assert (hearing.state, hearing.measure, hearing.confirmed) == ("handled", "refuse", Decimal(60))
    assert in_ledger(hearing) == {"demanded": 60}
    assert hearing.finding.reviews.get(stands=True).outcome == "upheld"


def test_what_is_refused_or_recovered_is_demanded_at_once_and_a_case_demands_by_itself(
    first: Account, second: Account, place: Institution, hospital: Account
) -> None:
    hearing = upheld(make_lines("60", place=place), first, second, hospital)
    with pytest.raises(MoveRefused, match="measure"):
        HEARING.make(hearing, "handle", by=second, measure="prison")
    hearing = HEARING.make(hearing, "handle", by=first, measure="case")
    assert in_ledger(hearing) == {"confirmed": 60}
    with pytest.raises(MoveRefused, match=r"60\.00"):
        HEARING.make(hearing, "close", by=first)


def test_closed_when_every_fen_has_come_back(
    first: Account, second: Account, place: Institution, hospital: Account
) -> None:
    hearing = upheld(make_lines("60", "40", place=place), first, second, hospital)
    hearing = HEARING.make(hearing, "handle", by=first, measure="recover")
    assert in_ledger(hearing) == {"demanded": 100}
    for item, way in zip(Item.objects.order_by("pk"), (Stage.CASH, Stage.OFFSET), strict=True):
        with pytest.raises(MoveRefused, match="not returned yet"):
            HEARING.make(hearing, "close", by=first)
        [amount] = item.balances.filter(stage=Stage.DEMANDED).values_list("amount", flat=True)
        leg = booking.Leg(item, Stage.DEMANDED, way, amount)
        booking.book([leg], reason="paid", subject="bank", by=second, voucher=f"v{item.pk}")
    assert HEARING.make(hearing, "close", by=first).state == "closed"


def test_verified_on_the_spot_it_goes_back_to_second_review(
    first: Account, second: Account, place: Institution, hospital: Account
) -> None:
    hearing = in_second_review(make_lines("60", place=place), first, second, hospital, "look for yourselves")
    hearing = HEARING.make(hearing, "verify", by=second, note="the file is unclear")
    assert (hearing.state, clock_of(hearing).limit.code) == ("verification", "hearing_verification")
    seen: dict[str, Any] = {
        "verified_on": timezone.localdate(),
        "verified_by": "first and second",
        "seen": "the drug is in stock",
    }
    with pytest.raises(MoveRefused, match="seen"):
        HEARING.make(hearing, "conclude", by=second, **{**seen, "seen": ""})
    hearing = HEARING.make(hearing, "conclude", by=second, **seen)
    assert (hearing.state, hearing.verifier) == ("second_review", second)
    assert hearing.events.get(move="conclude").facts["seen"] == "the drug is in stock"
    with pytest.raises(MoveRefused, match="already"):
        HEARING.make(hearing, "verify", by=second, note="again")
    assert HEARING.make(hearing, "uphold", by=second, note="seen there").state == "upheld"


def test_an_appeal_is_turned_down_only_with_a_reason_and_parts_lie_within_the_line(
    first: Account, second: Account, place: Institution, hospital: Account
) -> None:
    hearing = in_second_review(make_lines("60", place=place), first, second, hospital, "no")
    [line] = hearing.lines.all()
    for amount in ("0", "60", "61", "0.001", "-1"):
        said = LineDecision(Decision.PARTLY, "so", Decimal(amount))
        with pytest.raises(MoveRefused, match="in part"):
            HEARING.make(hearing, "uphold", by=second, note="so", lines=Decisions({line.pk: said}))
    with pytest.raises(MoveRefused, match="Say why"):
        HEARING.make(hearing, "uphold", by=second)
    with pytest.raises(MoveRefused, match="not a line"):
        HEARING.make(hearing, "uphold", by=second, note="x", lines=Decisions({0: LineDecision(Decision.UPHELD)}))
    everything = Decisions({line.pk: LineDecision(Decision.WITHDRAWN, "so")})
    with pytest.raises(MoveRefused, match="withdraw the finding"):
        HEARING.make(hearing, "uphold", by=second, note="x", lines=everything)
    assert in_ledger(hearing) == {"suspected": 60}


def test_no_measure_before_the_window_has_run_or_every_line_is_answered(
    first: Account, second: Account, place: Institution, hospital: Account
) -> None:
    hearing = notified(make_lines("60", "40", place=place), first)
    for move in ("handle", "uphold", "second_review"):
        with pytest.raises(MoveRefused):
            HEARING.make(hearing, move, by=second, note="now", measure="refuse")
    # Not even if the state were to say so.
    Hearing.objects.filter(pk=hearing.pk).update(state="upheld")
    with pytest.raises(MoveRefused, match="time to answer"):
        HEARING.make(hearing, "handle", by=second, measure="refuse")
    assert in_ledger(hearing) == {"suspected": 100}


def test_the_institution_answers_while_the_window_is_open_and_only_then(
    first: Account, place: Institution, hospital: Account
) -> None:
    hearing = notified(make_lines("60", place=place), first)
    with pytest.raises(MoveRefused, match="by itself"):
        HEARING.make(hearing, "expire", by=hospital)
    assert window.expire_due() == 0
    run_out(hearing)
    with pytest.raises(MoveRefused, match="run out"):
        answered(Hearing.objects.get(pk=hearing.pk), hospital, "too late")


def test_silence_counts_as_acceptance_and_is_said_so(first: Account, second: Account, place: Institution) -> None:
    hearing = notified(make_lines("60", "40", place=place), first)
    run_out(hearing)
    assert (window.expire_due(), window.expire_due()) == (1, 0)
    hearing.refresh_from_db()
    assert (hearing.state, hearing.by_silence) == ("accepted", True)
    assert {(line.answer, line.answered_by) for line in hearing.lines.all()} == {("accepted", None)}
    assert hearing.events.get(move="expire").by is None
    assert Clock.objects.get(pk=window_of(hearing).pk).state == "missed"
    assert Entry.objects.filter(act=Act.HEARING, subject=str(hearing)).latest("number").account == ""
    assert HEARING.make(hearing, "handle", by=second, measure="breach").state == "handled"


def test_what_was_appealed_before_the_window_ran_out_is_an_appeal(
    first: Account, place: Institution, hospital: Account
) -> None:
    hearing = notified(make_lines("60", "40", place=place), first)
    hearing.lines.filter(suspected=40).update(answer="appealed", grounds="no", answered_by=hospital)
    run_out(hearing)
    assert window.expire_due() == 1
    hearing.refresh_from_db()
    assert hearing.state == "appealed"


def test_a_paused_or_extended_window_does_not_run_out(first: Account, place: Institution) -> None:
    hearing = notified(make_lines("60", place=place), first)
    run_out(hearing)
    Clock.objects.filter(pk=window_of(hearing).pk).update(state="paused")
    assert window.expire_due() == 0
    Clock.objects.filter(pk=window_of(hearing).pk).update(state="running", due_at=timezone.now().replace(year=2099))
    assert window.expire_due() == 0


def test_the_clocks_follow_the_steps(first: Account, second: Account, place: Institution, hospital: Account) -> None:
    hearing = open_hearing(make_lines("60", place=place), by=first)
    opened = clock_of(hearing)
    assert (opened.limit.code, opened.holder, opened.place) == ("hearing_first_review", None, "990101")
    hearing = HEARING.make(hearing, "take_up", by=first)
    assert clock_of(hearing).holder == first
    hearing = HEARING.make(hearing, "notify", by=first)
    opened.refresh_from_db()
    assert (opened.state, hearing.clock, window_of(hearing).limit.code) == ("met", None, "hearing_answer")
    assert (window_of(hearing).institution, window_of(hearing).duty) == (place.pk, Duty.ANSWER)
    hearing = answered(hearing, hospital, "no")
    assert (window_of(hearing).state, clock_of(hearing).limit.code) == ("met", "hearing_second_review")
    hearing = HEARING.make(hearing, "second_review", by=second)
    hearing = HEARING.make(hearing, "uphold", by=second, note="yes")
    assert (hearing.clock, Clock.objects.going().count()) == (None, 0)


def test_only_who_holds_the_duty_in_the_territory_may(first: Account, place: Institution, hospital: Account) -> None:
    finding = make_lines("60", place=place)
    reader, elsewhere = make_account("reader", duties=[Duty.READ]), make_reviewer("elsewhere", "990200")
    for account, why in ((reader, "duty"), (elsewhere, "another territory"), (hospital, "duty")):
        with pytest.raises(MoveRefused, match=why):
            open_hearing(finding, by=account)
    hearing = taken_up(finding, first)
    with pytest.raises(MoveRefused, match="duty"):
        HEARING.make(hearing, "notify", by=reader)
    for account in (elsewhere, hospital):  # before the notice the institution sees nothing of it
        with pytest.raises(BeyondReach):
            HEARING.make(hearing, "notify", by=account)


def test_who_looked_at_an_earlier_turn_is_told(first: Account) -> None:
    hearing = taken_up(make_lines("60"), first)
    HEARING.make(hearing, "notify", by=first, turn=hearing.turn)
    with pytest.raises(TooLate, match="first"):
        HEARING.make(hearing, "release", by=first, turn=hearing.turn, note="x", cause="other")
