"""A penalty on the spot: small, by two officers, the same day."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from supervision.cases.models import Penalty, PenaltyLimit, Proceeding, ViolationType
from supervision.cases.proceeding import open_proceeding
from supervision.cases.workflows.penalty import PENALTY
from supervision.cases.workflows.summary import SUMMARY
from supervision.ledger.models import Item, Stage
from supervision.ledger.sums import standing
from supervision.moves import MoveRefused
from tests.cases.office import Office, charged, make_case, make_upheld, run_out, verified


@pytest.fixture
def told(office: Office) -> Proceeding:
    case = verified(make_case(office), office)
    found = open_proceeding(case, "summary", by=office.first, record="fees were not published")
    return SUMMARY.make(found, "tell", by=office.first, statement="we shall publish them")


def on_the_spot(fine: str, code: str = "V39.5") -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "violation_type": code, "spot_fine": Decimal(fine), "record": "seen on the spot", "acted_from": today,
        "acted_until": today,
    }  # fmt: skip


def decide(told: Proceeding, office: Office, fine: str, code: str = "V39.5") -> Proceeding:
    return SUMMARY.make(told, "decide", by=office.second, **on_the_spot(fine, code))


def test_an_institution_is_fined_on_the_spot_up_to_the_ceiling_of_the_law(told: Proceeding, office: Office) -> None:
    ViolationType.objects.filter(code="V39.5").update(least=1000)
    with pytest.raises(MoveRefused, match=r"3,000\.00"):
        decide(told, office, "3000.01")
    assert decide(told, office, "3000.00").amount == Decimal("3000.00")


def test_the_ceiling_is_data(told: Proceeding, office: Office) -> None:
    PenaltyLimit.objects.filter(code="summary_organisation").update(value=500)
    with pytest.raises(MoveRefused, match=r"500\.00"):
        decide(told, office, "600.00")


def test_where_the_range_begins_above_the_ceiling_only_a_warning_is_left(told: Proceeding, office: Office) -> None:
    with pytest.raises(MoveRefused, match="warn, or file"):
        decide(told, office, "3000.00")
    decided = decide(told, office, "0")
    assert (decided.state, decided.penalty.warning) == ("decided", True)


def test_one_officer_found_it_and_the_other_decides(told: Proceeding, office: Office) -> None:
    with pytest.raises(MoveRefused, match="second person"):
        SUMMARY.make(told, "decide", by=office.first, **on_the_spot("0"))


# --- After it was decided -------------------------------------------------------------------------------


@pytest.fixture
def fined(told: Proceeding, office: Office) -> Proceeding:
    """¥2,000.00 on the spot."""
    ViolationType.objects.filter(code="V39.5").update(least=1000)
    return decide(told, office, "2000.00")


def delivered(fined: Proceeding, office: Office, **facts: Any) -> Proceeding:
    service = {"on": timezone.localdate(), "method": "direct", "received_by": "Zhao"}
    return SUMMARY.make(fined, "deliver", by=office.first, **{**service, **facts})


def money(fined: Proceeding) -> dict[str, Decimal]:
    item = Item.objects.get(reference=f"penalty {fined.number}")
    return {stage: amount for stage, amount in standing(item).at.items() if amount and stage != Stage.SOURCE}


def test_it_is_handed_over_on_the_spot_and_fares_like_any_fine(fined: Proceeding, office: Office) -> None:
    with pytest.raises(MoveRefused, match="handed over there"):
        delivered(fined, office, method="post")
    fined = delivered(fined, office)
    with pytest.raises(MoveRefused, match=r"2,000\.00 is still to be paid"):
        SUMMARY.make(fined, "record", by=office.first)
    run_out(fined.penalty.payment_clock, 10)
    fined = SUMMARY.make(Proceeding.objects.get(pk=fined.pk), "note_overdue", by=office.first)
    assert Item.objects.filter(reference=f"surcharge {fined.number}").exists()
    fined = SUMMARY.make(fined, "challenge", by=office.first, on=timezone.localdate(), challenge_forum="suit")
    fined = SUMMARY.make(fined, "revoke", by=office.chief, on=timezone.localdate(), result="annulled", note="judged")
    assert money(fined) == {"withdrawn": Decimal("2000.00")}


def test_what_was_told_yesterday_is_not_decided_on_the_spot_today(told: Proceeding, office: Office) -> None:
    Penalty.objects.filter(pk=told.pk).update(defended_at=timezone.now() - timedelta(1))
    with pytest.raises(MoveRefused, match="another day"):
        decide(told, office, "0")


def test_the_reviewer_withdraws_it_before_it_is_served_and_the_case_goes_on(fined: Proceeding, office: Office) -> None:
    for officer in (office.first, office.second):
        with pytest.raises(MoveRefused):
            SUMMARY.make(fined, "withdraw", by=officer, note="too large for the spot")
    withdrawn = SUMMARY.make(fined, "withdraw", by=office.legal, note="too large for the spot")
    assert (withdrawn.state, money(withdrawn)) == ("withdrawn", {"withdrawn": Decimal("2000.00")})
    assert open_proceeding(withdrawn.case, "penalty", by=office.chief, note="filed").state == "filed"


def test_an_act_that_was_fined_on_the_spot_is_not_fined_again(fined: Proceeding, office: Office) -> None:
    Proceeding.objects.filter(pk=fined.pk).update(closed_at=timezone.now(), state="recorded")
    penalty = open_proceeding(fined.case, "penalty", by=office.chief, note="filed")
    penalty = PENALTY.make(penalty, "investigate", by=office.first, inspection_scope="fees")
    today = timezone.localdate()
    conduct: dict[str, Any] = {
        "violation_type": "V39.5", "acted_from": today, "acted_until": today, "limitation": "2",
        "limitation_reason": "ordinary",
    }  # fmt: skip
    with pytest.raises(MoveRefused, match=fined.number):
        PENALTY.make(penalty, "charge_conduct", by=office.first, **conduct)
    other_days = {**conduct, "acted_from": today - timedelta(9), "acted_until": today - timedelta(8)}
    PENALTY.make(penalty, "charge_conduct", by=office.first, **other_days)


def test_nor_are_its_lines(office: Office) -> None:
    ViolationType.objects.filter(code="V39.5").update(least=1000)
    case = verified(make_case(office, make_upheld(office, "80.00")), office)
    line = str(case.findings.get().hearing.lines.get().pk)
    spot = open_proceeding(case, "summary", by=office.first, record="fees were not published")
    spot = SUMMARY.make(spot, "tell", by=office.first, statement="we shall publish them")
    spot = SUMMARY.make(spot, "decide_on_lines", by=office.second, lines=[line], **on_the_spot("1000.00"))
    Proceeding.objects.filter(pk=spot.pk).update(closed_at=timezone.now(), state="recorded")
    penalty = open_proceeding(case, "penalty", by=office.chief, note="filed")
    penalty = PENALTY.make(penalty, "investigate", by=office.first, inspection_scope="charges")
    with pytest.raises(MoveRefused, match=spot.number):
        charged(penalty, office)
