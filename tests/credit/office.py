"""An office that keeps credit, a hospital with an agreement, and evaluations brought to where a test begins."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from credit import evaluating, recording, repairing
from credit.models import CreditEvent, Evaluation, Indicator, RecordKind, Repair
from credit.workflow import EVALUATION
from institutions.models import Account, Duty, Institution, Insurer
from tests.builders import make_account, make_division, make_institution
from tests.cases.office import make_officer


@dataclass(frozen=True)
class CreditDesk:
    """Two who keep credit, two who decide, and who signs for the hospital."""

    keeper: Account
    reviewer: Account
    chief: Account
    hospital: Account
    place: Institution


def make_signed(place: Institution, since: dt.date = dt.date(2024, 1, 1)) -> Institution:
    """The institution has an agreement since long ago."""
    area = make_division(f"{place.division_id[:4]}00")
    values = {"name_zh": f"经办{area.pk}", "pooling_area": area}
    insurer, _new = Insurer.objects.get_or_create(code=f"I{area.pk[:4]}", defaults=values)
    if not place.agreements.exists():
        place.agreements.create(insurer=insurer, number=f"A{place.pk}", period=(since, None))
    return place


def make_desk(territory: str = "990100", sign: str = "") -> CreditDesk:
    place = make_signed(make_institution(f"H{territory}00001", division=f"{territory[:4]}01"))
    return CreditDesk(
        keeper=make_officer(f"keeper{sign}", Duty.CREDIT, territory=territory),
        reviewer=make_officer(f"credit_reviewer{sign}", Duty.CREDIT, territory=territory),
        chief=make_officer(f"credit_chief{sign}", Duty.DECIDE, territory=territory),
        hospital=make_account(f"signs{sign}", institution=place, duties=[Duty.SIGN]),
        place=place,
    )


def on_record(
    place: Institution, indicator: Indicator = Indicator.PENALTY, number: str = "CF-1", *, known_on: dt.date | None = None,
    amount: str = "0.00", kind: RecordKind = RecordKind.PENALTY,
) -> CreditEvent:  # fmt: skip
    day = known_on or timezone.localdate()
    return recording.note(
        place, indicator, kind=kind, number=number, happened_on=day, known_on=day, amount=Decimal(amount)
    )


def begun(desk: CreditDesk) -> Evaluation:
    return evaluating.begin_evaluation(desk.place, by=desk.keeper)


def computed(desk: CreditDesk) -> Evaluation:
    return EVALUATION.make(begun(desk), "compute", by=desk.keeper)


def publicised(desk: CreditDesk) -> Evaluation:
    return EVALUATION.make(computed(desk), "publicise", by=desk.chief)


def objected(desk: CreditDesk, why: str = "the record is not ours") -> Evaluation:
    return EVALUATION.make(publicised(desk), "object", by=desk.hospital, note=why)


def window_over(evaluation: Evaluation) -> None:
    """The time to object ended yesterday."""
    Evaluation.objects.filter(pk=evaluation.pk).update(object_until=timezone.localdate() - dt.timedelta(1))


def in_force(desk: CreditDesk) -> Evaluation:
    evaluation = publicised(desk)
    window_over(evaluation)
    evaluating.take_effect_all()
    return again(evaluation)


def applied(desk: CreditDesk, event: CreditEvent | None = None, **words: Any) -> Repair:
    """A repair of a record that is seven months old."""
    event = event or on_record(desk.place, known_on=timezone.localdate() - dt.timedelta(215))
    return repairing.apply_for_repair(
        event, **{"statement": "paid back", "promise": "no more", "by": desk.hospital, **words}
    )


def again(evaluation: Evaluation) -> Evaluation:
    return Evaluation.objects.get(pk=evaluation.pk)
