"""The ways of a report of misuse and of a complaint about one's own rights, between the desk and who decides."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from institutions.models import Department, Duty
from supervision.cases.models import Case, Lead
from supervision.complaints.models import Complaint, Kind
from supervision.complaints.workflow import COMPLAINT
from tests.builders import make_division
from tests.cases.office import make_department
from tests.complaints.building import make_complaint, make_desk
from tests.walks.walking import Walk

CHIEFS = ("take_up_again", "stand_by")


def complaint() -> Walk:
    desk = make_desk()
    make_division("990102")
    make_department("industry")
    make_department("handling")

    def begin() -> Complaint:
        make_complaint(facts="the first who told of it")
        return make_complaint()

    def own_rights(subject: Complaint) -> Mapping[str, Any]:
        """Made a complaint about one's own rights."""
        Complaint.objects.filter(pk=subject.pk).update(kind=Kind.GRIEVANCE)
        return {"complaint_outcome": "settled"}

    def filed(subject: Complaint) -> Mapping[str, Any]:
        lead(subject, Lead.FILED)
        return {}

    def ended(subject: Complaint) -> Mapping[str, Any]:
        lead(subject, Lead.ARCHIVED)
        return {"complaint_outcome": "upheld"}

    def long_ago(subject: Complaint) -> Mapping[str, Any]:
        Complaint.objects.filter(pk=subject.pk).update(concluded_on=timezone.localdate() - timedelta(90))
        return {}

    return Walk(
        COMPLAINT, begin,
        {
            f"{Duty.COMPLAINTS} None": desk.first, f"{Duty.COMPLAINTS} {Department.Party.AUTHORITY}": desk.first,
            f"{Duty.DECIDE} {Department.Party.AUTHORITY}": desk.chief, **{f"to {name}": desk.other_chief for name in CHIEFS},
        },
        {
            "settle": own_rights, "file": filed, "conclude": ended, "archive": long_ago,
            "give_over": lambda _subject: {"to_place": "990102"}, "open_lead": lambda _subject: {},
        },
    )  # fmt: skip


def lead(subject: Complaint, state: str) -> None:
    """A case that was opened from it and stands there."""
    number = f"AJ-990101-2026-{Case.objects.count() + 700000}"
    case = Case.objects.create(
        number=number, title="as told", origin=Case.Origin.COMPLAINT, place=subject.place, respondent="institution",
        institution=subject.institution, facts="as seen", opened_by=make_desk(sign=number).first, state=state,
    )  # fmt: skip
    Complaint.objects.filter(pk=subject.pk).update(case=case)
