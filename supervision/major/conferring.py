"""How an interview is decided on, held, put right and checked. docs/workflows.md shows this table."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from institutions.models import Account, Duty
from supervision.audit.models import Act
from supervision.cases.facts import AT, DAY, PRESENT, RECORD, WHERE, ask
from supervision.cases.facts import Kind as Asked
from supervision.moves import Made, Move, Workflow, by_another_than, refuse_unless

from . import letters, timing
from .models import Interview
from .models.interviews import Stage

WHO = ask("person", Asked.LINE, gettext_lazy("Who is called in"))
DEMAND = ask("demand", Asked.WORDS, gettext_lazy("What must be put right"))
PROMISED = ask("interview_commitments", Asked.WORDS, gettext_lazy("What was promised"))
DONE = ask("interview_done", Asked.WORDS, gettext_lazy("What was put right"))
SEEN = ask("seen", Asked.WORDS, gettext_lazy("What the check saw"))


# --- What moves ask for -----------------------------------------------------------------------------


def of_the_interviewers(interview: Interview, by: Account) -> None:
    """by the place that holds it"""
    refuse_unless(by.territory_id == interview.place_id, _("That is for the place that holds the interview to do."))


def called_in(interview: Interview, by: Account) -> None:
    """by whoever was called in"""
    refuse_unless(interview.is_called(by), _("That is for whoever was called in to do."))


def answered(interview: Interview, by: Account) -> None:
    """once whoever was called in has answered, or its time is over"""
    over = interview.clock is not None and interview.clock.has_run_out
    refuse_unless(interview.answered_at is not None or over, _("Its time is not over yet."))


# --- What moves do ----------------------------------------------------------------------------------


def notify(interview: Interview, made: Made[Interview]) -> None:
    """serves the notice"""
    interview.approver, interview.notified_at = made.by, timezone.now()
    interview.meets_at, interview.where = made.facts["at"], str(made.facts["where"])[:200]
    letters.notice(interview, made)


def hold(interview: Interview, made: Made[Interview]) -> None:
    """keeps who came, what was said and what was promised, and serves the minutes"""
    refuse_unless(made.facts["at"] <= timezone.now(), _("It cannot have been held later than now."))
    interview.held_at, interview.attendees = made.facts["at"], str(made.facts["present"])[:200]
    interview.minutes, interview.demand = str(made.facts["record"]), str(made.facts["demand"])
    interview.commitments = str(made.facts["interview_commitments"])
    letters.minutes(interview, made)


def keep_answer(interview: Interview, made: Made[Interview]) -> None:
    """keeps what was put right"""
    interview.answer, interview.answered_at = str(made.facts["interview_done"]), timezone.now()


def ask_again(interview: Interview, made: Made[Interview]) -> None:
    """the answer does not do"""
    interview.answered_at = None


def keep_check(interview: Interview, made: Made[Interview]) -> None:
    """keeps what the check saw"""
    interview.check_result = str(made.facts["seen"])


OPEN = frozenset({Stage.DECIDED, Stage.NOTIFIED, Stage.HELD, Stage.RECTIFYING})

MOVES: dict[str, Move[Interview]] = {
    "notify": Move(
        frozenset({Stage.DECIDED}), Stage.NOTIFIED, Duty.DECIDE, gettext_lazy("Call in"),
        conditions=(of_the_interviewers, by_another_than("handler")), asks=(WHO, AT, WHERE), effects=(notify,),
    ),
    "hold": Move(
        frozenset({Stage.NOTIFIED}), Stage.HELD, Duty.INVESTIGATE, gettext_lazy("Write the minutes"),
        conditions=(of_the_interviewers,), asks=(AT, PRESENT, RECORD, PROMISED, DEMAND), effects=(hold,),
    ),
    "order": Move(
        frozenset({Stage.HELD}), Stage.RECTIFYING, Duty.INVESTIGATE, gettext_lazy("Let it be put right"),
        conditions=(of_the_interviewers,), effects=(timing.lets_put_right,),
    ),
    "answer": Move(
        frozenset({Stage.RECTIFYING}), Stage.RECTIFYING, Duty.ANSWER, gettext_lazy("Say what was put right"),
        conditions=(called_in,), asks=(DONE,), effects=(keep_answer, timing.meets),
    ),
    "answer_as_office": Move(
        frozenset({Stage.RECTIFYING}), Stage.RECTIFYING, Duty.DECIDE,
        pgettext_lazy("by an agency or a department", "Say what was put right"),
        conditions=(called_in,), asks=(DONE,), effects=(keep_answer, timing.meets),
    ),
    "send_back": Move(
        frozenset({Stage.RECTIFYING}), Stage.RECTIFYING, Duty.INVESTIGATE, gettext_lazy("Send the answer back"),
        conditions=(of_the_interviewers, answered), needs_note=True, effects=(ask_again, timing.lets_put_right),
    ),
    "check": Move(
        frozenset({Stage.RECTIFYING}), Stage.CHECKED, Duty.INVESTIGATE, gettext_lazy("Check what was put right"),
        conditions=(of_the_interviewers, answered), asks=(DAY, SEEN), effects=(keep_check, timing.meets),
    ),
    "close": Move(
        frozenset({Stage.CHECKED}), Stage.CLOSED, Duty.DECIDE, gettext_lazy("Close"),
        conditions=(of_the_interviewers, by_another_than("handler")),
    ),
    "drop": Move(
        OPEN, Stage.CLOSED, Duty.DECIDE, gettext_lazy("Call off"),
        conditions=(of_the_interviewers, by_another_than("handler")), needs_note=True, effects=(timing.stops,),
    ),
}  # fmt: skip

INTERVIEW = Workflow[Interview](
    name="major_interview", words=gettext_lazy("An interview beside cases"), states=Stage, act=Act.CASE, moves=MOVES,
    first=Stage.DECIDED, module=__name__,
)  # fmt: skip
