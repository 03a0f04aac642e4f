"""A major issue and an interview of one prefecture, for tests of who sees what."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from institutions.models import Account, Institution
from supervision.major import levelling
from supervision.major.models import Contact, Interview, Issue, IssueReport


@dataclass(frozen=True)
class MajorKeys:
    """The keys of its objects, by the address they stand in."""

    issue: str
    interview: str

    def key(self, address: str) -> str:
        return self.interview if "interviews/" in address else self.issue


def make_major(digits: str, place: Institution, *, by: Account) -> MajorKeys:
    """Of the county in which the institution lies; the institution was called in because of it."""
    county, now = place.division, timezone.now()
    issue = Issue.objects.create(
        number=f"ZD-{county.pk}-2026-{digits}", title=f"Issue of {digits}", kind="loss", level=2,
        rule=levelling.level(2, county.pk), place=county, facts=f"facts of {digits}", est_amount=Decimal(digits),
        found_at=now, finder=by, reporter=by, state="reported",
    )  # fmt: skip
    IssueReport.objects.create(issue=issue, kind="first", words=f"reported in {digits}", due_at=now, at=now, by=by)
    issue.links.create(kind="institution", number=place.pk, by=by)
    Contact.objects.create(place=county, name=f"contact of {digits}", post="x", telephone=digits, by=by)
    interview = Interview.objects.create(
        number=f"YT-{county.pk}-2026-{digits}", place=county, kind="institution", institution=place, issue=issue,
        ground=levelling.ground("institution", county.pk), reason=f"reason in {digits}", handler=by, notified_at=now,
        state="notified",
    )  # fmt: skip
    return MajorKeys(issue.number, interview.number)
