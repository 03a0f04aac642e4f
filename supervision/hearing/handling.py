"""What an upheld finding leads to. No finding becomes a measure before the institution could answer it."""

from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from institutions.models import Account
from supervision.language import kept
from supervision.ledger.models import Balance, Stage
from supervision.monitoring.guards import Review
from supervision.moves import Made, by_another_than, refuse_unless

from . import booked, letters, timing
from .deciding import books_the_decision, by_the_second, decides_the_lines, reviewed_as
from .models import Hearing, State
from .timing import window_is_over

# Measures that need nothing more to be demanded; in a case its own proceedings demand it.
AT_ONCE = {measure.value: measure for measure in (Hearing.Measure.REFUSE, Hearing.Measure.RECOVER)}
RECOVERY = "recovery_payment"  # the limit by which it comes back
OPEN = (Stage.SUSPECTED, Stage.CONFIRMED, Stage.DEMANDED)


def was_heard(hearing: Hearing, by: Account) -> None:
    """every line was answered, or the time to answer has run out"""
    unanswered = hearing.lines.filter(answered_by=None).exists()
    refuse_unless(
        hearing.lines.exists() and (not unanswered or window_is_over(hearing)),
        _("No finding becomes a measure before every line is answered or the time to answer has run out."),
    )


def decided_by_two(hearing: Hearing, by: Account) -> None:
    """by another person than the first reviewer, where nobody else has decided on it"""
    if hearing.state == State.ACCEPTED:
        by_another_than("first_reviewer")(hearing, by)


def confirms_what_was_accepted(hearing: Hearing, made: Made[Hearing]) -> None:
    """what the institution accepted is confirmed, if no second review has decided on it"""
    if hearing.state == State.ACCEPTED:
        by_the_second(hearing, made)
        decides_the_lines(hearing, made)
        books_the_decision(hearing, made)
        letters.issues_the_decision(hearing, made)


def tells_the_quality_card(hearing: Hearing, made: Made[Hearing]) -> None:
    """accepted without a second review, it counts as upheld on the rule's quality card"""
    if hearing.state == State.ACCEPTED:
        reviewed_as(Review.Outcome.UPHELD)(hearing, made)


def takes_the_measure(hearing: Hearing, made: Made[Hearing]) -> None:
    """kept as its measure; what is refused or recovered is demanded at once, what the fund lost nothing by is not"""
    measure = str(made.facts["measure"])
    refuse_unless(measure in Hearing.Measure.values, _("There is no such measure."))
    refuse_unless(
        measure not in AT_ONCE or bool(hearing.fund_confirmed),
        _("The fund lost nothing by it that could be demanded: keep it on record, or open a case."),
    )
    refuse_unless(
        measure != Hearing.Measure.RECORD or not hearing.fund_confirmed,
        _("The fund lost ¥%(loss)s by it: it goes back.") % {"loss": f"{hearing.fund_confirmed:,}"},
    )
    hearing.measure = measure
    if measure in AT_ONCE:
        demand(hearing, made)


def demand(hearing: Hearing, made: Made[Hearing]) -> None:
    """All that the fund lost; how it comes back, the ledger's pages book."""
    lines = list(hearing.lines.all())
    parts = [(line, Stage.CONFIRMED, Stage.DEMANDED, line.fund_confirmed) for line in lines]
    booked.book(hearing, made, parts, booked.items_of(lines), kept(AT_ONCE[hearing.measure].label))


def asks_for_it_back(hearing: Hearing, made: Made[Hearing]) -> None:
    """what is recovered is asked back by a letter with a day, and that day is watched"""
    if hearing.measure == Hearing.Measure.RECOVER:
        hearing.clock = timing.started(
            hearing, RECOVERY, address=hearing.get_absolute_url(), institution=hearing.institution_id
        )
        letters.issues_the_recovery(hearing, made)


def nothing_outstanding(hearing: Hearing, by: Account) -> None:
    """nothing of it is outstanding in the ledger"""
    left = outstanding(hearing)
    refuse_unless(not left, _("¥%(left)s of it is not returned yet.") % {"left": f"{left:,}"})


def outstanding(hearing: Hearing) -> Decimal:
    """What of its lines is still suspected, confirmed or demanded."""
    items = booked.items_of(hearing.lines.all()).values()
    rows = Balance.objects.filter(item__in=items, stage__in=OPEN)
    left: Decimal = rows.aggregate(left=Sum("amount", default=Decimal("0.00")))["left"]
    return left
