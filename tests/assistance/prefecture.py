"""A request for assistance of one prefecture, for tests of who sees what."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from institutions.models import Account, Institution
from supervision.assistance.models import LeadRule, Request, RequestClaim
from tests.builders import make_account, make_division


@dataclass(frozen=True)
class AssistanceKeys:
    request: str


def make_assistance(digits: str, place: Institution, *, by: Account) -> AssistanceKeys:
    """The county in which the institution lies asks a third region, which is nobody's here."""
    county, other = place.division, make_division("990300")
    request = Request.objects.create(
        number=f"XC-{county.pk}-2026-{digits}", from_place=county, to_place=other, handler_place=other,
        treatment=make_division(f"{digits}00"), participation=other, institution=place, member=f"m{digits}",
        question="fee", suspect="institution", lead_rule=LeadRule.objects.get(suspect="institution", place="000000"),
        words=f"asked in {digits}", drafter=by, sender=make_account(f"sender{digits}", f"{digits}00"),
        sent_at=timezone.now(), state="sent",
    )  # fmt: skip
    claim = RequestClaim.objects.create(
        request=request, claim=f"{place.pk}:1", month="2026-03", insured_area=other.pk, fund="310",
        total=Decimal(digits), paid=Decimal(digits), named_by=by,
    )  # fmt: skip
    claim.lines.create(charge=f"{place.pk}:1:1", item=f"line of {digits}", amount=Decimal(digits))
    return AssistanceKeys(request.number)
