"""Evaluations and repairs: shown, frozen while an objection is reviewed, in force, and what stands in the way."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from credit import evaluating, repairing
from credit.models import CreditEvent, Evaluation, Indicator, Repair, State
from credit.workflow import EVALUATION, REPAIR
from institutions import standing
from institutions.models import Duty, GradeFactor, Institution
from supervision.moves import MoveRefused
from tests.builders import make_account, make_institution
from tests.cases.office import make_officer
from tests.credit.office import (
    CreditDesk,
    again,
    applied,
    begun,
    computed,
    in_force,
    make_desk,
    objected,
    on_record,
    publicised,
    window_over,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def desk(tmp_path: Path, settings: Settings) -> CreditDesk:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_desk()


def grade_of(desk: CreditDesk) -> str:
    return Institution.objects.get(pk=desk.place.pk).grade


def test_nothing_takes_effect_while_it_may_be_objected_to(desk: CreditDesk) -> None:
    evaluation = publicised(desk)
    assert evaluating.take_effect_all() == 0
    assert grade_of(desk) == ""
    window_over(evaluation)
    assert (evaluating.take_effect_all(), evaluating.take_effect_all()) == (1, 0)
    assert grade_of(desk) == "A"


def test_an_objection_freezes_it_until_another_person_has_reviewed_it(desk: CreditDesk) -> None:
    on_record(desk.place, amount="600000.00")
    evaluation = objected(desk)
    window_over(evaluation)
    assert evaluating.take_effect_all() == 0
    with pytest.raises(MoveRefused, match="second person"):
        EVALUATION.make(evaluation, "uphold", by=desk.keeper, note="as it was")
    with pytest.raises(MoveRefused, match="under way already"):
        begun(desk)
    EVALUATION.make(evaluation, "uphold", by=desk.reviewer, note="the record stands")
    assert evaluating.take_effect_all() == 1
    assert grade_of(desk) == "C"


def test_a_wrong_record_is_taken_out_by_a_further_row_and_the_grade_worked_out_anew(desk: CreditDesk) -> None:
    wrong, right = on_record(desk.place, number="CF-1"), on_record(desk.place, number="CF-2")
    evaluation = objected(desk)
    assert evaluation.points == 84
    corrected = EVALUATION.make(
        evaluation, "correct", by=desk.reviewer, note="of another hospital", wrong_records=[str(wrong.pk)]
    )
    assert (corrected.points, corrected.letter) == (Decimal(92), "A")
    assert [row["record"] for row in corrected.reckoned] == [right.record]
    assert wrong.endings.get().record == evaluation.number


def test_the_time_to_object_ends(desk: CreditDesk) -> None:
    evaluation = publicised(desk)
    window_over(evaluation)
    with pytest.raises(MoveRefused, match="The time to object is over"):
        EVALUATION.make(again(evaluation), "object", by=desk.hospital, note="too late")


def test_who_worked_it_out_does_not_show_it(desk: CreditDesk) -> None:
    both = make_officer("both", Duty.CREDIT, Duty.DECIDE)
    evaluation = EVALUATION.make(begun(desk), "compute", by=both)
    with pytest.raises(MoveRefused, match="second person"):
        EVALUATION.make(evaluation, "publicise", by=both)


def test_an_institution_knows_nothing_of_what_is_not_shown_yet(desk: CreditDesk) -> None:
    evaluation = computed(desk)
    assert not Evaluation.objects.visible_to(desk.hospital).exists()
    assert not evaluation.reaches(desk.hospital)


def test_a_later_evaluation_takes_the_place_of_the_one_in_force(desk: CreditDesk) -> None:
    first = in_force(desk)
    on_record(desk.place, amount="600000.00")
    second = in_force(desk)
    assert (again(first).state, second.state, second.before) == (State.SUPERSEDED, State.EFFECTIVE, "A")
    assert grade_of(desk) == "C"


def test_a_grade_moves_inspection_odds_and_prepayment_by_rows(desk: CreditDesk) -> None:
    on_record(desk.place, Indicator.FRAUD, amount="600000.00")
    in_force(desk)
    place = Institution.objects.get(pk=desk.place.pk)
    assert place.grade == "D"
    assert standing.factor(place, GradeFactor.What.INSPECTION) == 2
    assert standing.factor(place, GradeFactor.What.INSPECTION, timezone.localdate() - timedelta(1)) == 1
    unknown = make_institution("H99010100009")
    assert standing.factor(unknown, GradeFactor.What.PREPAYMENT) == 1


# --- Repairs ------------------------------------------------------------------------------------------


def test_a_repair_waits_for_half_a_year_without_a_new_record(desk: CreditDesk) -> None:
    old = on_record(desk.place, number="CF-1", known_on=timezone.localdate() - timedelta(215))
    on_record(desk.place, number="CF-2", known_on=timezone.localdate() - timedelta(20))
    with pytest.raises(MoveRefused, match="Only after 6 months without a new record"):
        applied(desk, old)


def test_fraud_is_not_repaired(desk: CreditDesk) -> None:
    fraud = on_record(desk.place, Indicator.FRAUD, known_on=timezone.localdate() - timedelta(215))
    with pytest.raises(MoveRefused, match="cannot be repaired"):
        applied(desk, fraud)


def test_a_new_violation_meanwhile_stops_the_grant(desk: CreditDesk) -> None:
    repair = REPAIR.make(applied(desk), "review", by=desk.keeper)
    on_record(desk.place, number="CF-9")
    with pytest.raises(MoveRefused, match="Only after 6 months"):
        REPAIR.make(repair, "grant", by=desk.chief, note="put right")


def test_a_repaired_record_counts_no_more(desk: CreditDesk) -> None:
    repair = REPAIR.make(applied(desk), "review", by=desk.keeper)
    REPAIR.make(repair, "grant", by=desk.chief, note="put right")
    assert not CreditEvent.objects.standing().exists()
    assert Repair.objects.get().event.endings.get().why == "repaired"


def test_nobody_of_another_institution_applies(desk: CreditDesk) -> None:
    event = on_record(desk.place, known_on=timezone.localdate() - timedelta(215))
    other = make_account("other", institution=make_institution("H99010100002"), duties=[Duty.SIGN])
    with pytest.raises(MoveRefused, match="nothing here"):
        repairing.apply_for_repair(event, statement="a", promise="b", by=other)
