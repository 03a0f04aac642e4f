"""The inspections of one prefecture, for tests of who sees what: a plan, a draw, and a visit that was fed back."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from institutions.models import Account, Institution
from supervision.inspections.models import (
    Candidate,
    Charge,
    Conflict,
    Draw,
    Expert,
    Fact,
    Inspection,
    Inspector,
    Item,
    Member,
    Pairing,
    Plan,
    PlanLine,
    Sealing,
)
from tests.builders import make_account, make_division, make_institution
from tests.clocks.building import make_clock
from tests.documents.building import make_document


@dataclass(frozen=True)
class InspectionKeys:
    """The keys of its objects, by the address they stand in."""

    plan: str
    draw: str
    inspection: str

    def key(self, address: str) -> str:
        kinds = {"plans/": self.plan, "draws/": self.draw}
        return next((key for part, key in kinds.items() if part in address), self.inspection)


def make_inspections(digits: str, place: Institution, *, by: Account) -> InspectionKeys:
    area, today, amount = make_division(f"{digits}00"), timezone.localdate(), Decimal(digits)
    chief = make_account(f"inspections-chief{digits}", area.pk)
    plan = Plan.objects.create(
        number=f"JH-{area.pk}-2026-1", place=area, year=2026, title=f"Plan of {digits}", basis=f"basis of {digits}",
        drafter=by, approver=chief, state="published", published_on=today,
    )  # fmt: skip
    line = PlanLine.objects.create(plan=plan, mode="random", how_many=1, first_month=1, last_month=12)
    line.items.set(Item.objects.filter(code="JC02"))
    draw = Draw.objects.create(
        number=f"CQ-{area.pk}-2026-1", place=area, line=line, mode="random", reason=f"drawn in {digits}", size=1,
        officers=1, seed=digits * 8, drawn_by=by, published_on=today, publisher=chief,
    )  # fmt: skip
    Candidate.objects.create(
        draw=draw, institution=place, grade="", grade_factor=1, at_risk=0, risk_factor=1, weight=1, rank=1, drawn=True
    )
    officer = make_account(f"inspector{digits}", area.pk)
    inspector = Inspector.objects.create(
        account=officer, certificate=f"ZF-{digits}", place=area, fields=f"fields of {digits}", since=today, listed_by=by
    )
    expert = Expert.objects.create(name=f"Expert of {digits}", place=area, since=today, listed_by=by)
    Conflict.objects.create(
        inspector=inspector, institution=make_institution(f"H{digits}0100066", f"{digits}01"),
        reason=f"interest in {digits}", noted_by=by,
    )  # fmt: skip
    Pairing.objects.create(draw=draw, institution=place, inspector=inspector, rank=1, standing="drawn")
    inspection = Inspection.objects.create(
        number=f"SJ-{area.pk}-2026-1", mode="random", place=area, institution=place, line=line, draw=draw,
        trigger="annual_plan", scope=f"scope of {digits}", proposer=by, state="feedback",
        notified_at=timezone.now(), entered_at=timezone.now(), fed_back_at=timezone.now(),
    )  # fmt: skip
    Member.objects.create(inspection=inspection, inspector=inspector, leader=True, drawn=True, named_by=by)
    Member.objects.create(inspection=inspection, expert=expert, named_by=by)
    fact = Fact.objects.create(inspection=inspection, number=1, words=f"found in {digits}", norm="x", found_by=officer)
    Charge.objects.create(
        fact=fact, claim=f"{place.pk}:1", charge=f"{place.pk}:1:1", month="2026-03", amount=amount, suspected=amount,
        fund=amount,
    )  # fmt: skip
    Sealing.objects.create(inspection=inspection, items=f"ledger of {digits}", ordered_by=chief, state="sealed")
    make_document(
        "inspection_notice", place=area.pk, about=inspection.number,
        address=reverse("inspections:inspection", args=[inspection.number]),
    )  # fmt: skip
    since = timezone.localtime().strftime("%Y-%m-%d 00:00")
    make_clock("P05", since=since, subject=inspection.number, division=area.pk, title_en=f"Inspected in {digits}")
    return InspectionKeys(plan.number, draw.number, inspection.number)
