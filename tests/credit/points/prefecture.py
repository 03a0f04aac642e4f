"""What a prefecture's points hold, one row of each kind, for the tests of who sees what."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from credit.points import ruling
from credit.points.models import Disqualification, Matter, Qualification, Responsibility, ScoreRecord, ServiceCommitment
from institutions.models import Account, Institution, Practitioner
from supervision.cases.models import Proceeding


@dataclass(frozen=True)
class PointsKeys:
    practitioner: str
    record: str

    def key(self, address: str) -> str:
        """What stands in the place of the address's <number> or <code>."""
        return self.record if "records/" in address else self.practitioner


def make_points(digits: str, place: Institution, *, by: Account) -> PointsKeys:
    """The institution's doctor has committed, was scored and is held back."""
    doctor, today = Practitioner.objects.get(code=f"D{digits}"), timezone.localdate()
    row = Qualification.objects.create(practitioner=doctor, state="suspended", points=9, points_year=today.year)
    row.events.create(move="suspend", before="normal", after="suspended")
    ServiceCommitment.objects.create(
        qualification=row, institution=place, text=ruling.commitment(today), signed_on=date(2026, 1, 1), entered_by=by
    )
    proceeding = Proceeding.objects.filter(case__institution=place).latest("pk")
    record = ScoreRecord.objects.create(
        number=f"{proceeding.number}-J1", practitioner=doctor, institution=place, place=place.division,
        proceeding=proceeding, act=proceeding.case.number, matter=Matter.objects.get(code="in_place_of"),
        responsibility=Responsibility.objects.get(code="main"), proposed_points=9, points=9,
        facts=f"settled for another in {digits}", proposer=by, state="notified", notified_on=today,
    )  # fmt: skip
    record.events.create(move="propose", after="proposed", by=by)
    Disqualification.objects.create(
        practitioner=doctor, kind="suspended", record=record, points=9, since=today, until=today + timedelta(40)
    )
    return PointsKeys(doctor.pk, record.number)
