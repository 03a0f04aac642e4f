"""Joint meetings: called, minuted, confirmed by another; what they decide becomes tasks with a department and a day."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Division, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.facts import PRESENT, RECORD, ask
from supervision.cases.facts import Kind as Asked
from supervision.clocks import running
from supervision.moves import THE_SITE, BeyondReach, Made, Move, Workflow, by_another_than, refuse_unless

from . import timing
from .models import JointTask, Meeting, Partner
from .models.meetings import State, TaskState
from .numbering import next_number

REPORT = ask("task_report", Asked.WORDS, gettext_lazy("What was done"))


def held(meeting: Meeting, by: Account) -> None:
    """once it was held"""
    refuse_unless(meeting.held_at <= timezone.now(), _("It was not held yet."))


def keep_minutes(meeting: Meeting, made: Made[Meeting]) -> None:
    """keeps the minutes and who wrote them"""
    meeting.present, meeting.minutes, meeting.keeper = str(made.facts["present"])[:200], made.facts["record"], made.by


def begin_tasks(meeting: Meeting, made: Made[Meeting]) -> None:
    """begins its tasks, each with its clock"""
    meeting.confirmer = made.by
    for task in meeting.tasks.filter(state=TaskState.PROPOSED).order_by("pk"):
        JOINT_TASK.make(task, "begin", by=THE_SITE)


MEETING = Workflow[Meeting](
    name="joint_meeting", words=gettext_lazy("A joint meeting"), states=State, act=Act.SHARING, first=State.CALLED,
    module=__name__,
    moves={
        "keep_minutes": Move(
            frozenset({State.CALLED, State.MINUTED}), State.MINUTED, Duty.INVESTIGATE,
            gettext_lazy("Write the minutes"),
            conditions=(held,), asks=(PRESENT, RECORD), effects=(keep_minutes,),
        ),
        "confirm": Move(
            frozenset({State.MINUTED}), State.CONFIRMED, Duty.DECIDE, gettext_lazy("Confirm the minutes"),
            conditions=(by_another_than("keeper"),), effects=(begin_tasks,),
        ),
        "cancel": Move(
            frozenset({State.CALLED}), State.CANCELLED, Duty.INVESTIGATE, gettext_lazy("Call it off"), needs_note=True,
        ),
    },
)  # fmt: skip


# --- Its tasks ----------------------------------------------------------------------------------------


def by_whom_it_is(task: JointTask, by: Account) -> None:
    """by the desk where it is our own task, or a department's that has no liaison here"""
    refuse_unless(
        task.partner is None or not task.partner.liaisons().exists(), _("That is for the department to report.")
    )


def begin(task: JointTask, made: Made[JointTask]) -> None:
    """starts joint_task, to the day that was decided"""
    task.clock = timing.start(
        timing.TASK, subject=task.number, title=task.words, place=task.meeting.place_id, until=task.due_on,
        address=reverse("coordination:task", args=[task.number]), duty=Duty.INVESTIGATE,
    )  # fmt: skip


def keep_report(task: JointTask, made: Made[JointTask]) -> None:
    """keeps what was done, and ends the clock"""
    task.report = str(made.facts["task_report"])
    running.meet_if_going(task.clock)
    task.clock = None


def begin_again(task: JointTask, made: Made[JointTask]) -> None:
    """starts the clock again, where its day is still to come"""
    if task.due_on >= timezone.localdate():
        begin(task, made)


def stop(task: JointTask, made: Made[JointTask]) -> None:
    """stops the clock"""
    if task.clock is not None and task.clock.ended_at is None:
        running.stop(task.clock)
    task.clock = None


