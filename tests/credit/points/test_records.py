"""A record of points from its proposal to the end of its year."""

from datetime import date

import pytest

from credit.points import nightly, proposing, standing
from credit.points.models import Disqualification, Matter, Qualification, Responsibility, ScoreRecord
from credit.points.workflows.record import SCORE
from supervision.cases.models import Breach, Proceeding
from supervision.documents.models import Document
from supervision.moves import MoveRefused
from tests.builders import make_institution
from tests.credit.points.office import (
    Office,
    appealed,
    effective,
    general,
    make_doctor,
    make_handled,
    make_matter,
    make_office,
    notified,
    on,
    proposed,
)


def points_of(office: Office) -> int:
    return standing.standing(office.doctor).points


def test_points_follow_from_matter_and_responsibility(office: Office) -> None:
    matter, main = Matter.objects.get(code="handled_heavily"), Responsibility.objects.get(code="main")
    record = proposed(office, matter=matter, responsibility=main)
    assert (record.points, record.state) == (6, "proposed")


def test_nothing_is_scored_before_the_handling_is_in_effect(office: Office) -> None:
    handled = make_handled(office)
    Breach.objects.filter(pk=handled.pk).update(executed_at=None)
    with pytest.raises(MoveRefused, match="in effect"):
        proposed(office, proceeding=handled)


def test_a_matter_is_scored_after_its_own_kind_of_handling_alone(office: Office) -> None:
    with pytest.raises(MoveRefused, match="not scored after"):
        proposed(office, matter=Matter.objects.get(code="fraud"))


def test_who_proposed_does_not_approve_and_who_approved_does_not_answer_the_appeal(office: Office) -> None:
    record = appealed(office)
    with pytest.raises(MoveRefused, match="second person"):
        SCORE.make(record, "uphold", by=office.head, points_answer_words="no")
    SCORE.make(record, "uphold", by=office.other_head, points_answer_words="the orders are hers")
    assert points_of(office) == 3


def test_an_appeal_may_lessen_the_points_or_take_them_away(office: Office) -> None:
    reduced = SCORE.make(
        appealed(office, 5), "reduce", by=office.other_head, points_left="2", points_answer_words="partly so"
    )
    assert (reduced.points, reduced.proposed_points, points_of(office)) == (2, 5, 2)
    SCORE.make(appealed(office, 4), "grant_appeal", by=office.other_head, points_answer_words="it was a colleague")
    assert points_of(office) == 2


