"""What is written beside a major issue while it is dealt with: reports, guidance, matters, tasks."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases import linking
from supervision.clocks import running
from supervision.moves import BeyondReach, MoveRefused, as_a_move, refuse_unless

from . import reaching, timing
from .handling import write
from .models import Guidance, Issue, IssueLink, IssueReport, IssueTask
from .models.issues import State

BEFORE_IT_IS_GRADED = (State.FOUND, State.REPORTED)


def held(issue: Issue, by: Account, *duties: Duty) -> Issue:
    """The issue, locked, while it is not closed; for who holds one of the duties in its reach."""
    refuse_unless(
        any(by.holds(duty) for duty in duties) and by.institution_id is None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": duties[0].label},
    )
    locked = Issue.objects.select_for_update(of=("self",)).select_related("place", "rule", "clock").get(pk=issue.pk)
    if not locked.reaches(by):
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(locked.state != State.CLOSED, _("It is closed."))
    return locked


@transaction.atomic
def write_follow_up(issue: Issue, words: str, *, by: Account) -> IssueReport:
    """The next report: it ends its clock, in time or late, and starts the one after it."""
    locked = held(issue, by, Duty.INVESTIGATE)
    reaching.of_the_place(locked, by)
    refuse_unless(locked.state not in BEFORE_IT_IS_GRADED, _("Follow-up reports begin once it is graded."))
    refuse_unless(bool(words.strip()), _("Say what is reported."))
    made = write(locked, IssueReport.Kind.FOLLOW, words, by)
    running.meet_if_going(locked.clock)
    with as_a_move():
        timing.next_report(locked)
    locked.save(update_fields=["clock"])
    record(Act.CASE, by, locked.number, move="write_follow_up", late=made.late)
    return made


@transaction.atomic
def give_guidance(issue: Issue, kind: str, words: str, *, by: Account) -> Guidance:
    """What a level above tells the place, or does for it."""
    locked = held(issue, by, Duty.DECIDE)
    reaching.from_above(locked, by)
    refuse_unless(kind in Guidance.Kind.values, _("There is no such kind."))
    refuse_unless(bool(words.strip()), _("Say what is to be done."))
    place = by.territory
    assert place is not None
    made = Guidance.objects.create(issue=locked, kind=kind, place=place, words=words.strip(), by=by)
    record(Act.CASE, by, locked.number, move="give_guidance", kind=kind)
    return made


@transaction.atomic
def link_matter(issue: Issue, number: str, *, by: Account) -> IssueLink:
    """A case, finding, complaint or institution that belongs to it, by the number that its own page shows."""
    locked = held(issue, by, Duty.INVESTIGATE, Duty.DECIDE)
    found = linking.find(by, number.strip())
    refuse_unless(found is not None, _("There is nothing here by that number."))
    assert found is not None
    try:
        with transaction.atomic():
            made = IssueLink.objects.create(issue=locked, kind=found.kind, number=found.number, by=by)
    except IntegrityError:
        raise MoveRefused(_("It is linked already.")) from None
    record(Act.CASE, by, locked.number, move="link_matter", matter=found.number)
    return made


@transaction.atomic
def set_task(issue: Issue, words: str, *, owner: str, due_on: date, by: Account) -> IssueTask:
    """What is to be changed after it, by whom and by when."""
    locked = held(issue, by, Duty.DECIDE)
    refuse_unless(locked.state in (State.STABILISED, State.REVIEWED), _("Tasks come from the review."))
    refuse_unless(bool(words.strip() and owner.strip()), _("A task says what is done and by whom."))
    refuse_unless(due_on >= timezone.localdate(), _("That day is over already."))
    task = IssueTask(issue=locked, words=words.strip()[:400], owner=owner.strip()[:100], due_on=due_on, by=by)
    with as_a_move():
        task.clock = timing.of_task(task)
    task.save()
    record(Act.CASE, by, locked.number, move="set_task", due=f"{due_on}")
    return task


@transaction.atomic
def finish_task(issue: Issue, key: int, words: str, *, by: Account) -> IssueTask:
    """The task is done, and how."""
    locked = held(issue, by, Duty.INVESTIGATE, Duty.DECIDE)
    reaching.of_the_place(locked, by)
    task = locked.tasks.select_related("clock").filter(pk=key).first()
    if task is None:
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(task.done_at is None, _("It is done already."))
    refuse_unless(bool(words.strip()), _("Say what was done."))
    task.done_at, task.done_words, task.done_by = timezone.now(), words.strip()[:400], by
    task.save()
    running.meet_if_going(task.clock)
    record(Act.CASE, by, locked.number, move="finish_task", task=task.pk)
    return task
