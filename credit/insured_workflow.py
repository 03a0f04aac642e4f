"""How an insured person's online settlement is suspended, and until when. docs/workflows.md shows this table."""

from django.utils.translation import gettext_lazy as _

from institutions.models import Department, Duty
from supervision.audit.models import Act
from supervision.moves import Move, Workflow

from . import insured
from .models import Offline, OfflineState

AUTHORITY = Department.Party.AUTHORITY
PROPOSED, IN_FORCE = OfflineState.PROPOSED, OfflineState.IN_FORCE

OFFLINE: Workflow[Offline] = Workflow(
    name="offline_settlement", words=_("A suspension of online settlement"), states=OfflineState, act=Act.CREDIT,
    first=PROPOSED, module=__name__,
    moves={
        "impose": Move(
            frozenset({PROPOSED}), IN_FORCE, Duty.DECIDE, _("Put it in force"), party=AUTHORITY,
            conditions=(insured.another_than_proposer, insured.penalty_stands), effects=(insured.impose,),
        ),
        "drop": Move(
            frozenset({PROPOSED}), OfflineState.DROPPED, Duty.DECIDE, _("Do not impose it"), party=AUTHORITY,
            needs_note=True, conditions=(insured.another_than_proposer,),
        ),
        "lift": Move(
            frozenset({IN_FORCE}), OfflineState.LIFTED, Duty.DECIDE, _("Lift it"), party=AUTHORITY, needs_note=True,
            conditions=(insured.another_than_proposer,), effects=(insured.lift,),
        ),
        "fall": Move(
            frozenset({IN_FORCE}), OfflineState.LIFTED, Duty.DECIDE, _("It falls with the penalty"), by_itself=True,
            conditions=(insured.penalty_fell,), effects=(insured.lift,),
        ),
        "end": Move(
            frozenset({IN_FORCE}), OfflineState.ENDED, Duty.DECIDE, _("Its last day is over"), by_itself=True,
            conditions=(insured.over,),
        ),
    },
)  # fmt: skip
