"""The agency that settles, its people, and a hospital with claims in a small warehouse."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from claims.models import Snapshot
from institutions.models import Account, AppraisedYear, Duty, Institution
from supervision.payments import declaring
from supervision.payments.models import MonthlySettlement
from supervision.payments.workflow import SETTLEMENT
from tests.builders import make_account, make_institution
from tests.cases.office import make_officer
from tests.claims.building import publish
from tests.designation.parties import make_insurer

MONTH = "2026-03"


@dataclass(frozen=True)
class Agency:
    """Who prepares, who approves, who pays, and the hospital that is paid."""

    clerk: Account
    head: Account
    other_head: Account
    books: Account
    hospital: Institution
    answerer: Account


def make_agency(territory: str = "990100", sign: str = "") -> Agency:
    def post(name: str, *duties: Duty) -> Account:
        return make_officer(f"{name}{sign}", *duties, territory=territory, party="handling")

    hospital = make_institution(f"H{territory[:4]}0100001", f"{territory[:4]}01")
    return Agency(
        clerk=post("clerk", Duty.SETTLE), head=post("agency_head", Duty.DECIDE),
        other_head=post("other_head", Duty.DECIDE), books=post("agency_books", Duty.BOOK), hospital=hospital,
        answerer=make_account(f"hospital{sign}", institution=hospital, duties=[Duty.READ, Duty.ANSWER, Duty.SIGN]),
    )  # fmt: skip


def visit(place: Institution, number: int, paid: int, *, month: str = MONTH, **facts: Any) -> dict[str, Any]:
    """An outpatient's encounter on the tenth of its month; money in fen."""
    day = facts.pop("day", date.fromisoformat(f"{month}-10"))
    claim = f"{place.pk}:{number}"
    return {
        "claim": claim, "encounter": str(number), "institution": place.pk, "member": f"m{number}",
        "insured_area": "990100", "insurance": "310", "kind": "outpatient", "day": day,
        "started": datetime.combine(day, time(9)), "settled_at": datetime.combine(day, time(10)), "total": paid * 2,
        "eligible": paid, "paid": paid, "sound": True, "month": month, **facts,
    }  # fmt: skip


def treat(folder: Path, place: Institution, *paid: int, month: str = MONTH, **facts: Any) -> Snapshot:
    """Encounters of these sums the fund paid, in fen, as a batch of their own."""
    first = Snapshot.objects.count() * 100
    return publish(
        folder, {"visit": [visit(place, first + n, fen, month=month, **facts) for n, fen in enumerate(paid, 1)]}
    )


def declared(agency: Agency, month: str = MONTH) -> MonthlySettlement:
    [settlement] = [one for one in declaring.declare(month, by=agency.clerk) if one.institution == agency.hospital]
    return settlement


def moved(settlement: MonthlySettlement, agency: Agency, *names: str, **facts: Any) -> MonthlySettlement:
    """Made, each move by whoever may."""
    for name in names:
        settlement = SETTLEMENT.make(settlement, name, by=maker(agency, name), note="as said", **given(name, facts))
    return settlement


def maker(agency: Agency, name: str) -> Account:
    by_duty = {
        Duty.SETTLE: agency.clerk, Duty.DECIDE: agency.head, Duty.BOOK: agency.books, Duty.ANSWER: agency.answerer,
    }  # fmt: skip
    return by_duty[SETTLEMENT.moves[name].duty]


def given(name: str, facts: dict[str, Any]) -> dict[str, Any]:
    plain = {
        "voucher": f"B{MonthlySettlement.objects.count()}-{timezone.now().timestamp()}",
        "on": timezone.localdate(),
    }
    return {asked: facts.get(asked, plain.get(asked)) for asked in SETTLEMENT.moves[name].asks}


TO_APPROVE: Sequence[str] = ("reckon", "check", "tell", "accept")
TO_PAY: Sequence[str] = (*TO_APPROVE, "confirm", "pay")


def appraise(place: Institution, year: int, release: str, *, area: str = "", sign: str = "") -> AppraisedYear:
    """The year as its agency has appraised it, releasing so many per cent of the deposit."""
    insurer = make_insurer(area or f"{place.division_id[:4]}00")
    record = f"XY-{insurer.pk}-{place.pk}{sign} {year}"
    values = {
        "institution": place, "insurer": insurer, "year": year, "score": Decimal(80), "band_zh": "合格",
        "band_en": "passed", "release": Decimal(release), "source": "terms of the agreement",
    }  # fmt: skip
    return AppraisedYear.objects.get_or_create(record=record, defaults=values)[0]
