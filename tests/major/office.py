"""A county, its prefecture and its province, and a hospital; an issue brought to where a test begins."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from institutions.models import Account, Duty, Institution
from supervision.major import following
from supervision.major.bringing_up import bring_up
from supervision.major.calling_in import call_in
from supervision.major.conferring import INTERVIEW
from supervision.major.handling import ISSUE
from supervision.major.models import Interview, Issue
from tests.builders import make_account, make_institution
from tests.cases.office import make_officer


@dataclass(frozen=True)
class Office:
    """Of the prefecture an officer and two in charge; above it the province's, below it a county's."""

    officer: Account
    chief: Account
    deputy: Account
    province: Account
    county: Account
    hospital: Institution
    answerer: Account


def make_office(sign: str = "", digits: str = "9901") -> Office:
    area, county = f"{digits}00", f"{digits}01"
    hospital = make_institution(f"H{digits}0100001", county)
    return Office(
        officer=make_officer(f"officer{sign}", Duty.INVESTIGATE, territory=area),
        chief=make_officer(f"chief{sign}", Duty.DECIDE, territory=area),
        deputy=make_officer(f"deputy{sign}", Duty.DECIDE, territory=area),
        province=make_officer(f"province{sign}", Duty.DECIDE, territory=f"{digits[:2]}0000"),
        county=make_officer(f"county{sign}", Duty.DECIDE, territory=county),
        hospital=hospital,
        answerer=make_account(f"answerer{sign}", institution=hospital, duties=[Duty.ANSWER]),
    )  # fmt: skip


def found(office: Office, level: int = 2, *, hours_ago: float = 0, **facts: Any) -> Issue:
    values: dict[str, Any] = {"kind": "loss", "facts": "Two wards billed for beds that stood empty.", **facts}
    at = timezone.now() - timedelta(hours=hours_ago)
    return bring_up("Empty beds", level=level, found_at=at, by=office.officer, **values)


def reported(office: Office, level: int = 2, *, hours_ago: float = 0) -> Issue:
    return ISSUE.make(
        found(office, level, hours_ago=hours_ago), "report", by=office.officer, issue_report="What is known so far."
    )  # fmt: skip


def graded(office: Office, level: int = 2) -> Issue:
    return ISSUE.make(reported(office, level), "grade", by=office.province, issue_level=str(level))


def responding(office: Office, level: int = 2) -> Issue:
    return ISSUE.make(graded(office, level), "respond", by=office.chief, issue_owner="the deputy director")


def listed(office: Office) -> Issue:
    until = timezone.localdate() + timedelta(days=20)
    return ISSUE.make(
        responding(office), "list", by=office.province, listing_demands="Get the money back.", listing_until=until
    )


def stabilised(office: Office) -> Issue:
    return ISSUE.make(responding(office), "stabilise", by=office.chief, note="the money is back")


def reviewed(office: Office) -> Issue:
    said: dict[str, Any] = {
        "review_happened": "empty beds",
        "review_cause": "no visits",
        "review_change": "visits each month",
    }
    return ISSUE.make(stabilised(office), "review", by=office.chief, **said)


def with_task(office: Office) -> Issue:
    issue = reviewed(office)
    due_on = timezone.localdate() + timedelta(days=10)
    following.set_task(issue, "Visit each ward", owner="the supervision section", due_on=due_on, by=office.chief)
    return issue


def called(office: Office, party: Any = None) -> Interview:
    return call_in(party or office.hospital, reason="Empty beds were billed.", by=office.officer)


def notified(office: Office, party: Any = None) -> Interview:
    facts: dict[str, Any] = {"person": "the dean", "at": timezone.now() + timedelta(days=1), "where": "room 3"}
    return INTERVIEW.make(called(office, party), "notify", by=office.chief, **facts)


def held(office: Office, party: Any = None) -> Interview:
    facts: dict[str, Any] = {
        "at": timezone.now(), "present": "the dean", "record": "The beds were empty.", "demand": "Give it back.",
        "interview_commitments": "It will be given back.",
    }  # fmt: skip
    return INTERVIEW.make(notified(office, party), "hold", by=office.officer, **facts)


def ordered(office: Office, party: Any = None) -> Interview:
    return INTERVIEW.make(held(office, party), "order", by=office.officer)
