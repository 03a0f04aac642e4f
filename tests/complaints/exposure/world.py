"""What each prefecture of the access tests tells the public, and who watches there."""

from typing import Any

from django.utils import timezone

from institutions.models import Account
from supervision.cases.models import Case
from supervision.complaints.exposure.claiming import claim
from supervision.complaints.exposure.models import TypicalCase
from tests.builders import make_account
from tests.complaints.supervisors.library import make_nominee


def make_told(number: str, digits: str, *, by: Account) -> dict[str, Any]:
    """A published case, a claim that it is wrong, and a nominee; by the names of the prefecture's keys."""
    case, today = Case.objects.get(number=number), timezone.localdate()
    typical = TypicalCase.objects.create(
        number=f"DX-{case.place_id}-2026-000001", case=case, place=case.place, title_zh=f"曝光{digits}",
        facts_zh="事实", violations_zh="违规", handling_zh="处理", drafted_by=by, drafted_on=today,
        approver=make_account(f"approver{digits}", f"{digits}00"), published_on=today, state="published",
    )  # fmt: skip
    said = claim(typical, f"wrong in {digits}")
    nominee = make_nominee(by, person=f"沈{digits}", division=f"{digits}00")
    return {"typical": typical.number, "claim": said.pk, "supervisor": nominee.number}
