"""A month from what was declared to what was paid: by the records, by three people, to the fen."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from institutions import measures
from institutions.models import Measure
from supervision.clocks.models import Clock
from supervision.ledger.models import Item, Plan, Stage
from supervision.ledger.sums import standing
from supervision.moves import MoveRefused
from supervision.payments import conditions, declaring, reconciling
from supervision.payments.models import MonthlySettlement, SettlementLine
from supervision.payments.models.settlements import State
from supervision.payments.workflow import SETTLEMENT
from tests.builders import make_division
from tests.hearing.heard import make_reviewer
from tests.ledger.small import make_item, move
from tests.payments.office import MONTH, TO_APPROVE, TO_PAY, Agency, appraise, declared, moved, treat
from tests.payments.refusing import refused_by_review

pytestmark = pytest.mark.django_db


def demanded(agency: Agency, amount: str, **facts: Any) -> Item:
    place = agency.hospital
    return make_item(
        at=Stage.DEMANDED, amount=amount, institution=place, place=place.division, pooling_area=place.division.parent,
        **facts,
    )  # fmt: skip


def test_a_month_is_declared_from_the_claims_and_again_changes_nothing(agency: Agency, folder: Path) -> None:
    treat(folder, agency.hospital, 10_000, 2_345)
    first = declared(agency)
    assert (first.declared, first.claims, first.state) == (Decimal("123.45"), 2, State.DECLARED)
    assert first.due_on is not None
    assert Clock.objects.get(subject=first.number).limit.code == "settlement_payment"
    assert declared(agency).pk == first.pk
    assert MonthlySettlement.objects.count() == 1


def test_each_fund_is_settled_by_itself(agency: Agency, folder: Path) -> None:
    treat(folder, agency.hospital, 10_000)
    treat(folder, agency.hospital, 700, insurance="390")
    found = declaring.declare(MONTH, by=agency.clerk)
    assert {one.fund: one.declared for one in found} == {"310": Decimal("100.00"), "390": Decimal("7.00")}


def test_only_who_settles_lays_down_a_month_that_is_over(agency: Agency, folder: Path) -> None:
    treat(folder, agency.hospital, 10_000)
    for by, month in ((agency.head, MONTH), (agency.answerer, MONTH), (agency.clerk, f"{timezone.localdate():%Y-%m}")):
        with pytest.raises(MoveRefused):
            declaring.declare(month, by=by)
    with pytest.raises(MoveRefused):
        declaring.declare("2026-13", by=agency.clerk)


def test_a_month_of_another_prefecture_is_not_laid_down(agency: Agency, folder: Path) -> None:
    treat(folder, agency.hospital, 10_000)
    agency.clerk.territory = make_division("990200")
    assert declaring.declare(MONTH, by=agency.clerk) == []


def test_what_is_payable_is_told_line_by_line(agency: Agency, folder: Path) -> None:
    treat(folder, agency.hospital, 100_000)
    owed = demanded(agency, "40.00")
    found = moved(declared(agency), agency, "reckon")
    assert (found.deposit, found.offset, found.payable) == (Decimal("50.00"), Decimal("40.00"), Decimal("910.00"))
    lines = dict(found.lines.values_list("figure", "amount"))
    assert lines == {"deposit": Decimal("50.00"), "offset": Decimal("40.00")}
    assert found.lines.get(figure="offset").item == owed


def test_what_review_refused_is_not_paid_and_comes_back_in_the_ledger(agency: Agency, folder: Path) -> None:
    treat(folder, agency.hospital, 100_000)
    item = refused_by_review(
        agency.hospital,
        make_reviewer("first"),
        make_reviewer("second"),
        MONTH,
        "60.00",
        claim=f"{agency.hospital.pk}:1",
    )
    paid = moved(declared(agency), agency, *TO_PAY)
    assert (paid.refused, paid.offset) == (Decimal("60.00"), Decimal("0.00"))
    assert paid.paid == paid.payable == Decimal("893.00")  # 1000 - 60, and 5 % of 940 as deposit
    assert standing(item)[Stage.OFFSET] == Decimal("60.00")
    assert all(one.agrees for one in reconciling.compared(paid))
    assert moved(paid, agency, "reconcile").state == State.RECONCILED


def test_what_is_agreed_in_instalments_is_not_set_off(agency: Agency, folder: Path) -> None:
    treat(folder, agency.hospital, 100_000)
    item = demanded(agency, "40.00")
    Plan.objects.create(item=item, reason="poor", basis="letter", asked_by=agency.books, state="agreed")
    assert moved(declared(agency), agency, "reckon").offset == 0


def test_what_is_left_out_by_hand_stays_in_the_ledger(agency: Agency, folder: Path) -> None:
    treat(folder, agency.hospital, 100_000)
    item = demanded(agency, "40.00")
    found = moved(declared(agency), agency, "reckon", "check")
    found = moved(found, agency, "leave_out", not_set_off=[str(item.pk)])
    assert found.offset == 0
    assert moved(found, agency, "tell", "accept", "confirm", "pay").paid == Decimal("950.00")
    assert standing(item)[Stage.DEMANDED] == Decimal("40.00")


def test_two_open_months_never_take_the_same_sum(agency: Agency, folder: Path) -> None:
    treat(folder, agency.hospital, 3_000, month="2026-02")
    treat(folder, agency.hospital, 100_000)
    demanded(agency, "40.00", month="2026-01")
    earlier = moved(declared(agency, "2026-02"), agency, "reckon")
    later = moved(declared(agency), agency, "reckon")
    assert earlier.offset == Decimal("28.50")  # all that is left of 30 after the deposit
    assert later.offset == Decimal("11.50")


def test_services_while_the_agreement_was_suspended_are_out_of_scope(agency: Agency, folder: Path) -> None:
    treat(folder, agency.hospital, 30_000, day=date(2026, 3, 20))
    treat(folder, agency.hospital, 100_000, day=date(2026, 3, 2))
    measure = measures.impose(
        Measure.Kind.SUSPENDED, agency.hospital, because="P1", since=date(2026, 3, 15), until=date(2026, 3, 25)
    )
    measures.impose(Measure.Kind.TERMINATED, agency.hospital, because="P2", since=date(2026, 3, 18))
    found = moved(declared(agency), agency, "reckon")
    assert (found.declared, found.out_of_scope) == (Decimal("1300.00"), Decimal("300.00"))
    assert found.lines.get(figure="out_of_scope").measure == measure


def test_money_that_a_measure_holds_is_not_paid_before_it_is_lifted(agency: Agency, folder: Path) -> None:
    treat(folder, agency.hospital, 100_000)
    held = measures.impose(Measure.Kind.PAYMENT, agency.hospital, because="AJ-1-B1")
    found = moved(declared(agency), agency, *TO_APPROVE, "confirm")
    assert found.withheld == found.payable
    with pytest.raises(MoveRefused, match="AJ-1-B1"):
        moved(found, agency, "pay")
    measures.lift(Measure.objects.filter(pk=held.pk), because="over", annulled=True)
    paid = moved(found, agency, "pay")
    assert (paid.withheld, paid.paid) == (Decimal("0.00"), Decimal("950.00"))


def test_claims_that_came_late_go_into_the_next_month(agency: Agency, folder: Path) -> None:
    treat(folder, agency.hospital, 100_000, month="2026-02")
    moved(declared(agency, "2026-02"), agency, *TO_PAY)
    treat(folder, agency.hospital, 5_000, month="2026-02")
    treat(folder, agency.hospital, 20_000)
    found = moved(declared(agency), agency, "reckon")
    assert (found.declared, found.adjustments) == (Decimal("200.00"), Decimal("50.00"))
    assert found.lines.get(figure="adjustments", earlier__month="2026-02").amount == Decimal("50.00")
    again = moved(found, agency, "reckon")
    assert again.adjustments == Decimal("50.00")


def test_what_another_system_settled_before_is_no_earlier_month_to_adjust(agency: Agency, folder: Path) -> None:
    place = agency.hospital
    MonthlySettlement.objects.create(
        number="JS-old", institution=place, place=place.division, month="2026-01", fund="310", state="year_settled",
        declared=Decimal("500.00"), payable=Decimal("500.00"), paid=Decimal("500.00"),
    )  # fmt: skip
    treat(folder, place, 20_000)
    assert moved(declared(agency), agency, "reckon").adjustments == 0


def test_what_changes_after_the_institution_was_asked_is_not_approved(agency: Agency, folder: Path) -> None:
    treat(folder, agency.hospital, 100_000)
    found = moved(declared(agency), agency, *TO_APPROVE)
    demanded(agency, "40.00")
    with pytest.raises(MoveRefused, match="something else by now"):
        moved(found, agency, "confirm")
    again = moved(found, agency, "send_back", "tell", "accept", "confirm")
    assert again.offset == Decimal("40.00")


def test_what_was_paid_otherwise_meanwhile_is_not_booked_twice(agency: Agency, folder: Path) -> None:
    treat(folder, agency.hospital, 100_000)
    item = demanded(agency, "40.00")
    found = moved(declared(agency), agency, *TO_APPROVE, "confirm")
    move(item, Stage.DEMANDED, Stage.CASH, "40.00", voucher="CASH1", by=agency.books)
    with pytest.raises(MoveRefused):
        moved(found, agency, "pay")
    again = moved(found, agency, "open_again", "tell", "accept", "confirm", "pay")
    assert (again.offset, again.paid) == (Decimal("0.00"), Decimal("950.00"))


def test_three_people_pay_a_month(agency: Agency, folder: Path) -> None:
    treat(folder, agency.hospital, 100_000)
    agency.clerk.duties = [*agency.clerk.duties, "decide", "book"]
    agency.clerk.save()
    found = moved(declared(agency), agency, *TO_APPROVE)
    with pytest.raises(MoveRefused, match="second person"):
        SETTLEMENT.make(found, "confirm", by=agency.clerk)
    found = moved(found, agency, "confirm")
    with pytest.raises(MoveRefused, match="second person"):
        SETTLEMENT.make(found, "pay", by=agency.clerk, voucher="B1", on=timezone.localdate())


def test_silence_counts_as_consent_and_not_before_the_time_is_over(agency: Agency, folder: Path) -> None:
    treat(folder, agency.hospital, 100_000)
    found = moved(declared(agency), agency, "reckon", "check", "tell")
    with pytest.raises(MoveRefused, match="may still object"):
        moved(found, agency, "confirm")
    Clock.objects.filter(subject=found.number, limit__code="settlement_objection").update(
        since=timezone.now() - timedelta(30), due_at=timezone.now() - timedelta(1)
    )
    assert moved(found, agency, "confirm").state == State.CONFIRMED


def test_a_voucher_of_the_bank_pays_once(agency: Agency, folder: Path) -> None:
    treat(folder, agency.hospital, 100_000, month="2026-02")
    treat(folder, agency.hospital, 100_000)
    moved(declared(agency, "2026-02"), agency, *TO_PAY, voucher="B 1")
    with pytest.raises(MoveRefused, match="booked already"):
        moved(declared(agency), agency, *TO_PAY, voucher="b1")


def test_the_deposit_goes_back_by_the_years_band_when_the_year_is_over(
    agency: Agency, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    treat(folder, agency.hospital, 100_000)
    found = moved(declared(agency), agency, *TO_PAY, "reconcile")
    appraised = appraise(agency.hospital, 2026, "85.50")
    with pytest.raises(MoveRefused, match="not over"):
        moved(found, agency, "assess")
    monkeypatch.setattr("supervision.payments.conditions.timezone.localdate", lambda: date(2027, 2, 1))
    found = moved(found, agency, "assess")
    assert (found.to_release, found.appraised) == (Decimal("42.75"), appraised)  # 85.5 % of 50
    found = moved(found, agency, "settle_year", on=timezone.localdate())
    assert (found.released, found.state) == (Decimal("42.75"), State.YEAR_SETTLED)


def test_no_deposit_goes_back_before_the_agency_of_the_place_has_appraised_the_year(
    agency: Agency, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    treat(folder, agency.hospital, 100_000)
    found = moved(declared(agency), agency, *TO_PAY, "reconcile")
    appraise(agency.hospital, 2025, "100")
    appraise(agency.hospital, 2026, "100", area="990200")
    monkeypatch.setattr("supervision.payments.conditions.timezone.localdate", lambda: date(2027, 2, 1))
    with pytest.raises(MoveRefused, match="2026 is not appraised"):
        moved(found, agency, "assess")


def test_after_a_renewal_within_the_year_the_last_word_counts(agency: Agency, folder: Path) -> None:
    treat(folder, agency.hospital, 100_000)
    appraise(agency.hospital, 2026, "100")
    last = appraise(agency.hospital, 2026, "50", sign="-2")
    assert conditions.year_of(declared(agency)) == last


def test_a_line_that_was_tampered_with_is_found(agency: Agency, folder: Path) -> None:
    treat(folder, agency.hospital, 100_000)
    paid = moved(declared(agency), agency, *TO_PAY)
    SettlementLine.objects.filter(settlement=paid, figure="deposit").update(amount=Decimal("49.99"))
    with pytest.raises(MoveRefused, match=r"kept as deposit: ¥50\.00 / ¥49\.99"):
        moved(paid, agency, "reconcile")