JOINT_TASK = Workflow[JointTask](
    name="joint_task", words=gettext_lazy("A task of a joint meeting"), states=TaskState, act=Act.SHARING,
    first=TaskState.PROPOSED, module=__name__,
    moves={
        "begin": Move(
            frozenset({TaskState.PROPOSED}), TaskState.OPEN, Duty.INVESTIGATE,
            gettext_lazy("The minutes are confirmed"),
            by_itself=True, effects=(begin,),
        ),
        "report": Move(
            frozenset({TaskState.OPEN}), TaskState.DONE, Duty.LIAISE, gettext_lazy("Report it as done"),
            asks=(REPORT,), effects=(keep_report,),
        ),
        "report_here": Move(
            frozenset({TaskState.OPEN}), TaskState.DONE, Duty.INVESTIGATE, gettext_lazy("Write down that it is done"),
            conditions=(by_whom_it_is,), asks=(REPORT,), effects=(keep_report,),
        ),
        "accept": Move(
            frozenset({TaskState.DONE}), TaskState.ACCEPTED, Duty.DECIDE, gettext_lazy("It is done"),
        ),
        "send_back": Move(
            frozenset({TaskState.DONE}), TaskState.OPEN, Duty.DECIDE, gettext_lazy("It is not done yet"),
            needs_note=True, effects=(begin_again,),
        ),
        "drop": Move(
            frozenset({TaskState.PROPOSED, TaskState.OPEN}), TaskState.DROPPED, Duty.DECIDE, gettext_lazy("Drop it"),
            needs_note=True, effects=(stop,),
        ),
    },
)  # fmt: skip


# --- What is done beside moves ------------------------------------------------------------------------


def own_place(by: Account) -> Division:
    """Who calls meetings: an officer, for the own territory."""
    refuse_unless(
        by.holds(Duty.INVESTIGATE) and by.institution_id is None and by.territory is not None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.INVESTIGATE.label},
    )
    assert by.territory is not None
    return by.territory


@transaction.atomic
def call_meeting(
    title: str, *, held_at: datetime, where: str, agenda: str, members: Sequence[Partner], by: Account
) -> Meeting:
    """A meeting to come of the own place, with departments around it."""
    place = own_place(by)
    refuse_unless(bool(title.strip() and where.strip() and agenda.strip()), _("All of it is needed."))
    refuse_unless(held_at > timezone.now(), _("It is held at a time to come."))
    around = Partner.objects.around(place.pk).filter(pk__in=[one.pk for one in members])
    refuse_unless(bool(members) and around.count() == len(members), _("Choose among the departments of this place."))
    made = Meeting.objects.create(
        number=next_number(Meeting, "LX", place), place=place, title=title.strip()[:200], held_at=held_at,
        where=where.strip()[:200], agenda=agenda.strip(), caller=by, state=MEETING.first,
    )  # fmt: skip
    made.members.set(members)
    made.events.create(move="call", after=made.state, by=by)
    record(Act.SHARING, by, made.number, move="call", members=sorted(one.pk for one in members))
    return made


@transaction.atomic
def decide_task(meeting: Meeting, words: str, *, partner: Partner | None, due_on: date, by: Account) -> JointTask:
    """A line of the minutes that somebody does: one of the departments called, or our own."""
    own_place(by)
    locked = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if not locked.reaches(by):
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(locked.state == State.MINUTED, _("Tasks are written into minutes that are not confirmed yet."))
    refuse_unless(bool(words.strip()), _("Say what is to be done."))
    refuse_unless(due_on >= timezone.localdate(), _("It is to be done by a day to come."))
    refuse_unless(
        partner is None or locked.members.filter(pk=partner.pk).exists(), _("That department was not called.")
    )
    made = JointTask.objects.create(
        number=f"{locked.number}-{locked.tasks.count() + 1}", meeting=locked, words=words.strip(), partner=partner,
        due_on=due_on, state=JOINT_TASK.first,
    )  # fmt: skip
    made.events.create(move="decide", after=made.state, by=by)
    record(Act.SHARING, by, made.number, move="decide", partner=partner.pk if partner else None)
    return made


def left_from_before(meeting: Meeting) -> list[JointTask]:
    """What earlier meetings of the place decided and is not done: a meeting begins with it."""
    rows = JointTask.objects.unfinished().filter(meeting__place=meeting.place, meeting__held_at__lt=meeting.held_at)
    return list(rows.exclude(meeting=meeting).select_related("partner__department", "meeting", "clock__limit"))
