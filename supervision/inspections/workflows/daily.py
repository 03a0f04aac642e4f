"""How a daily inspection goes: issued, made, and ended in one of four ways. docs/workflows.md shows this table."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Duty
from supervision.audit.models import Act
from supervision.cases.facts import Kind, ask
from supervision.inspections import joining, letters, voting
from supervision.inspections.models import Inspection
from supervision.inspections.models.inspections import DailyState as S
from supervision.moves import Condition, Effect, Made, Move, Workflow, by_another_than, refuse_unless

from . import shared
from .shared import AUTHORITY, PUBLISHED

DEMAND = ask("demand", Kind.WORDS, gettext_lazy("What must be put right"))
CORRECT_BY = ask("correct_by", Kind.DAY, gettext_lazy("To be corrected by"))

another_than_proposer = by_another_than("proposer")


def nothing_stands(inspection: Inspection, by: Account) -> None:
    """without a finding that stands"""
    refuse_unless(not shared.standing(inspection)["any"], _("A finding stands."))


def something_stands(inspection: Inspection, by: Account) -> None:
    """with a finding that stands"""
    refuse_unless(shared.standing(inspection)["any"], _("No finding stands."))


def no_lines_stand(inspection: Inspection, by: Account) -> None:
    """where no standing finding names a settlement line"""
    refuse_unless(
        not shared.standing(inspection)["lines"],
        _("A finding that names settlement lines is heard, not only corrected."),
    )


def orders(inspection: Inspection, made: Made[Inspection]) -> None:
    """issues correction_order and serves it"""
    facts = voting.standing_facts(inspection)
    letter = letters.write(
        "correction_order", inspection, by=made.by, facts=letters.told_standing(facts),
        basis="、".join(dict.fromkeys(fact.norm for fact in facts)), demand=made.facts["demand"],
        deadline=made.facts["correct_by"],
    )  # fmt: skip
    letters.serve(letter, inspection, by=made.by)


def ends(
    after: str, words: Promise, *conditions: Condition[Inspection], duty: Duty = Duty.HEAR,
    effects: tuple[Effect[Inspection], ...] = (), asks: tuple[str, ...] = (),
) -> Move[Inspection]:  # fmt: skip
    """One of the four ways in which it is decided, once the officers have decided what is disputed."""
    return Move(
        frozenset({S.DEFENDED}), after, duty, words, party=AUTHORITY,
        conditions=(shared.disputes_are_decided, shared.nothing_is_sealed, *conditions),
        effects=(letters.decides, *effects), needs_note=True, asks=asks,
    )  # fmt: skip


MOVES: shared.Moves = {
    "issue": Move(
        frozenset({S.PLANNED}), S.ISSUED, Duty.DECIDE, gettext_lazy("Issue it to the inspectors"), party=AUTHORITY,
        conditions=(another_than_proposer, shared.team_is_whole, shared.repetition_is_explained),
        effects=(shared.approves,),
    ),
    **shared.on_site(frozenset({S.ISSUED})),
    **shared.heard(S.FEEDBACK),
    "no_problem": ends(S.NO_PROBLEM, gettext_lazy("No problem was found"), nothing_stands, duty=Duty.INVESTIGATE),
    "correct": ends(
        S.CORRECTION, gettext_lazy("Order it to be put right"), something_stands, no_lines_stand,
        effects=(orders,), asks=(DEMAND, CORRECT_BY),
    ),
    "breach": ends(
        S.BREACH, gettext_lazy("Handle it by agreement"), something_stands, effects=(joining.joins,),
    ),
    "case": ends(
        S.CASE, gettext_lazy("Hand the findings on as a case"), something_stands, effects=(joining.joins,),
    ),
    "close": Move(
        frozenset({S.NO_PROBLEM, S.CORRECTION, S.BREACH, S.CASE}), S.CLOSED, Duty.DECIDE,
        gettext_lazy("Close it and publish the result"), party=AUTHORITY,
        conditions=(shared.by_nobody_of_the_team,), effects=(shared.publishes,), asks=(PUBLISHED,),
    ),
    **shared.cancelled(frozenset({S.PLANNED, S.ISSUED})),
}  # fmt: skip

DAILY = Workflow[Inspection](
    name="daily_inspection", words=gettext_lazy("A daily inspection"), states=S, act=Act.CASE, moves=MOVES,
    first=S.PLANNED, module=__name__,
)  # fmt: skip
