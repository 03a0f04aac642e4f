"""E3: what has ended is archived by itself, so that nobody's diligence decides how long it is kept."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from supervision.audit.models import Entry
from supervision.complaints import archiving, talking
from supervision.complaints.models import Complaint, State
from supervision.complaints.rewards import granting
from supervision.complaints.rewards.models import Reward
from supervision.complaints.workflow import COMPLAINT
from supervision.moves import MoveRefused
from tests.complaints.building import ComplaintDesk, accepted, concluded, make_complaint
from tests.complaints.rewards.office import make_desk as make_reward_desk
from tests.complaints.rewards.office import make_true

pytestmark = pytest.mark.django_db
DECIDED = date(2026, 3, 2)
LAST = date(2026, 4, 1)  # of the thirty days in which the reporter may object


def at(day: date, hour: int = 3) -> Any:
    return time_machine.travel(timezone.make_aware(datetime.combine(day, time(hour))), tick=False)


def night(day: date) -> int:
    with at(day):
        return archiving.archive_ended()


@pytest.fixture
def decided(desk_of_complaints: ComplaintDesk) -> Complaint:
    with at(DECIDED):
        return concluded(make_complaint(), desk_of_complaints)


def state(complaint: Complaint) -> str:
    return Complaint.objects.get(pk=complaint.pk).state


def test_what_was_decided_is_archived_in_the_first_night_after_the_time_to_object(decided: Complaint) -> None:
    assert night(LAST) == 0
    assert state(decided) == State.CONCLUDED
    assert night(LAST + timedelta(1)) == 1
    assert state(decided) == State.ARCHIVED
    event = decided.events.get(move="archive")
    assert (event.by, timezone.localdate(event.at)) == (None, LAST + timedelta(1))


def test_running_it_again_changes_nothing(decided: Complaint) -> None:
    night(LAST + timedelta(1))
    entries = Entry.objects.count()
    assert night(LAST + timedelta(2)) == 0
    assert Entry.objects.count() == entries


def test_what_was_not_accepted_is_archived_too(desk_of_complaints: ComplaintDesk) -> None:
    desk = desk_of_complaints
    with at(DECIDED):
        complaint = COMPLAINT.make(make_complaint(), "register", by=desk.first)
        COMPLAINT.make(complaint, "not_accept", by=desk.chief, note="no fund", complaint_ground="out_of_scope")
    assert night(LAST + timedelta(1)) == 1


def test_nobody_at_the_desk_makes_that_day_come_sooner(decided: Complaint, desk_of_complaints: ComplaintDesk) -> None:
    desk = desk_of_complaints
    with at(LAST + timedelta(1)), pytest.raises(MoveRefused, match="by itself"):
        COMPLAINT.make(decided, "archive", by=desk.first)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(desk.first)
    answer = client.post(f"{decided.get_absolute_url()}move/", {"move": "archive"}, follow=True)
    assert "There is no such move." in answer.content.decode()
    assert state(decided) == State.CONCLUDED


def test_the_page_says_what_comes_by_itself_and_until_when_it_may_be_objected_to(
    decided: Complaint, desk_of_complaints: ComplaintDesk
) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(desk_of_complaints.first)
    shown = client.get(decided.get_absolute_url()).content.decode()
    assert "is archived by itself" in shown
    assert "The reporter may object until" in shown


def test_an_objection_of_the_last_day_is_taken_up_first(decided: Complaint, desk_of_complaints: ComplaintDesk) -> None:
    with at(LAST, 23):
        talking.object_to(decided, "nobody asked the nurse", once="1")
    assert night(LAST + timedelta(1)) == 0
    with at(LAST + timedelta(1), 4):
        assert talking.take_up_objections() == 1
        COMPLAINT.make(
            Complaint.objects.get(), "stand_by", by=desk_of_complaints.other_chief, note="the nurse was asked"
        )
    assert night(LAST + timedelta(2)) == 1  # nobody objects twice


def test_what_is_looked_into_again_is_not_archived(decided: Complaint, desk_of_complaints: ComplaintDesk) -> None:
    with at(LAST):
        talking.object_to(decided, "nobody asked the nurse", once="1")
        talking.take_up_objections()
        COMPLAINT.make(Complaint.objects.get(), "take_up_again", by=desk_of_complaints.other_chief, note="she will be")
    assert night(LAST + timedelta(60)) == 0


def test_a_reward_under_way_holds_it_open_until_it_has_come_to_its_end() -> None:
    office = make_reward_desk()
    complaint = make_true(office)
    Complaint.objects.filter(pk=complaint.pk).update(concluded_on=DECIDED)
    reward = granting.begin(Complaint.objects.get(pk=complaint.pk), by=office.proposer)
    assert archiving.archive_ended() == 0
    Reward.objects.filter(pk=reward.pk).update(state="refused")
    assert archiving.archive_ended() == 1


def test_one_whose_last_day_cannot_be_reckoned_yet_holds_up_no_other(
    decided: Complaint, desk_of_complaints: ComplaintDesk
) -> None:
    with at(DECIDED):
        other = concluded(make_complaint(facts="another matter"), desk_of_complaints)
    Complaint.objects.filter(pk=decided.pk).update(concluded_on=date(2019, 1, 2))  # before the limit began
    assert night(LAST + timedelta(1)) == 1
    assert (state(decided), state(other)) == (State.CONCLUDED, State.ARCHIVED)


def test_what_has_not_been_decided_is_left_alone(desk_of_complaints: ComplaintDesk) -> None:
    with at(DECIDED):
        accepted(make_complaint(), desk_of_complaints)
    assert night(LAST + timedelta(400)) == 0
