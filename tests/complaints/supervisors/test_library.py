"""Social supervisors are chosen by two people and in public, for a term that ends by itself, and bring what they see."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from institutions.models import Duty
from supervision.cases.models import Case
from supervision.clocks.models import Clock
from supervision.complaints.supervisors import working
from supervision.complaints.supervisors.lapsing import lapse
from supervision.complaints.supervisors.models import SocialSupervisor
from supervision.complaints.supervisors.workflow import SUPERVISOR
from supervision.moves import BeyondReach, MoveRefused
from tests.builders import make_account
from tests.cases.office import make_officer
from tests.clocks.building import make_limit
from tests.complaints.supervisors.conftest import Library
from tests.complaints.supervisors.library import make_appointed, make_nominee, make_public


def test_libraries_are_kept_by_prefectures_and_provinces(at: Library) -> None:
    with pytest.raises(MoveRefused, match="prefectures and provinces"):
        make_nominee(at.keeper, division="990101")
    with pytest.raises(BeyondReach):
        make_nominee(at.keeper, division="990200")
    assert make_nominee(at.keeper).number == "JD-990100-000001"
    assert make_nominee(at.keeper).number == "JD-990100-000002"


def test_whoever_nominates_does_not_select(at: Library) -> None:
    both = make_officer("both", Duty.COMPLAINTS, Duty.DECIDE)
    nominee = make_nominee(both)
    with pytest.raises(MoveRefused, match="second person"):
        SUPERVISOR.make(nominee, "select", by=both, note="the best")
    assert SUPERVISOR.make(nominee, "select", by=at.chief, note="the best").state == "selected"


def test_nobody_is_appointed_before_everybody_could_object(at: Library) -> None:
    with pytest.raises(MoveRefused, match="may object"):
        SUPERVISOR.make(make_public(at.keeper, at.chief), "appoint", by=at.chief)


def test_a_term_lasts_as_long_as_the_limit_of_the_place_says(at: Library) -> None:
    with time_machine.travel("2026-03-02 10:00+08:00", tick=False):
        appointed = make_appointed(at.keeper, at.chief)
        assert (appointed.since, appointed.until) == (date(2026, 3, 2), date(2028, 3, 1))
        renewed = SUPERVISOR.make(appointed, "renew", by=at.chief, note="did well")
        assert renewed.until == date(2030, 3, 1)
        make_limit("supervisor_term", "990000", amount=18, unit="mo")
        shorter = make_appointed(at.keeper, at.chief, person="陆远帆")
        assert shorter.until == date(2027, 9, 1)


def test_a_term_ends_by_itself_after_its_last_day(at: Library) -> None:
    with time_machine.travel("2026-03-02 10:00+08:00", tick=False):
        make_appointed(at.keeper, at.chief)
    with time_machine.travel("2028-03-01 23:00+08:00", tick=False):
        assert lapse() == []
    with time_machine.travel("2028-03-02 00:10+08:00", tick=False):
        assert [one.state for one in lapse()] == ["lapsed"]
        assert lapse() == []


def test_the_same_person_is_not_in_office_twice(at: Library) -> None:
    make_appointed(at.keeper, at.chief)
    with pytest.raises(MoveRefused, match="in office already"):
        make_appointed(at.keeper, at.chief)


def test_an_appointment_ends_with_a_reason(at: Library) -> None:
    appointed = make_appointed(at.keeper, at.chief)
    with pytest.raises(MoveRefused, match="Say why"):
        SUPERVISOR.make(appointed, "exit", by=at.chief)
    assert SUPERVISOR.make(appointed, "exit", by=at.chief, note="moved away").until == timezone.localdate()


def test_a_task_is_done_with_its_report(at: Library) -> None:
    appointed = make_appointed(at.keeper, at.chief)
    task = working.give_task(appointed, "visit three pharmacies", by=at.keeper)
    assert timezone.localdate(task.clock.due_at) >= timezone.localdate() + timedelta(days=30)
    done = working.write_report(task, "two sold food on the card", by=at.keeper)
    done.clock.refresh_from_db()
    assert (done.reported_on, done.clock.state) == (timezone.localdate(), Clock.State.MET)
    with pytest.raises(MoveRefused, match="its report already"):
        working.write_report(task, "once more", by=at.keeper)


def test_what_a_supervisor_saw_becomes_a_case_that_does_not_name_them(at: Library) -> None:
    appointed = make_appointed(at.keeper, at.chief)
    lead = working.note_lead(appointed, "beds are empty at night", institution=at.office.place, by=at.keeper)
    case = working.take_up(lead, "Beds empty at night", by=at.keeper)
    assert (case.origin, case.institution, case.facts) == ("other", at.office.place, "beds are empty at night")
    told = " ".join(str(getattr(case, field.attname)) for field in Case._meta.concrete_fields)
    assert appointed.person not in told and appointed.number not in told
    with pytest.raises(MoveRefused, match="decided on already"):
        working.leave_lead(lead, "no", by=at.keeper)


def test_only_who_is_in_office_is_given_tasks_and_brings_leads(at: Library) -> None:
    nominee = make_nominee(at.keeper)
    with pytest.raises(MoveRefused, match="in office"):
        working.give_task(nominee, "visit", by=at.keeper)
    with pytest.raises(MoveRefused, match="in office"):
        working.note_lead(nominee, "seen", by=at.keeper)


def test_a_name_is_read_in_full_by_whoever_works_with_them_alone(at: Library) -> None:
    nominee = make_nominee(at.keeper)
    assert nominee.name_for(at.keeper) == "沈知秋"
    assert nominee.name_for(at.chief) == "沈**"


def test_another_territory_sees_and_writes_nothing(at: Library) -> None:
    appointed = make_appointed(at.keeper, at.chief)
    elsewhere = make_account("elsewhere", "990200", duties=[Duty.READ, Duty.COMPLAINTS])
    assert not SocialSupervisor.objects.visible_to(elsewhere).exists()
    for act in (working.give_task, working.note_lead, working.appraise):
        with pytest.raises(BeyondReach):
            act(appointed, "anything", by=elsewhere)
