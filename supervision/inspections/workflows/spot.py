"""How a random inspection goes: drawn by the plan, and published in time. docs/workflows.md shows this table."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Duty
from supervision.audit.models import Act
from supervision.cases.facts import DAY
from supervision.inspections import joining, letters, teaming, timing
from supervision.inspections.models import Inspection
from supervision.inspections.models.inspections import RandomState as S
from supervision.moves import Made, Move, Workflow, refuse_unless

from . import shared
from .shared import AUTHORITY, PUBLISHED


def was_drawn(inspection: Inspection, by: Account) -> None:
    """by a draw that is kept"""
    refuse_unless(
        inspection.draw is not None and inspection.institution is not None, _("A random inspection begins with a draw.")
    )


def names_the_drawn(inspection: Inspection, made: Made[Inspection]) -> None:
    """makes the drawn officers its team"""
    teaming.name_the_drawn(inspection, by=made.by)


MOVES: shared.Moves = {
    "draw": Move(
        frozenset({S.PLANNED}), S.DRAWN, Duty.INVESTIGATE, gettext_lazy("Take the drawn team"), party=AUTHORITY,
        conditions=(was_drawn,), effects=(names_the_drawn,),
    ),
    "notify": Move(
        frozenset({S.DRAWN}), S.NOTIFIED, Duty.INVESTIGATE, gettext_lazy("Serve the notice"), party=AUTHORITY,
        conditions=(shared.by_an_officer, shared.team_is_whole, shared.repetition_is_explained),
        effects=(letters.serves_the_notice,), asks=(DAY,),
    ),
    **shared.on_site(frozenset({S.DRAWN, S.NOTIFIED})),
    **shared.heard(S.FEEDBACK),
    "conclude": Move(
        frozenset({S.DEFENDED}), S.CONCLUDED, Duty.INVESTIGATE, gettext_lazy("Decide together and conclude"),
        party=AUTHORITY,
        conditions=(shared.by_the_leader, shared.disputes_are_decided, shared.nothing_is_sealed),
        effects=(letters.decides, timing.starts(timing.PUBLICATION, Duty.DECIDE)), needs_note=True,
    ),
    "hand_on": Move(
        frozenset({S.CONCLUDED}), S.CONCLUDED, Duty.HEAR, gettext_lazy("Hand the findings on"), party=AUTHORITY,
        conditions=(joining.not_joined_yet,), effects=(joining.joins,),
    ),
    "publish": Move(
        frozenset({S.CONCLUDED}), S.PUBLISHED, Duty.DECIDE, gettext_lazy("Publish the result"), party=AUTHORITY,
        conditions=(shared.by_nobody_of_the_team, joining.everything_is_joined),
        effects=(shared.publishes, timing.meets), asks=(PUBLISHED,),
    ),
    "close": Move(
        frozenset({S.PUBLISHED}), S.CLOSED, Duty.DECIDE, gettext_lazy("Close the inspection"), party=AUTHORITY,
    ),
    **shared.cancelled(frozenset({S.PLANNED, S.DRAWN, S.NOTIFIED})),
}  # fmt: skip

RANDOM = Workflow[Inspection](
    name="random_inspection", words=gettext_lazy("A random inspection"), states=S, act=Act.CASE, moves=MOVES,
    first=S.PLANNED, module=__name__,
)  # fmt: skip
