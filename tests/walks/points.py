"""The ways of points: a person's qualification, and a record from its proposal to the end of its year."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from credit.points.models import Disqualification, Qualification, ScoreRecord
from credit.points.workflows.qualification import QUALIFICATION
from credit.points.workflows.record import SCORE
from institutions.models import Department, Duty
from supervision.cases.models import Breach
from tests.credit.points import office as agency
from tests.credit.points.test_registering import registered
from tests.walks.walking import Walk

HANDLING = Department.Party.HANDLING


def score_record() -> Walk:
    office = agency.make_office()
    return Walk(
        SCORE, lambda: agency.proposed(office, 5),
        {
            f"{Duty.CREDIT} {HANDLING}": office.keeper, f"{Duty.DECIDE} {HANDLING}": office.other_head,
            "to notify": office.head, str(Duty.STAFF): office.clerk,
        },
        {"take_effect": nobody_appealed, "fall": annulled, "clear": of_last_year},
    )  # fmt: skip


def nobody_appealed(record: ScoreRecord) -> Mapping[str, Any]:
    agency.run_out(record)
    return {}


def annulled(record: ScoreRecord) -> Mapping[str, Any]:
    """What it rests on was annulled."""
    Breach.objects.filter(pk=record.proceeding_id).update(executed_at=None)
    return {}


def of_last_year(record: ScoreRecord) -> Mapping[str, Any]:
    last_year = timezone.localdate() - timedelta(366)
    ScoreRecord.objects.filter(pk=record.pk).update(effective_on=last_year)
    return {}


def qualification() -> Walk:
    office = agency.make_office()
    resting_on = agency.effective(office, 1)

    def held(kind: str, *, over: bool = False) -> Any:
        def ready(row: Qualification) -> Mapping[str, Any]:
            today = timezone.localdate()
            Disqualification.objects.filter(practitioner=row.practitioner_id).delete()
            last = today + timedelta(-1 if over else 30)
            days = {"until": last} if kind == "suspended" else {"barred_until": last}
            Disqualification.objects.create(
                practitioner=row.practitioner, kind=kind, record=resting_on, points=12,
                since=today - timedelta(60), **days,
            )  # fmt: skip
            return {}

        return ready

    def many_points(row: Qualification) -> Mapping[str, Any]:
        ScoreRecord.objects.filter(pk=resting_on.pk).update(proposed_points=6, points=6, practitioner=row.practitioner)
        return {"interviewer": "Dean Wang", "interviewed_on": timezone.localdate()}

    def nothing_held(row: Qualification) -> Mapping[str, Any]:
        Disqualification.objects.filter(practitioner=row.practitioner_id).delete()
        return {}

    return Walk(
        QUALIFICATION, lambda: registered(office),
        {f"{Duty.CREDIT} {HANDLING}": office.keeper, str(Duty.STAFF): office.clerk},
        {
            "interview": many_points, "terminate": held("terminated"), "suspend": held("suspended"),
            "become_eligible": held("terminated", over=True), "restore": nothing_held,
        },
    )  # fmt: skip
