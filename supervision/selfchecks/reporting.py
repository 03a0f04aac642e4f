"""How a report of self-correction is filled in, taken in, paid back, looked at again and closed."""

from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from institutions import standing
from institutions.models import Account, Division, Duty, StandingFact
from supervision.audit.models import Act
from supervision.cases.facts import Kind as Asked
from supervision.cases.facts import ask
from supervision.ledger import booking
from supervision.ledger.models import Balance, Book, Item, Stage
from supervision.monitoring import turns
from supervision.moves import Made, Move, Workflow, by_another_than, refuse_unless

from . import correcting, finding, timing
from .answering import problems_of
from .drawing import draw
from .models import Report, ReportedLine
from .models.reports import State

NOTHING = Decimal("0.00")
OUTCOME = ask(
    "recheck_outcome", Asked.CHOICE, gettext_lazy("What the second look says"),
    choices=lambda _report: [(one.value, str(one.label)) for one in Report.Outcome],
)  # fmt: skip
SIGNER = ask("signer", Asked.LINE, gettext_lazy("Name of who answers for it"))
WAYS = ((Stage.SOURCE, Stage.SUSPECTED), (Stage.SUSPECTED, Stage.CONFIRMED), (Stage.CONFIRMED, Stage.DEMANDED))

another_than_accepter = by_another_than("accepter")


# --- What moves ask for -----------------------------------------------------------------------------


def every_problem_is_answered(report: Report, by: Account) -> None:
    """with an answer to every problem of the list, and lines wherever something was found"""
    answers = {one.problem_id: one for one in report.answers.all()}
    left = [one.code for one in problems_of(report) if one.pk not in answers]
    refuse_unless(not left, _("These problems are not answered yet: %(codes)s.") % {"codes": ", ".join(left)})
    told = set(report.lines.values_list("problem", flat=True))
    bare = [one.problem.code for one in answers.values() if one.found and one.problem_id not in told]
    refuse_unless(not bare, _("Name the lines that were found under %(codes)s.") % {"codes": ", ".join(sorted(bare))})
    silent = told - {one.problem_id for one in answers.values() if one.found}
    refuse_unless(not silent, _("Lines are reported under a problem that is said not to be found."))


def nothing_outstanding(report: Report, by: Account) -> None:
    """once nothing of it is outstanding in the ledger"""
    left = outstanding(report)
    refuse_unless(not left, _("¥%(left)s of it is not returned yet.") % {"left": f"{left:,}"})


def was_drawn(report: Report, by: Account) -> None:
    """after a sample was drawn"""
    refuse_unless(bool(report.seed), _("Draw the sample first."))


def not_drawn_yet(report: Report, by: Account) -> None:
    """once"""
    refuse_unless(not report.seed, _("The sample was drawn already: nobody draws until the draw pleases."))


def items_of(report: Report) -> list[Item]:
    return list(Item.objects.filter(reference__in=[line.reference for line in report.lines.all()]))


def outstanding(report: Report) -> Decimal:
    """What of its lines is still to be returned."""
    stages = (Stage.SUSPECTED, Stage.CONFIRMED, Stage.DEMANDED)
    rows = Balance.objects.filter(item__in=items_of(report), stage__in=stages)
    return sum(rows.values_list("amount", flat=True), NOTHING)


# --- What moves do ----------------------------------------------------------------------------------


def hand_in(report: Report, made: Made[Report]) -> None:
    """adds its lines up, and keeps who answers for it"""
    lines = list(report.lines.all())
    report.charged = sum((line.amount for line in lines), NOTHING)
    report.lost = sum((line.lost for line in lines), NOTHING)
    report.signer, report.submitted_at = str(made.facts["signer"])[:60], timezone.now()


def take_in(report: Report, made: Made[Report]) -> None:
    """books what the fund paid of each line, and lays it down below, so that no hearing asks for it again"""
    turns.alone()  # of a notice and of this, the second sees what the first has taken
    lines = list(report.lines.all())
    for line in lines:
        finding.refuse_what_is_heard(line.charge)
    legs = [leg for line in lines if line.lost for leg in legs_of(report, line)]
    if legs:
        booking.book(
            legs, reason=gettext_noop("Reported by the institution itself"), subject=f"{report} {made.name}"[:120],
            by=made.by,
        )  # fmt: skip
    correcting.lay_down(report, lines)
    report.accepter = made.by


