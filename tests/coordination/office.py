"""Officers with a case, the police and health departments around them, and their liaisons."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from institutions.models import Account, Department, Duty, Institution
from supervision.cases.models import Case
from supervision.coordination import drafting, meeting, receiving
from supervision.coordination.meeting import MEETING
from supervision.coordination.models import Allowance, BroughtLead, JointTask, Meeting, Package, Partner
from supervision.coordination.sharing import PACKAGE
from tests.builders import make_account, make_division, make_institution
from tests.cases.office import make_officer

MEMBER = "M99010000001234"


@dataclass(frozen=True)
class Sharing:
    """Who drafts, who gives, who reads, and what it is about."""

    officer: Account
    head: Account
    hospital: Institution
    case: Case
    police: Partner
    liaison: Account


def make_partner(kind: str, division: str = "990100") -> Partner:
    department = Department.objects.get_or_create(
        party=Department.Party.INDUSTRY, division=make_division(division), name_zh=f"{division}{kind}"
    )[0]
    return Partner.objects.get_or_create(department=department, defaults={"kind": kind})[0]


def make_liaison(partner: Partner, username: str = "liaison") -> Account:
    return make_account(username, None, department=partner.department, duties=[Duty.LIAISE])


def make_sharing(sign: str = "", digits: str = "9901") -> Sharing:
    area = f"{digits}00"
    police = make_partner("public_security", area)
    hospital = make_institution(f"H{digits}0100001", f"{digits}01")
    officer = make_officer(f"sharing{sign}", Duty.INVESTIGATE, territory=area)
    case = Case.objects.create(
        number=f"AJ-{digits}01-2026-77", title=f"Fraud in {digits}", origin="other", place=hospital.division,
        respondent="institution", institution=hospital, person=MEMBER, facts=f"{MEMBER}冒名就医，电话13800138000",
        opened_by=officer, state="verifying",
    )  # fmt: skip
    return Sharing(
        officer=officer, head=make_officer(f"giving{sign}", Duty.DECIDE, territory=area), hospital=hospital, case=case,
        police=police, liaison=make_liaison(police, f"liaison{sign}"),
    )  # fmt: skip


def allowance(code: str = "police_fraud") -> Allowance:
    return Allowance.objects.get(code=code, place="000000")


def drafted(sharing: Sharing, **facts: Any) -> Package:
    values: dict[str, Any] = {
        "fields": ["number", "facts", "person", "institution_name"], "purpose": "to look into suspected fraud",
        "expires_on": timezone.localdate() + timedelta(60), "by": sharing.officer,
    }  # fmt: skip
    asked = {**values, **facts}
    about, to = asked.pop("about", sharing.case), asked.pop("to", sharing.police)
    return drafting.draft_package(about, to, asked.pop("allowance", None) or allowance(), **asked)


def given(sharing: Sharing, **facts: Any) -> Package:
    return PACKAGE.make(drafted(sharing, **facts), "give", by=sharing.head)


def acknowledged(sharing: Sharing, **facts: Any) -> Package:
    return PACKAGE.make(given(sharing, **facts), "acknowledge", by=sharing.liaison, receipt="R-1")


def fed_back(sharing: Sharing, **facts: Any) -> Package:
    return PACKAGE.make(
        acknowledged(sharing, **facts), "feed_back", by=sharing.liaison, package_result="filed",
        package_answer="filed as 2026-17",
    )  # fmt: skip


def brought(sharing: Sharing, **facts: Any) -> BroughtLead:
    values: dict[str, Any] = {
        "title": "Invoices without drugs", "facts": "sold on without boxes", "sent_id": "GA-2026-1",
        "institution": sharing.hospital.pk, "by": sharing.liaison,
    }  # fmt: skip
    said = {**values, **facts}
    return receiving.bring_lead(said.pop("title"), said.pop("facts"), **said)


def called(sharing: Sharing, **facts: Any) -> Meeting:
    values: dict[str, Any] = {
        "held_at": timezone.now() + timedelta(hours=1), "where": "room 301", "agenda": "resold drugs",
        "members": [sharing.police], "by": sharing.officer,
    }  # fmt: skip
    return meeting.call_meeting("First quarter", **{**values, **facts})


def minuted(sharing: Sharing, **facts: Any) -> Meeting:
    """It was held an hour ago."""
    made = called(sharing, **facts)
    Meeting.objects.filter(pk=made.pk).update(held_at=timezone.now() - timedelta(hours=1))
    return MEETING.make(made, "keep_minutes", by=sharing.officer, present="all", record="as agreed")


def task_of(sharing: Sharing, made: Meeting, *, ours: bool = False, days: int = 10) -> JointTask:
    due_on = timezone.localdate() + timedelta(days)
    partner = None if ours else sharing.police
    return meeting.decide_task(made, "check the sellers", partner=partner, due_on=due_on, by=sharing.officer)


def begun(sharing: Sharing, *, ours: bool = False, days: int = 10) -> JointTask:
    made = minuted(sharing)
    task = task_of(sharing, made, ours=ours, days=days)
    MEETING.make(made, "confirm", by=sharing.head)
    task.refresh_from_db()
    return task