def test_what_nobody_appeals_against_takes_effect_by_itself_and_twice_changes_nothing(office: Office) -> None:
    effective(office, 4)
    assert nightly.take_up() == 0
    assert points_of(office) == 4
    kinds = list(Document.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["points_notice", "points_decision"]


def test_one_act_is_scored_once_at_the_highest(office: Office) -> None:
    handled = make_handled(office)
    effective(office, 4, handled)
    with pytest.raises(MoveRefused, match="scored once, at the highest"):
        proposed(office, 4, handled)
    effective(office, 7, handled)
    assert points_of(office) == 7


def test_sums_follow_the_person_across_institutions(office: Office) -> None:
    other = make_institution("H99010200001", "990102")
    make_doctor(office.doctor.pk, other)
    effective(office, 5)
    effective(office, 4, make_handled(office, place=other))
    assert points_of(office) == 9
    assert Disqualification.objects.get().kind == "suspended"


def test_nine_points_suspend_and_time_restores(office: Office) -> None:
    with on("2026-03-10"):
        effective(office, 9)
        assert Qualification.objects.get().state == "suspended"
        assert standing.standing(office.doctor).normal
    with on("2026-03-11"):
        assert standing.standing(office.doctor).kind == "suspended"
    with on("2026-04-11"):
        nightly.take_up()
        assert Qualification.objects.get().state == "restored"
        assert standing.standing(office.doctor).normal


def test_the_year_clears_the_points_and_leaves_the_termination(office: Office) -> None:
    with on("2026-03-10"):
        record = effective(office, 12)
    with on("2027-01-01"):
        nightly.take_up()
        record.refresh_from_db()
        assert record.state == "cleared"
        assert (points_of(office), Qualification.objects.get().points) == (0, 0)
        assert standing.standing(office.doctor).kind == "terminated"


def test_a_repair_takes_a_point_off_and_at_most_four_a_year(office: Office) -> None:
    record = effective(office, 6)
    for _time in range(4):
        record = SCORE.make(record, "ask_repair", by=office.clerk, repair_activity="training", repair_done="two days")
        record = SCORE.make(record, "grant_repair", by=office.keeper, note="seen the certificate")
    assert (record.repaired, points_of(office)) == (4, 2)
    with pytest.raises(MoveRefused, match="No more than 4"):
        SCORE.make(record, "ask_repair", by=office.clerk, repair_activity="training", repair_done="two days")


def test_a_repair_that_is_refused_leaves_the_points(office: Office) -> None:
    record = effective(office, 6)
    SCORE.make(record, "ask_repair", by=office.clerk, repair_activity="publicity", repair_done="a stand")
    SCORE.make(record, "refuse_repair", by=office.keeper, note="nobody saw it")
    assert points_of(office) == 6


def test_points_fall_with_the_handling_they_rest_on_and_never_held(office: Office) -> None:
    record = effective(office, 12)
    assert Qualification.objects.get().state == "terminated"
    Breach.objects.filter(pk=record.proceeding_id).update(executed_at=None)
    nightly.take_up()
    record.refresh_from_db()
    assert (record.state, points_of(office)) == ("withdrawn", 0)
    assert not Disqualification.objects.get().counts
    assert Qualification.objects.get().state == "restored"


def test_a_further_record_puts_a_longer_suspension_in_the_place_of_none(office: Office) -> None:
    with on("2026-03-10"):
        effective(office, 9)
        effective(office, 2)
    held = [one for one in Disqualification.objects.all() if one.counts]
    assert [(one.points, one.until.isoformat()) for one in held if one.until] == [(11, "2026-08-10")]


def test_what_the_register_keeps_is_what_the_records_say_on_any_day(office: Office) -> None:
    with on("2026-03-10"):
        effective(office, 9)
    with on("2026-05-20"):
        effective(office, 3)
    for day, kind in (
        ("2026-03-10", ""),
        ("2026-03-20", "suspended"),
        ("2026-05-01", ""),
        ("2026-05-21", "terminated"),
    ):
        on_day = date.fromisoformat(day)
        stood = standing.standing(office.doctor, on=on_day)
        kept = sorted(Disqualification.objects.in_force(on_day).values_list("kind", flat=True))
        assert (stood.kind, kept) == (kind, [kind] if kind else [])


def test_nobody_is_scored_at_an_institution_where_they_never_worked(office: Office) -> None:
    stranger = make_doctor("D990001000009", make_institution("H99010200009", "990102"))
    with pytest.raises(MoveRefused, match="registered"):
        proposed(office, doctor=stranger)


def test_another_territorys_agency_scores_nobody_here(office: Office) -> None:
    handled: Proceeding = make_handled(office, place=make_institution("H99020100001", "990201"))
    with pytest.raises(MoveRefused):
        proposing.propose(
            office.doctor, handled, matter=make_matter(3), responsibility=general(), facts="x", by=office.keeper
        )
    assert not ScoreRecord.objects.exists()


def test_an_institution_sees_a_record_once_it_was_told(office: Office) -> None:
    record = proposed(office)
    assert not ScoreRecord.objects.visible_to(office.clerk).exists()
    SCORE.make(record, "notify", by=office.head)
    assert ScoreRecord.objects.visible_to(office.clerk).get() == record
    other = make_office("H99010200001", sign=" elsewhere", doctor="D990001000002")
    assert not ScoreRecord.objects.visible_to(other.clerk).exists()
    assert notified(other).institution == other.place
