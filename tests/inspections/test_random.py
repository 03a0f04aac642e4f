"""A random inspection from the plan to what is published, and its findings on the way of every finding."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone

from institutions.models import Duty
from supervision.cases.models import Case
from supervision.clocks.models import Clock
from supervision.documents.models import Document
from supervision.hearing.models import Hearing
from supervision.hearing.workflow import HEARING
from supervision.inspections import finding, opening, planning, repeating, teaming, voting
from supervision.inspections.models import Draw, Inspection
from supervision.inspections.planning import PLAN
from supervision.ledger.models import Item
from supervision.moves import BeyondReach, MoveRefused
from tests.builders import make_institution
from tests.cases.office import make_officer
from tests.inspections import office as tell
from tests.inspections.office import Office


def test_from_plan_to_publication(office: Office, folder: Path) -> None:
    inspection = tell.drawn(office)
    assert (inspection.state, inspection.institution, inspection.members.count()) == ("drawn", office.hospital, 2)
    inspection = tell.move(inspection, "notify", by=tell.leader(inspection), on=timezone.localdate())
    inspection = tell.on_site(inspection)
    charged = tell.found(inspection, claim=tell.settled(office, folder))
    tell.found(inspection, "no register of the stock")
    inspection = tell.fed_back(inspection)
    assert inspection.clock is not None
    assert inspection.clock.institution == office.hospital.pk
    inspection = tell.defended(inspection, office, "it was another service")
    inspection = tell.concluded(inspection)
    assert [fact.outcome for fact in inspection.facts.all()] == ["stands", "stands"]

    inspection = tell.move(inspection, "hand_on", by=office.hearer)
    charged.refresh_from_db()
    hearing = charged.hearing
    assert hearing is not None
    assert (hearing.state, hearing.finding.at_stake, hearing.finding.owned) == ("raised", Decimal(30), Decimal(30))
    case = Case.objects.get()
    assert (case.origin, case.institution) == ("daily", office.hospital)
    assert "no register of the stock" in case.facts

    heard = HEARING.make(HEARING.make(hearing, "take_up", by=office.hearer), "notify", by=office.hearer)
    assert (heard.suspected, heard.fund_suspected) == (Decimal("30.00"), Decimal("24.00"))
    assert Item.objects.filter(reference=f"hearing line {heard.lines.get().pk}").exists()

    chief = tell.leader(inspection)
    chief.duties = [*chief.duties, Duty.DECIDE]
    chief.save()
    with pytest.raises(MoveRefused, match="Whoever has inspected"):
        tell.move(inspection, "publish", by=chief, published_result="x")
    inspection = tell.move(inspection, "publish", by=office.chief, published_result="Two problems, handed on.")
    assert (inspection.state, inspection.published_on) == ("published", timezone.localdate())
    assert not Clock.objects.filter(subject=str(inspection)).going().exists()
    assert tell.move(inspection, "close", by=office.chief).state == "closed"
    letters = set(Document.objects.filter(about=str(inspection)).values_list("kind", flat=True))
    assert letters == {"inspection_notice", "onsite_record", "inspection_feedback", "collective_discussion"}


def test_the_result_is_due_within_twenty_working_days(office: Office) -> None:
    inspection = tell.fed_back(tell.on_site(tell.drawn(office)))
    inspection = tell.concluded(tell.defended(inspection, office))
    assert inspection.clock is not None
    assert (inspection.clock.limit.code, inspection.clock.limit.amount, inspection.clock.limit.unit) == (
        "inspection_publication", 20, "wd",
    )  # fmt: skip


def test_what_the_officers_drop_goes_no_further(office: Office, folder: Path) -> None:
    inspection = tell.on_site(tell.drawn(office))
    tell.found(inspection, claim=tell.settled(office, folder))
    inspection = tell.defended(tell.fed_back(inspection), office, "it was another service")
    with pytest.raises(MoveRefused, match="Not every officer has voted"):
        tell.move(inspection, "conclude", by=tell.leader(inspection), note="x")
    tell.voted(inspection, stands=False)
    inspection = tell.move(inspection, "conclude", by=tell.leader(inspection), note="not proved")
    tell.move(inspection, "hand_on", by=office.hearer)
    assert (inspection.facts.get().outcome, Hearing.objects.count(), Case.objects.count()) == ("dropped", 0, 0)


def test_a_tie_does_not_stand(office: Office) -> None:
    inspection = tell.on_site(tell.drawn(office))
    fact = tell.found(inspection)
    tell.defended(tell.fed_back(inspection), office, "not so")
    fact.refresh_from_db()
    for stands, one in zip((True, False), tell.team(inspection), strict=True):
        voting.vote(fact, stands=stands, reason="as I see it", by=one)
    assert not voting.stands(fact)
    with pytest.raises(MoveRefused, match="voted on it already"):
        voting.vote(fact, stands=True, reason="again", by=one)
    with pytest.raises(MoveRefused, match="Only officers of its team"):
        voting.vote(fact, stands=True, reason="from outside", by=office.planner)


def test_without_a_defence_it_goes_on_when_the_time_is_over(office: Office) -> None:
    inspection = tell.fed_back(tell.on_site(tell.drawn(office)))
    by = tell.leader(inspection)
    with pytest.raises(MoveRefused, match="may still defend itself"):
        tell.move(inspection, "go_on", by=by)
    assert inspection.clock is not None
    past = timezone.now() - timedelta(days=20)
    Clock.objects.filter(pk=inspection.clock.pk).update(since=past, yellow_at=past, due_at=past + timedelta(days=7))
    with pytest.raises(MoveRefused, match="has run out"):
        tell.move(inspection, "defend", by=office.signer, note="late")
    assert tell.move(inspection, "go_on", by=by).state == "defended"


def test_every_finding_is_answered_before_the_defence(office: Office) -> None:
    inspection = tell.on_site(tell.drawn(office))
    tell.found(inspection)
    inspection = tell.fed_back(inspection)
    with pytest.raises(MoveRefused, match="not answered yet: 1"):
        tell.move(inspection, "defend", by=office.signer, note="x")


def test_a_visit_without_a_record_is_not_fed_back(office: Office) -> None:
    inspection = tell.drawn(office)
    inspection = tell.move(inspection, "enter", by=tell.leader(inspection))
    with pytest.raises(MoveRefused, match="no record of the inspection"):
        tell.fed_back(inspection)


def test_a_line_that_was_never_settled_is_not_named(office: Office, folder: Path) -> None:
    inspection = tell.on_site(tell.drawn(office))
    number = tell.settled(office, folder)
    fact = tell.found(inspection)
    by = tell.leader(inspection)
    for claim, line, amount, why in (
        ("99", "1", "1.00", "no settled claim"), (number, "9", "1.00", "no line 9"),
        (number, "1", "100.01", "At most the ¥100.00"), (number, "1", "0.00", "At most"),
        (number, "1", "1.001", "fractions of a fen"),
    ):  # fmt: skip
        with pytest.raises(MoveRefused, match=why):
            finding.name_charge(fact, claim=claim, line=line, suspected=Decimal(amount), by=by)
    finding.name_charge(fact, claim=number, line="1", suspected=Decimal("100.00"), by=by)
    with pytest.raises(MoveRefused, match="names this line already"):
        finding.name_charge(fact, claim=number, line="1", suspected=Decimal("1.00"), by=by)


# --- Plans ----------------------------------------------------------------------------------------------------


def test_a_plan_is_approved_by_another_and_with_lines(office: Office) -> None:
    both = make_officer("both", Duty.INVESTIGATE, Duty.DECIDE)
    plan = planning.draw_up_plan("Mine", year=timezone.localdate().year, basis="x", by=both)
    with pytest.raises(MoveRefused, match="second person"):
        PLAN.make(plan, "approve", by=both)
    with pytest.raises(MoveRefused, match="no line yet"):
        PLAN.make(plan, "approve", by=office.chief)


def test_nobody_is_drawn_by_a_plan_that_is_not_published_nor_twice(office: Office) -> None:
    plan = tell.draft(office)
    with pytest.raises(MoveRefused, match="published before"):
        opening.draw_line(plan.lines.get(), by=office.planner)
    line = PLAN.make(PLAN.make(plan, "approve", by=office.chief), "publish", by=office.planner).lines.get()
    opening.draw_line(line, by=office.planner)
    with pytest.raises(MoveRefused, match="drawn already"):
        opening.draw_line(line, by=office.planner)
    assert Draw.objects.count() == 1


def test_a_share_is_rounded_up(office: Office) -> None:
    for number in range(2, 8):
        make_institution(f"H9901010000{number}")
    line = tell.published(office, how_many=None, share=1500)  # 15 per cent of seven
    assert opening.draw_line(line, by=office.planner).size == 2


@pytest.mark.parametrize(
    "facts", [{"how_many": 1, "share": 100}, {"how_many": None}, {"items": ["XX"]}, {"first_month": 5, "last_month": 4}]
)
def test_a_line_of_a_plan_is_sound(office: Office, facts: dict[str, object]) -> None:
    with pytest.raises(MoveRefused):
        tell.draft(office, **facts)  # type: ignore[arg-type]


def test_a_neighbour_sees_and_moves_nothing(office: Office) -> None:
    inspection = tell.drawn(office)
    neighbour = make_officer("neighbour", Duty.INVESTIGATE, Duty.DECIDE, territory="990200")
    assert not Inspection.objects.visible_to(neighbour).exists()
    assert not Draw.objects.visible_to(neighbour).exists()
    assert not Inspection.objects.visible_to(office.signer).exists()
    with pytest.raises(BeyondReach):
        teaming.recuse(inspection, inspection.members.earliest("pk"), "x", by=neighbour)


# --- A second visit within a year ---------------------------------------------------------------------------


def test_a_second_planned_visit_within_a_year_is_explained(office: Office) -> None:
    first = tell.on_site(tell.drawn(office))
    second = tell.drawn(office)
    assert repeating.is_one_too_many(second)
    with pytest.raises(MoveRefused, match="second time within a year"):
        tell.move(second, "notify", by=tell.leader(second), on=timezone.localdate())
    repeating.give_reason(second, "combined with the health department", by=office.planner)
    assert tell.move(second, "notify", by=tell.leader(second), on=timezone.localdate()).state == "notified"
    assert not repeating.is_one_too_many(first)


@pytest.mark.parametrize(("days", "one_too_many"), [(364, True), (365, False)])
def test_the_year_has_a_border(office: Office, days: int, one_too_many: bool) -> None:
    first = tell.on_site(tell.drawn(office))
    Inspection.objects.filter(pk=first.pk).update(entered_at=timezone.now() - timedelta(days=days))
    assert repeating.is_one_too_many(tell.drawn(office)) is one_too_many


def test_leads_are_no_planned_visits(office: Office) -> None:
    tell.proposed(office)
    second = tell.drawn(office)
    assert not repeating.is_one_too_many(second)
    assert not repeating.is_one_too_many(tell.proposed(office))
    with pytest.raises(MoveRefused, match="no second visit"):
        repeating.give_reason(second, "x", by=office.planner)
