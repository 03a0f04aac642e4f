"""Complaints for the tests: somebody tells something, and the desk has its people."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from institutions.models import Account, Duty
from supervision.complaints import filing, receipts
from supervision.complaints.filing import Filed, Told
from supervision.complaints.models import Complaint, Kind
from supervision.complaints.workflow import COMPLAINT
from tests.builders import make_division, make_institution
from tests.cases.office import make_officer

FACTS = "他们把没有做的理疗记在我的账上"
WHO = {"name": "欧阳不存在", "phone": "13900001234", "address": "澜岸区杜撰路12号"}


def told(*, kind: str = Kind.TIP, who: Mapping[str, str] | None = None, **facts: Any) -> Told:
    """What somebody tells about the hospital of the first county, anonymously unless said otherwise."""
    place = facts.pop("place", None) or make_division("990101")
    values: dict[str, Any] = {"facts": FACTS, "about": "institution", "language": "en", **facts}
    if "institution" not in values:
        values["institution"] = make_institution()
    return Told(kind=kind, place=place, who=who or {}, **values)


def file(ticket: str = "", **facts: Any) -> Filed:
    return filing.file(told(**facts), ticket or receipts.draw_ticket())


def make_complaint(**facts: Any) -> Complaint:
    return file(**facts).complaint


@dataclass(frozen=True)
class ComplaintDesk:
    """Who handles complaints, and who decides on them."""

    first: Account
    second: Account
    chief: Account
    other_chief: Account


def make_desk(territory: str = "990100", sign: str = "") -> ComplaintDesk:
    return ComplaintDesk(
        first=make_officer(f"hearer{sign}", Duty.COMPLAINTS, territory=territory),
        second=make_officer(f"hearer2{sign}", Duty.COMPLAINTS, territory=territory),
        chief=make_officer(f"head{sign}", Duty.DECIDE, territory=territory),
        other_chief=make_officer(f"head2{sign}", Duty.DECIDE, territory=territory),
    )


def accepted(complaint: Complaint, desk: ComplaintDesk) -> Complaint:
    complaint = COMPLAINT.make(complaint, "register", by=desk.first)
    return COMPLAINT.make(complaint, "accept", by=desk.first)


def verifying(complaint: Complaint, desk: ComplaintDesk) -> Complaint:
    return COMPLAINT.make(accepted(complaint, desk), "verify", by=desk.first)


def not_filed(complaint: Complaint, desk: ComplaintDesk) -> Complaint:
    return COMPLAINT.make(verifying(complaint, desk), "not_file", by=desk.chief, note="nothing could be seen")


def concluded(complaint: Complaint, desk: ComplaintDesk, outcome: str = "unfounded") -> Complaint:
    """Concluded without a case: it was not filed, and the reporter was told."""
    complaint = COMPLAINT.make(not_filed(complaint, desk), "tell", by=desk.first, note="it was not filed")
    return COMPLAINT.make(
        complaint, "conclude", by=desk.chief, note="no violation was found", complaint_outcome=outcome
    )
