"""What one prefecture gave to other departments, for tests of who sees what."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from institutions.models import Account, Institution
from supervision.coordination.models import Package, Reading, SharedField
from tests.builders import make_account
from tests.coordination.office import allowance, make_liaison, make_partner


@dataclass(frozen=True)
class CoordinationKeys:
    """The keys of its objects, by the address they stand in."""

    package: str

    def key(self, address: str) -> str:
        return self.package


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
    return CoordinationKeys(package.number)
