"""How a finding is heard. docs/workflows.md shows this table."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from institutions.models import Duty
from supervision.audit.models import Act
from supervision.monitoring.guards import Review
from supervision.moves import Made, Move, Workflow, by_another_than

from . import answered, deciding, handling, letters, notifying, opening, timing, verifying
from .models import Hearing, State

UPHELD, WITHDRAWN = Review.Outcome.UPHELD, Review.Outcome.WITHDRAWN
another = by_another_than("first_reviewer")

MOVES: dict[str, Move[Hearing]] = {
    "take_up": Move(
        frozenset({State.RAISED}), State.FIRST_REVIEW, Duty.HEAR, _("Take up"),
        effects=(timing.takes_the_clock, deciding.by_the_first),
    ),
    "release": Move(
        frozenset({State.FIRST_REVIEW}), State.RELEASED, Duty.HEAR, _("Release: no violation"),
        effects=(
            deciding.known_cause, deciding.by_the_first, timing.meets, deciding.reviewed_as(WITHDRAWN),
        ),
        needs_note=True, asks=("cause",),
    ),
    "reopen": Move(
        frozenset({State.RELEASED}), State.RAISED, Duty.HEAR, _("Hear it again"),
        conditions=(opening.says_something_else,),
        effects=(notifying.alone, opening.begins_anew, timing.starts(timing.FIRST_REVIEW)),
    ),
    "notify": Move(
        frozenset({State.FIRST_REVIEW}), State.NOTIFIED, Duty.HEAR, _("Send to the institution"),
        effects=(
            notifying.freezes, notifying.alone, notifying.hears_the_lines, deciding.by_the_first,
            notifying.books_as_suspected, timing.meets, timing.starts_the_window, letters.issues_the_notice,
        ),
    ),
    "accept": Move(
        frozenset({State.NOTIFIED}), State.ACCEPTED, Duty.ANSWER, _("Accept every line"),
        conditions=(timing.in_the_window, answered.all_accepted),
        effects=(timing.meets_the_window, timing.starts(timing.SECOND_REVIEW)),
    ),
    "appeal": Move(
        frozenset({State.NOTIFIED}), State.APPEALED, Duty.ANSWER, _("Appeal"),
        conditions=(timing.in_the_window, answered.some_appealed),
        effects=(timing.meets_the_window, timing.starts(timing.SECOND_REVIEW)),
    ),
    "expire": Move(
        frozenset({State.NOTIFIED}), State.ACCEPTED, Duty.ANSWER, _("The time to answer runs out"),
        conditions=(timing.after_the_window, answered.nothing_appealed),
        effects=(answered.is_silent, timing.closes_the_window, timing.starts(timing.SECOND_REVIEW)), by_itself=True,
    ),
    "expire_appealed": Move(
        frozenset({State.NOTIFIED}), State.APPEALED, Duty.ANSWER, _("The time to answer runs out, a line is appealed"),
        conditions=(timing.after_the_window, answered.something_appealed),
        effects=(answered.is_silent, timing.closes_the_window, timing.starts(timing.SECOND_REVIEW)), by_itself=True,
    ),
    "second_review": Move(
        frozenset({State.ACCEPTED, State.APPEALED}), State.SECOND_REVIEW, Duty.HEAR, _("Begin the second review"),
        conditions=(another,), effects=(timing.takes_the_clock, deciding.by_the_second),
    ),
    "uphold": Move(
        frozenset({State.SECOND_REVIEW}), State.UPHELD, Duty.HEAR, _("Uphold, in whole or in part"),
        conditions=(another,),
        effects=(
            deciding.by_the_second, deciding.decides_the_lines, deciding.books_the_decision,
            timing.meets, letters.issues_the_decision, deciding.reviewed_as(UPHELD),
        ),
        needs_note=True,
    ),
    "withdraw": Move(
        frozenset({State.SECOND_REVIEW}), State.WITHDRAWN, Duty.HEAR, _("Withdraw"),
        conditions=(another,),
        effects=(
            deciding.known_cause, deciding.by_the_second, deciding.withdraws_the_lines,
            deciding.books_the_decision, timing.meets, letters.issues_the_decision, deciding.reviewed_as(WITHDRAWN),
        ),
        needs_note=True, asks=("cause",),
    ),
    "verify": Move(
        frozenset({State.SECOND_REVIEW}), State.VERIFICATION, Duty.HEAR, _("Verify on the spot"),
        conditions=(another, verifying.not_verified_yet),
        effects=(deciding.by_the_second, timing.meets, timing.starts(timing.VERIFICATION, held=True)),
        needs_note=True,
    ),
    "conclude": Move(
        frozenset({State.VERIFICATION}), State.SECOND_REVIEW, Duty.HEAR, _("Record what was seen on the spot"),
        conditions=(another,),
        effects=(verifying.records, timing.meets, timing.starts(timing.SECOND_REVIEW)),
        asks=("verified_on", "verified_by", "seen"),
    ),
    "handle": Move(
        frozenset({State.ACCEPTED, State.UPHELD}), State.HANDLED, Duty.HEAR, _("Hand on to a measure"),
        conditions=(handling.was_heard, handling.decided_by_two),
        effects=(handling.confirms_what_was_accepted, handling.takes_the_measure, timing.meets,
                 handling.asks_for_it_back, handling.tells_the_quality_card),
        asks=("measure",),
    ),
    "close": Move(
        frozenset({State.HANDLED}), State.CLOSED, Duty.HEAR, _("Close the hearing"),
        conditions=(handling.nothing_outstanding,), effects=(timing.meets,),
    ),
}  # fmt: skip


class HearingWorkflow(Workflow[Hearing]):
    """The table of hearings; its history says also with which others a hearing was decided."""

    def beside(self, locked: Hearing, made: Made[Hearing]) -> dict[str, Any]:
        return {"bulk_id": made.facts.get("bulk")}


HEARING = HearingWorkflow(
    name="hearing", words=_("The hearing of a finding"), states=State, act=Act.HEARING, moves=MOVES,
    first=State.RAISED, module=__name__,
)  # fmt: skip
