"""A decision that is challenged: also one that is paid, one after another, and what becomes of the money when it falls."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from supervision.cases import punishing, surcharging
from supervision.cases.models import Penalty, Proceeding
from supervision.cases.proceeding import open_proceeding
from supervision.cases.workflows.penalty import PENALTY
from supervision.cases.workflows.recovery import RECOVERY
from supervision.clocks.models import Clock
from supervision.documents.models import Document
from supervision.ledger.models import Item, Repayment, Stage
from supervision.ledger.paying import pay
from supervision.ledger.repaying import REPAYMENT
from supervision.ledger.sums import standing
from supervision.moves import MoveRefused
from tests.cases.office import Office, charged, reviewed, run_out, served, weighed


@pytest.fixture
def fined(penalty: Proceeding, office: Office) -> Proceeding:
    """A fine, decided and served."""
    weighed(penalty, office)
    return served(penalty, office)


def today() -> Any:
    return timezone.localdate()


def fine_of(proceeding: Proceeding) -> Item:
    return Item.objects.get(reference=surcharging.fine_item(proceeding))


def stands(item: Item) -> dict[str, Decimal]:
    return {stage: amount for stage, amount in standing(item).at.items() if amount and stage != Stage.SOURCE}


def paid(proceeding: Proceeding, office: Office, amount: Decimal | None = None) -> Proceeding:
    item = fine_of(proceeding)
    pay({item: amount or proceeding.penalty.fine}, voucher=f"V{item.pk}", day=today(), by=office.booker)
    return proceeding if amount else PENALTY.make(proceeding, "settle", by=office.booker)


def challenged(proceeding: Proceeding, office: Office, forum: str = "reconsideration", note: str = "") -> Proceeding:
    return PENALTY.make(proceeding, "challenge", by=office.first, on=today(), challenge_forum=forum, note=note)


def revoked(proceeding: Proceeding, office: Office) -> Proceeding:
    return PENALTY.make(proceeding, "revoke", by=office.chief, on=today(), result="判决撤销", note="judgment 7")


def closed(proceeding: Proceeding, office: Office) -> Proceeding:
    return PENALTY.make(proceeding, "close", by=office.chief, note="executed", result="done")


def test_a_fine_that_was_paid_and_falls_is_paid_back_by_another_than_decided(fined: Proceeding, office: Office) -> None:
    fine, item = fined.penalty.fine, fine_of(fined)
    fallen = revoked(challenged(paid(fined, office), office), office)
    assert stands(item) == {"repayable": fine}
    letter = Document.objects.get(kind="repayment_notice")
    assert f"{fine:,.2f}" in letter.text_zh
    PENALTY.make(fallen, "unpublish_revoked", by=office.first, on=today(), result="never published")
    with pytest.raises(MoveRefused, match="owed back to the party"):
        closed(fallen, office)
    REPAYMENT.make(Repayment.objects.get(), "pay", by=office.booker, voucher="R1", on=today())
    assert stands(item) == {"repaid": fine}
    assert closed(fallen, office).state == "closed"


def test_a_fine_that_was_paid_in_part_falls_whole(fined: Proceeding, office: Office) -> None:
    fine, item = fined.penalty.fine, fine_of(fined)
    paid(fined, office, Decimal("100.00"))
    revoked(challenged(fined, office), office)
    assert stands(item) == {"repayable": Decimal("100.00"), "withdrawn": fine - Decimal("100.00")}


def test_a_refund_that_came_in_stays_when_the_decision_falls(fined: Proceeding, office: Office) -> None:
    refund = Item.objects.get(case=fined.case.number, book="fund")
    whole = stands(refund)["demanded"]
    pay({refund: Decimal("100.00")}, voucher="F1", day=today(), by=office.booker)
    revoked(challenged(fined, office), office)
    assert stands(refund) == {"cash": Decimal("100.00"), "confirmed": whole - Decimal("100.00")}


def test_a_decision_does_not_fall_under_a_recovery_that_rests_on_it(fined: Proceeding, office: Office) -> None:
    recovery = open_proceeding(fined.case, "recovery", by=office.first, note="as ordered")
    Proceeding.objects.filter(pk=recovery.pk).update(state="notified")
    with pytest.raises(MoveRefused, match=recovery.number):
        revoked(challenged(fined, office), office)
    assert "notified" in RECOVERY.states.values


def test_a_lowered_fine_takes_its_surcharge_with_it_and_gives_the_rest_back(fined: Proceeding, office: Office) -> None:
    run_out(fined.penalty.payment_clock, 10)
    fined = PENALTY.make(Proceeding.objects.get(pk=fined.pk), "note_overdue", by=office.first)
    fine, surcharge = fined.penalty.fine, punishing.booked_surcharge(fined)
    paid(fined, office, fine)
    lowered = PENALTY.make(
        challenged(fined, office), "change", by=office.chief, on=today(), result="改为一半", new_fine=fine / 2
    )
    assert stands(fine_of(fined)) == {"cash": fine / 2, "repayable": fine / 2}
    assert lowered.amount == fine / 2
    assert punishing.booked_surcharge(lowered) == surcharging.accrued(Penalty.objects.get(pk=fined.pk))
    assert 0 < punishing.booked_surcharge(lowered) < surcharge


def test_a_challenge_never_raises_a_fine(fined: Proceeding, office: Office) -> None:
    more: dict[str, Any] = {"on": today(), "result": "more", "new_fine": fined.penalty.fine}
    with pytest.raises(MoveRefused, match="lower than"):
        PENALTY.make(challenged(fined, office), "change", by=office.chief, **more)


def test_after_a_reconsideration_there_are_fifteen_days_to_sue(fined: Proceeding, office: Office) -> None:
    before = fined.penalty.suit_clock
    upheld = PENALTY.make(challenged(fined, office), "uphold", by=office.first, on=today(), result="upheld")
    clock = Penalty.objects.get(pk=fined.pk).suit_clock
    assert clock is not None
    assert before is not None
    assert Clock.objects.get(pk=before.pk).state == "stopped"
    assert clock.limit.code == "suit_after_review"
    assert today() + timedelta(15) <= timezone.localdate(clock.due_at) <= today() + timedelta(25)  # holidays
    with pytest.raises(MoveRefused, match="challenged there already"):
        challenged(upheld, office)
    assert challenged(upheld, office, "suit").state == "challenged"


def test_after_a_suit_there_is_no_reconsideration(fined: Proceeding, office: Office) -> None:
    upheld = PENALTY.make(challenged(fined, office, "suit"), "uphold", by=office.first, on=today(), result="upheld")
    with pytest.raises(MoveRefused, match="no reconsideration"):
        challenged(upheld, office)


def test_a_challenge_that_came_late_says_why_it_is_heard(fined: Proceeding, office: Office) -> None:
    run_out(fined.penalty.reconsideration_clock)
    fined = Proceeding.objects.get(pk=fined.pk)
    with pytest.raises(MoveRefused, match="had run out"):
        challenged(fined, office)
    assert challenged(fined, office, note="a flood closed the office").state == "challenged"


def test_a_closed_fine_is_open_again_when_it_is_challenged_and_kept_until_it_cannot_be(
    fined: Proceeding, office: Office
) -> None:
    shut = closed(paid(fined, office), office)
    assert shut.closed_at is not None
    with pytest.raises(MoveRefused, match="may still ask"):
        PENALTY.make(shut, "archive", by=office.first)
    assert challenged(shut, office).closed_at is None


def test_what_was_published_of_a_fallen_decision_is_withdrawn_in_time(fined: Proceeding, office: Office) -> None:
    fallen = revoked(challenged(fined, office), office)
    clock = Clock.objects.get(subject=fallen.number, limit__code="P09")
    with pytest.raises(MoveRefused, match="publication"):
        closed(fallen, office)
    PENALTY.make(fallen, "unpublish_revoked", by=office.first, on=today(), result="taken off the site")
    assert Clock.objects.get(pk=clock.pk).state == "met"
    assert closed(fallen, office).state == "closed"
    assert open_proceeding(fallen.case, "penalty", by=office.chief, note="again").number.endswith("-P2")


def test_a_decision_not_to_punish_is_served_and_can_be_challenged(penalty: Proceeding, office: Office) -> None:
    violation = charged(penalty, office)
    about: dict[str, Any] = {"violation": str(violation.pk)}
    PENALTY.make(penalty, "weigh", by=office.first, factor="no_fault", explanation="certified software", **about)
    PENALTY.make(penalty, "propose_fine", by=office.first, grade="none", multiple=Decimal(0), **about)
    none = PENALTY.make(reviewed(penalty, office), "decide_none", by=office.chief, note="no fault")
    assert none.clock is not None
    assert none.clock.limit.code == "P06"
    with pytest.raises(MoveRefused):
        closed(none, office)
    none = PENALTY.make(none, "serve_no_penalty", by=office.first, on=today(), method="direct", received_by="Zhao")
    none = PENALTY.make(none, "challenge_no_penalty", by=office.first, on=today(), challenge_forum="reconsideration")
    with pytest.raises(MoveRefused, match="not to punish"):
        PENALTY.make(none, "uphold", by=office.first, on=today(), result="upheld")
    none = PENALTY.make(none, "uphold_no_penalty", by=office.first, on=today(), result="upheld")
    assert closed(none, office).state == "closed"
