"""The ways of a settlement and of a prepayment."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone

from institutions.models import Duty
from supervision.ledger.models import Stage
from supervision.payments.lending import check_area
from supervision.payments.models import FundMonth, MonthlySettlement, Prepayment, Rate, SettlementLine
from supervision.payments.prepaying import PREPAYMENT
from supervision.payments.workflow import SETTLEMENT
from tests.builders import make_division
from tests.ledger.small import make_item
from tests.payments.office import Agency, appraise, make_agency
from tests.walks.walking import Walk

YEAR = timezone.localdate().year


def settlement() -> Walk:
    agency = make_agency()
    return Walk(
        SETTLEMENT, lambda: made(agency),
        {Duty.SETTLE: agency.clerk, Duty.DECIDE: agency.head, Duty.BOOK: agency.books, Duty.ANSWER: agency.answerer},
        {"leave_out": owed, "confirm": accepted, "assess": appraised, "settle_year": assessed},
    )  # fmt: skip


def made(agency: Agency, month: str = f"{YEAR - 1}-03", **facts: Any) -> MonthlySettlement:
    place = agency.hospital
    return MonthlySettlement.objects.create(
        number=f"JS-{place.pk}-{month}-310", institution=place, place=place.division, month=month, fund="310",
        state=facts.pop("state", SETTLEMENT.first), **facts,
    )  # fmt: skip


def owed(subject: MonthlySettlement) -> Mapping[str, Any]:
    """Something is set off in it."""
    place = subject.institution
    item = make_item(at=Stage.DEMANDED, amount="5.00", institution=place, place=place.division, month=subject.month)
    SettlementLine.objects.create(settlement=subject, figure="offset", amount=Decimal("5.00"), item=item)
    return {}


def accepted(subject: MonthlySettlement) -> Mapping[str, Any]:
    MonthlySettlement.objects.filter(pk=subject.pk).update(accepted_at=timezone.now())
    return {}


def appraised(subject: MonthlySettlement) -> Mapping[str, Any]:
    appraise(subject.institution, int(subject.month[:4]), "100")
    return {}


def assessed(subject: MonthlySettlement) -> Mapping[str, Any]:
    MonthlySettlement.objects.filter(pk=subject.pk).update(to_release=0)
    return {}


def prepayment() -> Walk:
    agency = make_agency()
    sound(agency)

    def whole(subject: Prepayment) -> Mapping[str, Any]:
        Prepayment.objects.filter(pk=subject.pk).update(set_off=subject.amount)
        return {}

    return Walk(
        PREPAYMENT, lambda: check_area(agency.hospital, YEAR, "310", by=agency.clerk),
        {Duty.SIGN: agency.answerer, Duty.DECIDE: agency.head, Duty.BOOK: agency.books},
        {"settle": whole},
    )  # fmt: skip


def sound(agency: Agency) -> None:
    """A fund that bears it, something paid in the year before, and the whole year to apply in."""
    area = make_division("990100")
    Rate.objects.filter(code=Rate.Code.APPLY_BY).update(value=366)
    for month in range(1, 13):
        FundMonth.objects.create(
            area=area, fund="310", month=f"{YEAR - 1}-{month:02}", income=100, expenditure=100, balance=9_000,
            source="accounts",
        )  # fmt: skip
    made(agency, f"{YEAR - 1}-12", state="paid", declared=100, payable=100, paid=100)
