"""The settlements of one prefecture, for tests of who sees what: an object of each kind, its amounts in every sum."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from claims.models import Snapshot
from institutions.models import Account, Institution
from supervision.payments.models import Budget, FundMonth, Hospitalization, Indicator, MonthlySettlement, Prepayment
from tests.builders import make_division, make_snapshot

MONTH = "2026-02"


@dataclass(frozen=True)
class PaymentKeys:
    """The keys of its objects, by the address they stand in."""

    settlement: str
    prepayment: str
    fund: int

    def key(self, address: str) -> str:
        if "funds/" in address:
            return str(self.fund)
        return self.prepayment if "prepayments/" in address else self.settlement


def make_payments(digits: str, place: Institution, *, by: Account) -> PaymentKeys:
    amount, area = Decimal(digits), make_division(f"{digits}00")
    about = {"institution": place, "place": place.division, "fund": "310"}
    settlement = MonthlySettlement.objects.create(
        number=f"JS-{place.pk}-{MONTH}-310", month=MONTH, state="appeal", declared=amount, payable=amount,
        told_at=timezone.now(), preparer=by, **about,
    )  # fmt: skip
    prepayment = Prepayment.objects.create(
        number=f"YF-{place.pk}-2026-310", year=2026, state="area_checked", months_payable=Decimal(digits[-2:]),
        amount=amount, preparer=by, **about,
        reckoned={"balance": f"{digits}.00", "average": "1.00", "surplus": "0.00", "forecast": "0.00", "required": "12"},
    )  # fmt: skip
    fund = FundMonth.objects.create(
        area=area, fund="310", month=MONTH, income=amount, expenditure=amount, balance=amount, source=f"of {digits}",
        told_by=by,
    )  # fmt: skip
    Budget.objects.create(area=area, year=timezone.localdate().year, fund="310", amount=amount, source=f"of {digits}")
    Budget.objects.create(
        area=area, institution=place, year=timezone.localdate().year, fund="310", amount=amount, source=f"of {digits}"
    )
    Indicator.objects.create(
        institution=place, month=MONTH, code="avg_outpatient", over=amount * 100, under=1,
        snapshot=Snapshot.objects.first() or make_snapshot(),
    )  # fmt: skip
    Hospitalization.objects.create(
        area=area, month=f"{timezone.localdate().year}-02", discharges=int(digits), insured=int(digits) * 10,
        snapshot=Snapshot.objects.first() or make_snapshot(),
    )  # fmt: skip
    return PaymentKeys(settlement.number, prepayment.number, fund.pk)
