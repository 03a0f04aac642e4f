"""A flight inspection from the proposal to the look-back, and what each of its steps asks for."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from institutions.models import Account, Duty
from supervision.clocks.models import Clock
from supervision.documents.models import Document
from supervision.inspections import listing, opening, teaming
from supervision.inspections.models import Inspection
from supervision.inspections.sealing import SEALING
from supervision.moves import MoveRefused
from tests.builders import make_institution
from tests.cases.office import make_officer
from tests.inspections import office as tell
from tests.inspections.office import Office


@pytest.fixture
def host(office: Office) -> Account:
    """Who takes it over in the county of the hospital."""
    return make_officer("county-hearer", Duty.HEAR, territory="990101")


def prepared(office: Office, **facts: Any) -> Inspection:
    made = tell.move(tell.proposed(office, **facts), "approve", by=office.chief)
    made = tell.move(made, "draw", by=office.planner)
    return tell.move(made, "prepare", by=tell.leader(made), implementation="wards, then the pharmacy")


def reported(office: Office, folder: Path, *grounds: str) -> Inspection:
    made = tell.on_site(prepared(office))
    tell.found(made, claim=tell.settled(office, folder))
    return tell.concluded(tell.defended(tell.fed_back(made), office, *grounds))


def test_from_the_proposal_to_the_look_back(office: Office, host: Account, folder: Path) -> None:
    inspection = reported(office, folder, "not so")
    assert not Inspection.objects.visible_to(host).exists()
    inspection = tell.move(inspection, "hand_over", by=office.chief, host="990101")
    assert Inspection.objects.visible_to(host).get() == inspection
    clock = inspection.clock
    assert clock is not None
    assert (clock.limit.code, clock.limit.amount, clock.limit.unit, clock.place) == (
        "flight_progress",
        30,
        "wd",
        "990101",
    )
    with pytest.raises(MoveRefused, match="There is nothing here"):
        tell.move(inspection, "take_over", by=make_officer("other-county", Duty.HEAR, territory="990102"))
    inspection = tell.move(inspection, "take_over", by=host)
    hearing = inspection.facts.get().hearing
    assert hearing is not None
    assert (hearing.finding.rule, hearing.finding.at_stake) == ("on_site_inspection", Decimal(30))
    inspection = tell.move(inspection, "rectify", by=host, progress="returned, registers kept")
    clock.refresh_from_db()
    assert clock.state == Clock.State.MET
    inspection = tell.move(inspection, "look_back", by=office.planner, result="stands corrected")
    inspection = tell.move(inspection, "close", by=office.chief, published_result="One problem, handed over.")
    assert (inspection.state, inspection.published_on) == ("closed", timezone.localdate())
    letter = Document.objects.get(about=str(inspection), kind="inspection_handover")
    assert "澜岸区医疗保障局" in letter.text_zh


def test_who_proposes_does_not_approve(office: Office) -> None:
    both = make_officer("both", Duty.INVESTIGATE, Duty.DECIDE)
    made = opening.propose_inspection(
        mode="flight", trigger="other", trigger_ref="x", scope="x", institution=office.hospital, by=both
    )
    with pytest.raises(MoveRefused, match="second person"):
        tell.move(made, "approve", by=both)


def test_across_provinces_it_is_filed_first(office: Office) -> None:
    made = tell.move(tell.proposed(office, interprovincial=True), "approve", by=office.chief)
    with pytest.raises(MoveRefused, match="filed with the nation"):
        tell.move(made, "draw", by=office.planner)
    made = tell.move(made, "file", by=office.planner, filing="NHSA 12")
    assert tell.move(made, "draw", by=office.planner).state == "drawn"
    other = tell.move(tell.proposed(office), "approve", by=office.chief)
    with pytest.raises(MoveRefused, match="Only an inter-provincial"):
        tell.move(other, "file", by=office.planner, filing="x")


def test_by_the_plan_its_object_is_drawn(office: Office) -> None:
    make_institution("H99010100007")
    line = tell.published(office, mode="flight")
    with pytest.raises(MoveRefused, match="its object is drawn"):
        tell.proposed(office, trigger="annual_plan", line=line)
    made = tell.proposed(office, trigger="annual_plan", trigger_ref="", line=line, institution=None)
    assert made.institution is None
    made = tell.move(tell.move(made, "approve", by=office.chief), "draw", by=office.planner)
    assert made.draw is not None
    assert made.draw.candidates.count() == 2
    assert made.institution == made.draw.candidates.get(drawn=True).institution
    assert made.members.officers().count() == 2


def test_counties_send_none_and_nobody_inspects_a_neighbour(office: Office) -> None:
    county = make_officer("county", Duty.INVESTIGATE, territory="990101")
    said = {"trigger": "other", "trigger_ref": "x", "scope": "x"}
    with pytest.raises(MoveRefused, match="the nation, a province or a prefecture"):
        opening.propose_inspection(mode="flight", institution=office.hospital, by=county, **said)  # type: ignore[arg-type]
    with pytest.raises(MoveRefused, match="another territory"):
        tell.proposed(office, institution=make_institution("H99020100001", "990201"))
    with pytest.raises(MoveRefused, match="begins with a draw"):
        tell.proposed(office, mode="random")
    with pytest.raises(MoveRefused, match="strength of what"):
        tell.proposed(office, trigger_ref="")


def test_a_team_has_two_officers_a_leader_and_no_interest(office: Office) -> None:
    made = tell.move(tell.move(tell.proposed(office), "approve", by=office.chief), "draw", by=office.planner)
    leader = tell.leader(made)
    listing.note_conflict(leader.inspector, office.hospital, "shares in it", by=leader)
    with pytest.raises(MoveRefused, match="has an interest"):
        tell.move(made, "prepare", by=leader, implementation="x")
    teaming.recuse(made, made.members.get(inspector=leader.inspector), "shares in it", by=office.chief)
    made = tell.move(made, "prepare", by=tell.leader(made), implementation="x")
    teaming.name_helper(made, third_party="Audit Ltd., Ms Qian", by=office.chief)
    expert = listing.list_expert("Dr. Gao", by=office.chief)
    teaming.name_helper(made, expert=expert, by=office.chief)
    assert made.members.serving().count() == 4
    with pytest.raises(MoveRefused, match="Only an officer of the team leads"):
        teaming.name_leader(made, leader.inspector, by=office.chief)
    with pytest.raises(MoveRefused, match="on the team, or stepped aside"):
        teaming.name_officer(made, tell.team(made)[0].inspector, by=office.chief)


def test_evidence_is_preserved_and_decided_on_in_time(office: Office) -> None:
    made = tell.on_site(prepared(office))
    with pytest.raises(MoveRefused, match="do not hold the duty"):
        tell.move(made, "seal", by=tell.leader(made), note="may be lost", stored="ledger | 1 | safe")
    made = tell.move(made, "seal", by=office.chief, note="may be lost", stored="ledger | 1 | safe")
    sealing = made.sealings.get()
    assert sealing.clock is not None
    assert (sealing.clock.limit.code, sealing.clock.limit.amount, sealing.clock.limit.unit) == ("P02", 7, "wd")
    assert sealing.document is not None
    assert sealing.document.services.get().institution == office.hospital.pk
    made = tell.defended(tell.fed_back(made), office)
    with pytest.raises(MoveRefused, match="evidence that was preserved"):
        tell.move(made, "report", by=tell.leader(made), note="x")
    done = SEALING.make(sealing, "decide", by=tell.leader(made), result="given back")
    assert done.clock is not None
    done.clock.refresh_from_db()
    assert (done.state, done.clock.state) == ("decided", Clock.State.MET)
    assert tell.move(made, "report", by=tell.leader(made), note="nothing").state == "reported"


def test_records_are_papers_of_the_inspection(office: Office) -> None:
    made = tell.on_site(prepared(office))
    by = tell.leader(made)
    tell.move(made, "record_interview", by=by, where="office", at=timezone.now(), record="asked and answered")
    tell.move(made, "list_evidence", by=by, items="ledger | documentary | pharmacy | 1")
    kinds = list(Document.objects.filter(about=str(made)).values_list("kind", flat=True))
    assert sorted(kinds) == ["evidence_list", "inspection_notice", "interview_record", "onsite_record"]
    with pytest.raises(MoveRefused, match="Only officers of its team"):
        tell.move(made, "record_interview", by=office.planner, where="x", at=timezone.now(), record="x")
    assert not Document.objects.filter(kind="inspection_notice").exclude(services__institution=office.hospital.pk)


def test_without_a_finding_there_is_nothing_to_hand_over(office: Office) -> None:
    made = tell.concluded(tell.defended(tell.fed_back(tell.on_site(prepared(office))), office))
    with pytest.raises(MoveRefused, match="nothing to hand over"):
        tell.move(made, "hand_over", by=office.chief, host="990101")
    assert tell.move(made, "close", by=office.chief, published_result="Nothing was found.").state == "closed"


def test_what_stands_is_handed_over_before_it_is_closed(office: Office, folder: Path) -> None:
    made = reported(office, folder)
    with pytest.raises(MoveRefused, match="handed over first"):
        tell.move(made, "close", by=office.chief, published_result="x")
    with pytest.raises(MoveRefused, match="to the place of the institution"):
        tell.move(made, "hand_over", by=office.chief, host="990102")


def test_a_visit_that_was_cancelled_is_over(office: Office) -> None:
    made = tell.move(prepared(office), "cancel", by=office.chief, note="the lead fell")
    assert (made.state, Clock.objects.filter(subject=str(made)).going().count()) == ("cancelled", 0)
