"""A month's money beforehand: where the fund bears it, sized by what was paid and by the grade, and set off again."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from institutions import standing
from institutions.models import GradeFactor, Institution
from supervision.moves import BeyondReach, MoveRefused
from supervision.payments import areas, lending
from supervision.payments.models import FundMonth, MonthlySettlement, Prepayment
from supervision.payments.prepaying import PREPAYMENT
from tests.builders import make_division, make_institution
from tests.payments.office import TO_PAY, Agency, declared, moved, treat

pytestmark = pytest.mark.django_db


def accounts(
    *, balance: str = "1200.00", income: str = "100.00", expenditure: str = "100.00", fund: str = "310"
) -> None:
    """Twelve months of the fund in 2025."""
    area = make_division("990100")
    FundMonth.objects.bulk_create(
        FundMonth(
            area=area, fund=fund, month=f"2025-{month:02}", income=Decimal(income), expenditure=Decimal(expenditure),
            balance=Decimal(balance), source="accounts",
        )
        for month in range(1, 13)
    )  # fmt: skip


@pytest.fixture
def january(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_at: date(2026, 1, 8))


def paid_before(agency: Agency) -> None:
    """Two months of 2025 that came to ¥300 and ¥100."""
    for month, sum_ in (("2025-11", "300.00"), ("2025-12", "100.00")):
        MonthlySettlement.objects.create(
            number=f"JS-{month}", institution=agency.hospital, place=agency.hospital.division, month=month, fund="310",
            state="paid", declared=Decimal(sum_), payable=Decimal(sum_), paid=Decimal(sum_),
        )  # fmt: skip


def brought(agency: Agency, *names: str, **facts: Any) -> Prepayment:
    made = lending.check_area(agency.hospital, 2026, "310", by=agency.clerk)
    who = {"apply": agency.answerer, "approve": agency.head, "pay": agency.books}
    for name in names:
        made = PREPAYMENT.make(made, name, by=who[name], note="for drugs", **(facts if name == "pay" else {}))
    return made


def test_months_payable_is_the_balance_by_a_months_expenditure(agency: Agency) -> None:
    accounts(balance="1234.00")
    found = areas.standing(agency.hospital.division, "310", 2026)
    assert found.months_payable == Decimal("12.34")
    assert found.required == 12


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"balance": "1199.00"}, "12 are required"), ({"income": "99.00", "balance": "9999.00"}, "deficit"),
        ({"fund": "390"}, "not complete"),
    ],
)  # fmt: skip
def test_a_fund_that_cannot_bear_it_prepays_nothing(facts: dict[str, str], why: str, agency: Agency) -> None:
    accounts(**facts)
    with pytest.raises(MoveRefused, match=why):
        lending.check_area(agency.hospital, 2026, "310", by=agency.clerk)


def test_residents_need_six_months(agency: Agency) -> None:
    accounts(balance="600.00", fund="390")
    assert lending.check_area(agency.hospital, 2026, "390", by=agency.clerk).months_payable == 6


def test_only_the_two_basic_funds_prepay_and_only_at_home(agency: Agency) -> None:
    accounts()
    with pytest.raises(MoveRefused, match="employees and of residents"):
        lending.check_area(agency.hospital, 2026, "510", by=agency.clerk)
    elsewhere: Institution = make_institution("H99020100001", "990201")
    with pytest.raises(BeyondReach):
        lending.check_area(elsewhere, 2026, "310", by=agency.clerk)
    lending.check_area(agency.hospital, 2026, "310", by=agency.clerk)
    with pytest.raises(MoveRefused, match="already"):
        lending.check_area(agency.hospital, 2026, "310", by=agency.clerk)


def test_it_is_applied_for_in_january(agency: Agency) -> None:
    accounts()
    with pytest.raises(MoveRefused, match="January"):
        brought(agency, "apply")


def test_the_grade_moves_the_amount(agency: Agency, january: None) -> None:
    accounts()
    paid_before(agency)
    standing.set_grade(agency.hospital, "D", since=date(2025, 6, 1))
    GradeFactor.objects.filter(what="prepayment", grade="D").delete()
    GradeFactor.objects.create(
        place="990100", what="prepayment", grade="D", value=Decimal("0.50"), source="x", verified="setting",
        valid=(date(2025, 1, 1), None),
    )  # fmt: skip
    agency.answerer.refresh_from_db()
    assert brought(agency, "apply", "approve").amount == Decimal("100.00")  # half of the average of 200


def test_what_is_lent_is_set_off_from_october_and_settles(agency: Agency, folder: Path, january: None) -> None:
    accounts()
    paid_before(agency)
    lent = brought(agency, "apply", "approve", "pay", voucher="V1", on=date(2026, 1, 5))
    assert (lent.amount, lent.state) == (Decimal("200.00"), "paid")
    MonthlySettlement.objects.all().delete()  # what was paid before has no claims in this warehouse
    taken_off = {"2026-09": "0.00", "2026-10": "95.00"}
    treat(folder, agency.hospital, 10_000, month="2026-09")
    treat(folder, agency.hospital, 10_000, month="2026-10")
    for month, taken in taken_off.items():
        found = moved(declared_in(agency, month), agency, *TO_PAY)
        assert found.prepaid_offset == Decimal(taken), month
    lent.refresh_from_db()
    assert (lent.set_off, lent.state) == (Decimal("95.00"), "offset")
    assert lent.drawdowns.get().amount == Decimal("95.00")
    assert PREPAYMENT.moves["set_off"].by_itself


def declared_in(agency: Agency, month: str) -> MonthlySettlement:
    """As of the day after the year; the clock of this test stands in January otherwise."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("supervision.payments.declaring.timezone.localdate", lambda *_at: date(2026, 11, 20))
        return declared(agency, month)


def test_of_two_funds_each_has_its_own(agency: Agency) -> None:
    accounts()
    accounts(fund="390", balance="700.00")
    for fund in ("310", "390"):
        lending.check_area(agency.hospital, 2026, fund, by=agency.clerk)
    assert Prepayment.objects.count() == 2
