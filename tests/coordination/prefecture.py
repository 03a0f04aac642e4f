"""What one prefecture gave to other departments, for tests of who sees what."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from institutions.models import Account, Institution
from supervision.coordination.models import BroughtLead, JointTask, Meeting, Package, Reading, SharedField
from tests.builders import make_account
from tests.coordination.office import allowance, make_liaison, make_partner


@dataclass(frozen=True)
class CoordinationKeys:
    """The keys of its objects, by the address they stand in."""

    package: str
    lead: str
    meeting: str
    task: str

    def key(self, address: str) -> str:
        kinds = {"leads": self.lead, "meetings": self.meeting, "tasks": self.task}
        return next((kinds[part] for part in address.split("/")[1:3] if part in kinds), self.package)


def make_coordination(digits: str, place: Institution, *, by: Account) -> CoordinationKeys:
    police = make_partner("public_security", f"{digits}00")
    package = Package.objects.create(
        number=f"GX-{digits}01-2026-000001", place=place.division, to=police, allowance=allowance("police_institution"),
        institution=place, purpose=f"asked for in {digits}", basis="art. 22", expires_on=date(2026, 12, 31), drafter=by,
        approver=make_account(f"giver{digits}", f"{digits}00"), given_at=timezone.now(), state="given",
    )  # fmt: skip
    field = SharedField.objects.create(
        package=package, code="institution_name", name_zh="机构名称", name_en="Name", value=f"name of {digits}"
    )
    Reading.objects.create(package=package, field=field, by=make_liaison(police, f"liaison{digits}"), way="page")
    lead = BroughtLead.objects.create(
        number=f"XS-{digits}00-2026-000001", partner=police, place=police.department.division, sent_id=f"GA-{digits}",
        title=f"Lead of {digits}", facts=f"told in {digits}", institution=place, brought_by=field.readings.get().by,
        state="received",
    )  # fmt: skip
    meeting = Meeting.objects.create(
        number=f"LX-{digits}00-2026-000001", place=police.department.division, title=f"Meeting of {digits}",
        held_at=timezone.now(), where="here", agenda=f"agenda of {digits}", caller=by, state="called",
    )  # fmt: skip
    meeting.members.add(police)
    task = JointTask.objects.create(
        number=f"{meeting.number}-1", meeting=meeting, words=f"task of {digits}", partner=police,
        due_on=date(2026, 12, 31), state="open",
    )  # fmt: skip
    return CoordinationKeys(package.number, lead.number, meeting.number, task.number)
