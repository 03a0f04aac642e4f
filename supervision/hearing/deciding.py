"""What reviewers decide on a finding, line by line, and what it does to the ledger and to the rule's quality."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from supervision.ledger.models import Stage
from supervision.monitoring import reviewing
from supervision.monitoring.guards import Review
from supervision.monitoring.standing import lately
from supervision.moves import Effect, Made, MoveRefused, refuse_unless

from . import booked, losing
from .apportioning import FEN, NOTHING
from .losing import PutLoss
from .models import Hearing, HearingLine

Decision = HearingLine.Decision


@dataclass(frozen=True)
class LineDecision:
    """What is decided on one line; the reason is for the institution to read."""

    decision: Decision
    reason: str = ""
    confirmed: Decimal = NOTHING  # of a line that is upheld in part
    loss: PutLoss | None = None  # where what the fund lost is put by another method

    def __str__(self) -> str:
        part = f" {self.confirmed}" if self.decision == Decision.PARTLY else ""
        return f"{self.decision}{part}{f', {self.loss}' if self.loss else ''}"


class Decisions(dict[int, LineDecision]):
    """By line; in the history it reads as one sentence."""

    def __str__(self) -> str:
        return "; ".join(f"{line}: {said}" for line, said in sorted(self.items()))


# --- Effects ------------------------------------------------------------------------------------------


def decides_the_lines(hearing: Hearing, made: Made[Hearing]) -> None:
    """each line upheld, upheld in part or withdrawn; what nothing is said of is upheld"""
    lines, given = list(hearing.lines.all()), made.facts.get("lines") or {}
    refuse_unless(given.keys() <= {line.pk for line in lines}, _("That is not a line of this finding."))
    for line in lines:
        decide(line, given.get(line.pk) or LineDecision(Decision.UPHELD), note=made.note)
    hearing.confirmed = sum((line.confirmed for line in lines), NOTHING)
    hearing.fund_confirmed = sum((line.fund_confirmed for line in lines), NOTHING)
    refuse_unless(hearing.confirmed > 0, _("Nothing of it is upheld: withdraw the finding instead."))


def withdraws_the_lines(hearing: Hearing, made: Made[Hearing]) -> None:
    """every line withdrawn"""
    for line in hearing.lines.all():
        decide(line, LineDecision(Decision.WITHDRAWN), note=made.note)


def decide(line: HearingLine, said: LineDecision, *, note: str) -> None:
    """Write one line's decision. An appeal is never turned down, nor anything withdrawn, without a reason."""
    accepted = said.decision == Decision.UPHELD and line.answer == HearingLine.Answer.ACCEPTED
    line.decision, line.reason = said.decision, said.reason.strip() or ("" if accepted else note)
    line.confirmed = {Decision.UPHELD: line.suspected, Decision.PARTLY: said.confirmed}.get(said.decision, NOTHING)
    refuse_unless(accepted or bool(line.reason), _("Give the institution the reason of each decision."))
    if said.decision == Decision.PARTLY:
        refuse_unless(
            NOTHING < line.confirmed < line.suspected and line.confirmed == line.confirmed.quantize(FEN),
            _("Upheld in part, more than nothing and less than ¥%(amount)s is confirmed.") % {"amount": line.suspected},
        )
    losing.reckon(line, said.loss)
    line.save(update_fields=["decision", "reason", "confirmed", *losing.FIELDS])


def books_the_decision(hearing: Hearing, made: Made[Hearing]) -> None:
    """what the fund lost suspected → confirmed, the rest suspected → withdrawn"""
    lines = list(hearing.lines.all())
    items = booked.items_of(lines)
    stands = booked.suspected(items)
    # A loss put by another method may be more than its share was: what is missing is suspected first.
    more = [
        (line, Stage.SOURCE, Stage.SUSPECTED, max(NOTHING, line.fund_confirmed - stands[line.pk])) for line in lines
    ]
    confirmed = [(line, Stage.SUSPECTED, Stage.CONFIRMED, line.fund_confirmed) for line in lines]
    withdrawn = [
        (line, Stage.SUSPECTED, Stage.WITHDRAWN, max(NOTHING, stands[line.pk] - line.fund_confirmed)) for line in lines
    ]
    booked.book(hearing, made, more + confirmed + withdrawn, items, gettext_noop("Decided by a second person"))


def reviewed_as(outcome: Review.Outcome) -> Effect[Hearing]:
    """The rule's quality card learns what came of its finding. The last effect: it writes into the chain of acts."""

    def reviews(hearing: Hearing, made: Made[Hearing]) -> None:
        cause = "" if outcome == Review.Outcome.UPHELD else Review.Cause(made.facts["cause"])
        try:
            reviewing.review(
                hearing.finding, outcome, by=made.by, note=made.note, cause=cause, page=lately().get(hearing.rule)
            )
        except reviewing.ReviewRefused as refusal:
            raise MoveRefused(str(refusal)) from refusal

    reviews.__doc__ = f"counts as {outcome} on the rule's quality card"
    return reviews


def known_cause(hearing: Hearing, made: Made[Hearing]) -> None:
    """for one of the causes of the quality card"""
    refuse_unless(made.facts["cause"] in Review.Cause.values, _("Say why it is withdrawn, by one of the causes."))


def by_the_first(hearing: Hearing, made: Made[Hearing]) -> None:
    """its doer is the first reviewer"""
    hearing.first_reviewer = made.by


def by_the_second(hearing: Hearing, made: Made[Hearing]) -> None:
    """its doer is the second reviewer"""
    hearing.second_reviewer = made.by
