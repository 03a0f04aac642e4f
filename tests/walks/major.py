"""Walks through major issues and interviews."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from institutions.models import Duty
from supervision.major.conferring import INTERVIEW
from supervision.major.handling import ISSUE
from supervision.major.models import Interview, Issue
from tests.builders import make_division
from tests.cases.office import make_officer
from tests.major.office import called, found, make_office
from tests.walks.walking import Walk


def issue() -> Walk:
    """Of level II: reported to the province, which grades, lists and closes."""
    at = make_office()

    def day(_subject: Issue) -> dict[str, Any]:
        return {"listing_until": timezone.localdate() + timedelta(days=9)}

    def level(_subject: Issue) -> dict[str, Any]:
        return {"issue_level": "2"}

    above = {
        f"to {name}": at.province
        for name in ("grade", "dismiss", "regrade", "regrade_listed", "list", "delist", "close")
    }
    return Walk(
        ISSUE, lambda: found(at), {**above, str(Duty.INVESTIGATE): at.officer, str(Duty.DECIDE): at.chief},
        {"list": day, "grade": level, "regrade": level, "regrade_listed": level},
    )  # fmt: skip


def interview() -> Walk:
    """Of a hospital; whoever answers for an office does so in an interview of the county."""
    at = make_office()
    county = make_division("990101")

    def of_the_county(subject: Interview) -> dict[str, Any]:
        Interview.objects.filter(pk=subject.pk).update(kind="place", institution=None, subject_place=county)
        return {}

    def answered(subject: Interview) -> dict[str, Any]:
        Interview.objects.filter(pk=subject.pk).update(answered_at=timezone.now())
        return {}

    return Walk(
        INTERVIEW, lambda: called(at),
        {
            "to answer_as_office": make_officer("of the county", Duty.DECIDE, territory="990101"),
            str(Duty.INVESTIGATE): at.officer, str(Duty.DECIDE): at.chief, str(Duty.ANSWER): at.answerer,
        },
        {"answer_as_office": of_the_county, "check": answered, "send_back": answered},
    )  # fmt: skip
