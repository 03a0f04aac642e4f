"""Indicators as the warehouse has their parts: each divided by hand beside what is counted."""

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from supervision.payments import counting
from supervision.payments.models import Indicator
from tests.claims.building import publish
from tests.payments.office import MONTH, Agency, treat

pytestmark = pytest.mark.django_db


def stay(place: str, number: int, admitted: date, discharged: date, **facts: Any) -> dict[str, Any]:
    return {
        "claim": f"{place}:{number}", "encounter": str(number), "institution": place, "member": "m1",
        "insured_area": "990100", "insurance": "310", "category": "J18", "admitted": datetime.combine(admitted, time(9)),
        "discharged": datetime.combine(discharged, time(9)), "admitted_on": admitted, "discharged_on": discharged,
        "bed_days": (discharged - admitted).days, "settled_at": datetime.combine(discharged, time(11)), "total": 1000,
        "eligible": 1000, "paid": 800, "sound": True, "month": f"{discharged:%Y-%m}", **facts,
    }  # fmt: skip


def value(code: str) -> Decimal | None:
    row = Indicator.objects.filter(month=MONTH, code=code).first()
    return counting.value(row) if row else None


def test_readmitted_is_told_within_15_and_within_31_days(agency: Agency, folder: Path) -> None:
    place = agency.hospital.pk
    stays = [
        stay(place, 1, date(2026, 2, 1), date(2026, 2, 10)),
        stay(place, 2, date(2026, 3, 10), date(2026, 3, 12)),  # after 28 days
        stay(place, 3, date(2026, 3, 20), date(2026, 3, 24)),  # after 8 days
        stay(place, 4, date(2026, 3, 20), date(2026, 3, 24), member="m2"),
    ]
    publish(folder, {"stay": stays})
    counting.count(MONTH)
    assert (value("readmit_15"), value("readmit_31")) == (Decimal(1) / 3, Decimal(2) / 3)


def test_growth_compares_with_the_same_month_of_the_year_before(agency: Agency, folder: Path) -> None:
    treat(folder, agency.hospital, 10_000, month="2025-03")
    treat(folder, agency.hospital, 12_000, 500, month=MONTH)
    counting.count(MONTH)
    assert value("fund_growth") == Decimal("0.25")


def test_without_a_year_before_there_is_no_growth(agency: Agency, folder: Path) -> None:
    treat(folder, agency.hospital, 10_000, month=MONTH)
    counting.count(MONTH)
    assert value("fund_growth") is None


def test_a_drug_line_counts_as_traced_when_its_code_was_read_at_the_sale(agency: Agency, folder: Path) -> None:
    place, done = agency.hospital.pk, datetime(2026, 3, 10, 10)
    treat(folder, agency.hospital, 10_000)
    shared = {"claim": f"{place}:1", "institution": place, "member": "m1", "done_at": done, "month": MONTH}
    lines = [
        {**shared, "charge": f"{place}:1:{n}", "item": "X1", "item_kind": kind, "amount": 100, "sound": True}
        for n, kind in enumerate(("drug", "drug", "drug", "consumable"), 1)
    ]
    scans = [
        {**shared, "scan": f"{place}:{n}", "code": f"8{n}", "event": event, "charge": f"{place}:1:{line}", "sound": True}
        for n, (event, line) in enumerate((("sale", 1), ("sale", 1), ("return", 2), ("sale", 4)), 1)
    ]  # fmt: skip
    publish(folder, {"charge": lines, "scan": scans})
    counting.count(MONTH)
    assert value("trace_rate") == Decimal(1) / 3


def test_what_is_not_counted_is_told_with_the_reason(agency: Agency, desk_of: Client) -> None:
    desk_of.force_login(agency.clerk)
    assert "it is told by area, beside the funds" in desk_of.get("/desk/indicators/").content.decode()
