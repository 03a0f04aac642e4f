"""How a major issue is reported, graded, listed, reviewed and closed. docs/workflows.md shows this table."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Duty
from supervision.audit.models import Act
from supervision.cases.facts import Kind as Asked
from supervision.cases.facts import ask
from supervision.clocks import running
from supervision.moves import Made, Move, Workflow, by_another_than, refuse_unless

from . import levelling, timing
from .models import Issue, IssueReport, Level, Listing
from .models.issues import State
from .reaching import by_who_listed, from_above, listed, of_the_place, where_it_is_reported

REPORT = ask("issue_report", Asked.WORDS, gettext_lazy("What is reported"))
LEVEL = ask(
    "issue_level", Asked.CHOICE, gettext_lazy("Level"),
    choices=lambda _issue: [(str(one.value), str(one.label)) for one in Level],
    hint=gettext_lazy("Another level than now needs a reason."),
)  # fmt: skip
OWNER = ask("issue_owner", Asked.LINE, gettext_lazy("Who leads the response"))
DEMANDS = ask("listing_demands", Asked.WORDS, gettext_lazy("What is demanded"))
UNTIL = ask("listing_until", Asked.DAY, gettext_lazy("To be met by"))
HAPPENED = ask("review_happened", Asked.WORDS, gettext_lazy("What happened"))
CAUSE = ask("review_cause", Asked.WORDS, gettext_lazy("Why it happened"))
CHANGE = ask("review_change", Asked.WORDS, gettext_lazy("What is to change"))


# --- What moves ask for -----------------------------------------------------------------------------


def tasks_are_done(issue: Issue, by: Account) -> None:
    """once every task of the review is done"""
    left = issue.tasks.filter(done_at=None).count()
    refuse_unless(not left, _("%(left)d tasks of the review are not done.") % {"left": left})


# --- What moves do ----------------------------------------------------------------------------------


def report(issue: Issue, made: Made[Issue]) -> None:
    """keeps the first report beside when it was due, and meets its clock"""
    issue.reporter = made.by
    write(issue, IssueReport.Kind.FIRST, str(made.facts["issue_report"]), made.by)
    running.meet_if_going(issue.clock)


def write(issue: Issue, kind: IssueReport.Kind, words: str, by: Account) -> IssueReport:
    due_at = issue.clock.due_at if issue.clock is not None and issue.clock.ended_at is None else None
    return IssueReport.objects.create(issue=issue, kind=kind, words=words.strip(), due_at=due_at, by=by)


def grade(issue: Issue, made: Made[Issue]) -> None:
    """sets the level as it holds in the place today"""
    level = Level(int(made.facts["issue_level"]))
    refuse_unless(level == issue.level or bool(made.note), _("Another level needs a reason."))
    issue.level, issue.rule = level, levelling.level(level, issue.place_id)


def name_owner(issue: Issue, made: Made[Issue]) -> None:
    """keeps who leads"""
    issue.owner = str(made.facts["issue_owner"])[:100]


def put_on_list(issue: Issue, made: Made[Issue]) -> None:
    """lists it with the demands, and starts major_listing to their day"""
    until = made.facts["listing_until"]
    refuse_unless(isinstance(until, date) and until >= timezone.localdate(), _("That day is over already."))
    place = made.by.territory
    assert place is not None
    listing = Listing(
        issue=issue, place=place, demands=str(made.facts["listing_demands"]), due_on=until, by=made.by
    )  # fmt: skip
    listing.clock = timing.of_listing(listing)
    listing.save()


def take_off_list(issue: Issue, made: Made[Issue]) -> None:
    """takes it off, and meets the clock of the listing"""
    listing = listed(issue)
    if listing is None:
        return
    listing.delisted_at, listing.delisted_by, listing.why = timezone.now(), made.by, made.note
    listing.save()
    running.meet_if_going(listing.clock)


def keep_review(issue: Issue, made: Made[Issue]) -> None:
    """keeps what happened, why, and what is to change"""
    issue.happened, issue.cause = str(made.facts["review_happened"]), str(made.facts["review_cause"])
    issue.change, issue.reviewer = str(made.facts["review_change"]), made.by


def close(issue: Issue, made: Made[Issue]) -> None:
    """keeps the closing report"""
    write(issue, IssueReport.Kind.FINAL, str(made.facts["issue_report"]), made.by)
    issue.closed_at = timezone.now()


def end(issue: Issue, made: Made[Issue]) -> None:
    """is over"""
    issue.closed_at = timezone.now()


WATCHED = frozenset({State.RESPONDING})

MOVES: dict[str, Move[Issue]] = {
    "report": Move(
        frozenset({State.FOUND}), State.REPORTED, Duty.INVESTIGATE, gettext_lazy("Report it"),
        conditions=(of_the_place,), asks=(REPORT,), effects=(report,),
    ),
    "grade": Move(
        frozenset({State.REPORTED}), State.GRADED, Duty.DECIDE, gettext_lazy("Confirm or change its level"),
        conditions=(where_it_is_reported, by_another_than("reporter")), asks=(LEVEL,),
        effects=(grade, timing.starts_following),
    ),
    "dismiss": Move(
        frozenset({State.REPORTED}), State.CLOSED, Duty.DECIDE, gettext_lazy("It is no major issue"),
        conditions=(where_it_is_reported, by_another_than("reporter")), needs_note=True, effects=(timing.ends, end),
    ),
    "respond": Move(
        frozenset({State.GRADED}), State.RESPONDING, Duty.DECIDE, gettext_lazy("Begin the response"),
        conditions=(of_the_place,), asks=(OWNER,), effects=(name_owner,),
    ),
    "regrade": Move(
        WATCHED, State.RESPONDING, Duty.DECIDE, gettext_lazy("Change its level"),
        conditions=(where_it_is_reported,), asks=(LEVEL,), needs_note=True, effects=(grade, timing.starts_following),
    ),
    "regrade_listed": Move(
        frozenset({State.SUPERVISED}), State.SUPERVISED, Duty.DECIDE, gettext_lazy("Change its level"),
        conditions=(from_above,), asks=(LEVEL,), needs_note=True, effects=(grade, timing.starts_following),
    ),
    "list": Move(
        WATCHED, State.SUPERVISED, Duty.DECIDE, gettext_lazy("Put it on the supervised list"),
        conditions=(from_above,), asks=(DEMANDS, UNTIL), effects=(put_on_list,),
    ),
    "delist": Move(
        frozenset({State.SUPERVISED}), State.RESPONDING, Duty.DECIDE, gettext_lazy("Take it off the supervised list"),
        conditions=(from_above, by_who_listed), needs_note=True, effects=(take_off_list,),
    ),
    "stabilise": Move(
        WATCHED, State.STABILISED, Duty.DECIDE, gettext_lazy("It is stable"), conditions=(of_the_place,),
        needs_note=True, effects=(timing.starts_review,),
    ),
    "flare_up": Move(
        frozenset({State.STABILISED, State.REVIEWED}), State.RESPONDING, Duty.INVESTIGATE,
        gettext_lazy("It has flared up again"), conditions=(of_the_place,), needs_note=True,
        effects=(timing.ends, timing.starts_following),
    ),
    "review": Move(
        frozenset({State.STABILISED}), State.REVIEWED, Duty.DECIDE, gettext_lazy("Keep the review"),
        conditions=(of_the_place,), asks=(HAPPENED, CAUSE, CHANGE), effects=(keep_review, timing.meets_review),
    ),
    "close": Move(
        frozenset({State.REVIEWED}), State.CLOSED, Duty.DECIDE, gettext_lazy("Close it"),
        conditions=(where_it_is_reported, by_another_than("reviewer"), tasks_are_done), asks=(REPORT,),
        effects=(close, timing.ends),
    ),
}  # fmt: skip

ISSUE = Workflow[Issue](
    name="major_issue", words=gettext_lazy("A major issue"), states=State, act=Act.CASE, moves=MOVES,
    first=State.FOUND, module=__name__,
)  # fmt: skip