def legs_of(report: Report, line: ReportedLine) -> list[booking.Leg]:
    item = booking.item(
        line.reference, book=Book.FUND, institution=report.institution, place=report.place,
        pooling_area=pooling_area(report, line), fund=line.fund, month=line.month, address=report.get_absolute_url(),
    )  # fmt: skip
    return [booking.Leg(item, source, target, line.lost) for source, target in WAYS]


def pooling_area(report: Report, line: ReportedLine) -> Division:
    """Whose fund paid: the prefecture that insured the member, or where nobody knows it the institution's own."""
    for code in (line.insured_area, report.place_id):
        known = Division.objects.filter(pk=f"{code[:4]}00").first() if code else None
        if known is not None:
            return known
    return report.place


def draw_sample(report: Report, made: Made[Report]) -> None:
    """draws lines and answers by a seed that is kept"""
    draw(report)


def recheck(report: Report, made: Made[Report]) -> None:
    """keeps the outcome, and tells the institution's standing of it"""
    outcome = Report.Outcome(made.facts["recheck_outcome"])
    report.outcome, report.rechecker = outcome, made.by
    if outcome != Report.Outcome.TRUE:
        correcting.weigh_heavier(report)
    told = StandingFact.Kind.SELF_REPORTED if outcome == Report.Outcome.TRUE else StandingFact.Kind.SELF_CHECK_FALSE
    if outcome != Report.Outcome.TRUE or report.lost:
        assert report.submitted_at is not None
        handed_in_on = timezone.localtime(report.submitted_at).date()
        standing.tell(told, report.institution, record=report.number, happened_on=handed_in_on, amount=report.lost)


MOVES: dict[str, Move[Report]] = {
    "localise": Move(
        frozenset({State.ISSUED}), State.LOCALISED, Duty.HEAR, gettext_lazy("The place has filed its list"),
        by_itself=True,
    ),
    "begin": Move(
        frozenset({State.ISSUED, State.LOCALISED}), State.REPORTING, Duty.ANSWER, gettext_lazy("Begin to fill it in")
    ),
    "submit": Move(
        frozenset({State.REPORTING}), State.SUBMITTED, Duty.SIGN, gettext_lazy("Hand it in"),
        conditions=(every_problem_is_answered,), asks=(SIGNER,), effects=(hand_in, timing.meets),
    ),
    "return": Move(
        frozenset({State.SUBMITTED}), State.REPORTING, Duty.HEAR, gettext_lazy("Send it back"), needs_note=True,
        effects=(timing.begins_again,),
    ),
    "accept": Move(
        frozenset({State.SUBMITTED}), State.ACCEPTED, Duty.HEAR,
        gettext_lazy("Take it in, and demand what the fund paid"),
        effects=(take_in,),
    ),
    "refunded": Move(
        frozenset({State.ACCEPTED}), State.REFUNDED, Duty.HEAR, gettext_lazy("Everything was paid back"),
        conditions=(nothing_outstanding,),
    ),
    "draw": Move(
        frozenset({State.REFUNDED}), State.REFUNDED, Duty.HEAR, gettext_lazy("Draw a sample"),
        conditions=(not_drawn_yet,), effects=(draw_sample,),
    ),
    "recheck": Move(
        frozenset({State.REFUNDED}), State.RECHECKED, Duty.HEAR, gettext_lazy("Keep what the second look says"),
        conditions=(was_drawn, another_than_accepter), asks=(OUTCOME,), needs_note=True, effects=(recheck,),
    ),
    "close": Move(
        frozenset({State.RECHECKED}), State.CLOSED, Duty.DECIDE, gettext_lazy("Close it"),
    ),
}  # fmt: skip

REPORT = Workflow[Report](
    name="self_correction", words=gettext_lazy("A report of self-correction"), states=State, act=Act.COMMITMENT,
    moves=MOVES, first=State.ISSUED, module=__name__,
)  # fmt: skip
