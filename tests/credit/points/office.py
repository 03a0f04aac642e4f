"""An agency that keeps points, a hospital with its doctor, and a handling of the hospital that is in effect."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

import time_machine
from django.utils import timezone

from credit.points import nightly, proposing
from credit.points.models import Matter, Responsibility, ScoreRecord
from credit.points.workflows.record import SCORE
from institutions.models import Account, Duty, Institution, Practitioner, Registration
from supervision.cases.models import Breach, BreachMeasure, Case, Kind, Proceeding
from supervision.clocks.models import Clock
from tests.builders import make_account, make_institution
from tests.cases.handled import make_department, make_insurer

numbers = count(1)
DOCTOR = "D990001000001"


@dataclass(frozen=True)
class Office:
    """The agency's people and the hospital's, with a doctor who works there."""

    keeper: Account  # keeps points
    head: Account  # approves
    other_head: Account  # answers appeals
    clerk: Account  # of the hospital, registers practitioners
    place: Institution
    doctor: Practitioner


def make_office(code: str = "H99010100001", sign: str = "", doctor: str = DOCTOR) -> Office:
    agency, insurer = make_department("handling"), make_insurer()
    place = make_institution(code, code[1:7])

    def post(name: str, *duties: Duty) -> Account:
        held = [Duty.READ, *duties]
        return make_account(f"{name}{sign}", duties=held, department=agency, insurer=insurer)

    return Office(
        keeper=post("keeper", Duty.CREDIT), head=post("points head", Duty.DECIDE),
        other_head=post("other points head", Duty.DECIDE),
        clerk=make_account(f"clerk{sign}", institution=place, duties=[Duty.STAFF]), place=place,
        doctor=make_doctor(doctor, place),
    )  # fmt: skip


def make_doctor(code: str, place: Institution) -> Practitioner:
    values = {"name": "测试医师", "kind": "physician"}
    doctor = Practitioner.objects.get_or_create(code=code, defaults=values)[0]
    Registration.objects.get_or_create(practitioner=doctor, institution=place, since=date(2020, 1, 1))
    return doctor


def make_handled(office: Office, *measures: str, place: Institution | None = None) -> Proceeding:
    """A breach of the agreement whose measures were carried out; any matter may be scored after it."""
    place, number = place or office.place, next(numbers)
    case = Case.objects.create(
        number=f"AJ-{place.division_id}-2026-{number:06}", title="重复收费", origin="findings", place=place.division,
        respondent="institution", institution=place, facts="同一项目重复收费。", opened_by=office.keeper, state="new",
    )  # fmt: skip
    proceeding = Proceeding.objects.create(
        case=case, kind=Kind.BREACH, number=f"{case.number}-B1", state="executing", opened_by=office.keeper
    )
    breach = Breach.objects.create(proceeding=proceeding, executed_at=timezone.now())
    breach.measures.set(BreachMeasure.objects.filter(code__in=measures or ("M4", "M6")))
    return proceeding


def make_matter(points: int) -> Matter:
    """Something that scores exactly so many points after any handling."""
    code, today = f"exactly {points}", timezone.localdate()
    found = Matter.objects.filter(code=code).first()
    return found or Matter.objects.create(
        code=code, name_zh=f"计{points}分", name_en=f"Scores {points}", least=points, most=points,
        after=["M4", "M6", "penalty"], source="made for a test", verified="setting",
        valid=(today.replace(year=today.year - 5), None),
    )  # fmt: skip


def general() -> Responsibility:
    return Responsibility.objects.get(code="general")


def proposed(office: Office, points: int = 3, proceeding: Proceeding | None = None, **facts: Any) -> ScoreRecord:
    values = {"matter": make_matter(points), "responsibility": general(), "facts": "开具了重复收费的医嘱。", **facts}
    doctor = values.pop("doctor", office.doctor)
    return proposing.propose(doctor, proceeding or make_handled(office), by=office.keeper, **values)


def notified(office: Office, points: int = 3, proceeding: Proceeding | None = None, **facts: Any) -> ScoreRecord:
    return SCORE.make(proposed(office, points, proceeding, **facts), "notify", by=office.head)


def appealed(office: Office, points: int = 3) -> ScoreRecord:
    return SCORE.make(notified(office, points), "appeal", by=office.clerk, points_appeal_words="it was a colleague")


def effective(office: Office, points: int = 3, proceeding: Proceeding | None = None, **facts: Any) -> ScoreRecord:
    """Nobody appealed, and the night came."""
    record = notified(office, points, proceeding, **facts)
    run_out(record)
    nightly.take_up()
    record.refresh_from_db()
    assert record.state == "effective"
    return record


def run_out(record: ScoreRecord) -> None:
    past = timezone.now() - timedelta(40)
    assert record.clock is not None
    Clock.objects.filter(pk=record.clock.pk).update(since=past, yellow_at=past, due_at=past + timedelta(20))


def on(day: str) -> Any:
    """As if it were noon of this day in China."""
    return time_machine.travel(f"{day}T04:00:00+00:00", tick=False)
