"""Joint meetings: minutes confirmed by another, tasks with a department and a day, and the next meeting."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from institutions.models import Duty
from supervision.clocks.calendar import day_of
from supervision.coordination import meeting
from supervision.coordination.meeting import JOINT_TASK, MEETING
from supervision.coordination.models import JointTask, Meeting
from supervision.moves import BeyondReach, MoveRefused
from tests.cases.office import make_officer
from tests.coordination.office import Sharing, begun, called, make_liaison, make_partner, minuted, task_of


def test_a_meeting_is_called_for_a_time_to_come_with_departments_of_the_place(sharing: Sharing) -> None:
    assert list(called(sharing).members.all()) == [sharing.police]
    with pytest.raises(MoveRefused, match="time to come"):
        called(sharing, held_at=timezone.now())
    for members in ([], [make_partner("health", "990200")]):
        with pytest.raises(MoveRefused, match="departments of this place"):
            called(sharing, members=members)


def test_minutes_are_written_once_it_was_held_and_confirmed_by_another(sharing: Sharing) -> None:
    with pytest.raises(MoveRefused, match="not held yet"):
        MEETING.make(called(sharing), "keep_minutes", by=sharing.officer, present="all", record="x")
    both = make_officer("both", Duty.INVESTIGATE, Duty.DECIDE)
    made = MEETING.make(minuted(sharing), "keep_minutes", by=both, present="all", record="mended")
    with pytest.raises(MoveRefused, match="second person"):
        MEETING.make(made, "confirm", by=both)
    assert MEETING.make(made, "confirm", by=sharing.head).state == "confirmed"


def test_what_is_decided_becomes_a_task_with_a_clock_to_its_day(sharing: Sharing) -> None:
    task = begun(sharing, days=10)
    assert task.state == "open"
    assert task.clock is not None
    assert day_of(task.clock.due_at) == task.due_on
    clock = task.clock
    task = JOINT_TASK.make(task, "report", by=sharing.liaison, task_report="all checked")
    clock.refresh_from_db()
    assert (task.clock, clock.state) == (None, "met")
    assert JOINT_TASK.make(task, "accept", by=sharing.head).state == "accepted"


def test_a_task_is_written_into_open_minutes_alone_and_for_who_was_called(sharing: Sharing) -> None:
    with pytest.raises(MoveRefused, match="not confirmed yet"):
        task_of(sharing, called(sharing))
    made = minuted(sharing)
    day = timezone.localdate()
    with pytest.raises(MoveRefused, match="was not called"):
        meeting.decide_task(made, "x", partner=make_partner("health"), due_on=day, by=sharing.officer)
    with pytest.raises(MoveRefused, match="day to come"):
        task_of(sharing, made, days=-1)
    with pytest.raises(BeyondReach):
        meeting.decide_task(made, "x", partner=None, due_on=day, by=make_officer("far", territory="990200"))
    assert task_of(sharing, made, days=0).number == f"{made.number}-1"


def test_the_department_reports_its_task_and_nobody_else(sharing: Sharing) -> None:
    task = begun(sharing)
    with pytest.raises(MoveRefused, match="for the department to report"):
        JOINT_TASK.make(task, "report_here", by=sharing.officer, task_report="done")
    for other in (make_liaison(make_partner("health"), "health"), make_liaison(make_partner("tax", "990200"), "far")):
        with pytest.raises(BeyondReach):
            JOINT_TASK.make(task, "report", by=other, task_report="done")
        assert not JointTask.objects.visible_to(other).exists()
    assert JOINT_TASK.make(begun(sharing, ours=True), "report_here", by=sharing.officer, task_report="done").report


def test_a_task_that_is_not_done_is_sent_back_and_overdue_the_day_after(sharing: Sharing) -> None:
    with time_machine.travel("2026-03-02 10:00+08:00", tick=False):
        task = JOINT_TASK.make(begun(sharing, days=3), "report", by=sharing.liaison, task_report="half of it")
        task = JOINT_TASK.make(task, "send_back", by=sharing.head, note="the other half")
        assert task.clock is not None
    with time_machine.travel("2026-03-05 23:00+08:00", tick=False):
        assert not task.overdue
    with time_machine.travel("2026-03-06 00:00+08:00", tick=False):
        assert task.overdue


def test_the_next_meeting_begins_with_what_is_open(sharing: Sharing) -> None:
    task, done = begun(sharing), begun(sharing, ours=True)
    JOINT_TASK.make(done, "drop", by=sharing.head, note="settled otherwise")
    later = called(sharing, held_at=timezone.now() + timedelta(days=90))
    assert meeting.left_from_before(later) == [task]
    assert meeting.left_from_before(task.meeting) == []


def test_a_task_of_the_minutes_is_not_the_departments_before_they_are_confirmed(sharing: Sharing) -> None:
    task = task_of(sharing, minuted(sharing))
    assert not JointTask.objects.visible_to(sharing.liaison).exists()
    with pytest.raises(BeyondReach):
        JOINT_TASK.make(task, "report", by=sharing.liaison, task_report="done")
    assert Meeting.objects.visible_to(sharing.liaison).exists()
