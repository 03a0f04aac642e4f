"""The self-correction of one prefecture, for tests of who sees what: an issued campaign and a report handed in."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from institutions.models import Account, Institution
from supervision.selfchecks.models import Answer, Campaign, Localisation, Problem, Report, ReportedLine
from tests.builders import make_account, make_division


@dataclass(frozen=True)
class SelfCheckKeys:
    """The keys of its objects, by the address they stand in."""

    campaign: str
    report: str

    def key(self, address: str) -> str:
        return self.report if "institution/" in address or "reports/" in address else self.campaign


def make_self_corrections(digits: str, place: Institution, *, by: Account) -> SelfCheckKeys:
    area, amount = make_division(f"{digits}00"), Decimal(digits)
    campaign = Campaign.objects.create(
        number=f"ZC-{area.pk}-2026-1", title=f"Campaign of {digits}", place=area, first_month="2026-01",
        last_month="2026-03", due_on=date(2026, 12, 1), basis=f"plan of {digits}", drafter=by, state="issued",
        issuer=make_account(f"issuer{digits}", area.pk), issued_on=timezone.localdate(),
    )  # fmt: skip
    problem = Problem.objects.create(
        campaign=campaign,
        code="C01",
        place=area,
        field="dialysis",
        words=f"problem of {digits}",
        basis="x",
        added_by=by,
    )
    Localisation.objects.create(campaign=campaign, place=place.division, by=by)
    report = Report.objects.create(
        number=f"{campaign.number}-{place.pk}", campaign=campaign, institution=place, place=place.division,
        state="submitted", charged=amount, lost=amount, signer=f"dean of {digits}", submitted_at=timezone.now(),
    )  # fmt: skip
    Answer.objects.create(report=report, problem=problem, found=True, words=f"found in {digits}", by=by)
    ReportedLine.objects.create(
        report=report, problem=problem, claim=f"{place.pk}:1", charge=f"{place.pk}:1:1", month="2026-03", fund="310",
        amount=amount, lost=amount,
    )  # fmt: skip
    return SelfCheckKeys(campaign.number, report.number)
