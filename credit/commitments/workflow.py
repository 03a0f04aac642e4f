"""How a commitment is told, signed, kept or broken. docs/workflows.md shows this table."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Department, Duty
from supervision.audit.models import Act
from supervision.moves import Move, Workflow, by_another_than, refuse_unless

from . import committing
from .models import Commitment, State

AUTHORITY = Department.Party.AUTHORITY
by_another = by_another_than("alleger")


def begun(commitment: Commitment, by: Account) -> None:
    """its first day has come"""
    first = commitment.valid_from
    refuse_unless(first is not None and first <= timezone.localdate(), _("Its first day has not come yet."))


def ended(commitment: Commitment, by: Account) -> None:
    """its last day is over"""
    last = commitment.valid_until
    refuse_unless(last is not None and last < timezone.localdate(), _("Its last day is not over yet."))


COMMITMENT: Workflow[Commitment] = Workflow(
    name="commitment", words=gettext_lazy("A commitment"), states=State, act=Act.COMMITMENT, first=State.DRAFT,
    module=__name__,
    moves={
        "tell": Move(
            frozenset({State.DRAFT}), State.TOLD, Duty.CREDIT, gettext_lazy("Tell the institution"), party=AUTHORITY,
            effects=(committing.tell,),
        ),
        "tell_again": Move(
            frozenset({State.TOLD}), State.TOLD, Duty.CREDIT, gettext_lazy("Issue its missing text"), party=AUTHORITY,
            conditions=(committing.text_is_missing,), effects=(committing.tell,),
        ),
        "sign": Move(
            frozenset({State.TOLD}), State.SIGNED, Duty.SIGN, gettext_lazy("Sign it"),
            conditions=(committing.text_is_there,), asks=(committing.SIGNER, committing.STATED),
            effects=(committing.sign,),
        ),
        "take_effect": Move(
            frozenset({State.SIGNED}), State.IN_FORCE, Duty.CREDIT, gettext_lazy("It comes into force"),
            by_itself=True, conditions=(begun,), effects=(committing.stand_for_proof,),
        ),
        "allege": Move(
            frozenset({State.IN_FORCE}), State.ALLEGED, Duty.CREDIT, gettext_lazy("Say that it was breached"),
            party=AUTHORITY, needs_note=True, asks=(committing.RECORD_KIND, committing.RECORD_NUMBER),
            effects=(committing.allege,),
        ),
        "state": Move(
            frozenset({State.ALLEGED}), State.ALLEGED, Duty.SIGN, gettext_lazy("State our view"), needs_note=True,
            effects=(committing.state_own,),
        ),
        "breach": Move(
            frozenset({State.ALLEGED}), State.BREACHED, Duty.DECIDE, gettext_lazy("Decide that it was breached"),
            party=AUTHORITY, needs_note=True, conditions=(by_another,),
            effects=(committing.breach, committing.stand_no_more),
        ),
        "drop": Move(
            frozenset({State.ALLEGED}), State.IN_FORCE, Duty.DECIDE, gettext_lazy("Leave it in force"),
            party=AUTHORITY, needs_note=True, conditions=(by_another,), effects=(committing.drop,),
        ),
        "annul": Move(
            frozenset({State.BREACHED}), State.WITHDRAWN, Duty.DECIDE, gettext_lazy("Annul the breach"),
            party=AUTHORITY, needs_note=True, conditions=(by_another,), effects=(committing.annul,),
        ),
        "expire": Move(
            frozenset({State.IN_FORCE}), State.EXPIRED, Duty.CREDIT, gettext_lazy("It was kept to its end"),
            by_itself=True, conditions=(ended,), effects=(committing.keep_merit, committing.stand_no_more),
        ),
        "withdraw": Move(
            frozenset({State.DRAFT, State.TOLD, State.SIGNED, State.IN_FORCE}), State.WITHDRAWN, Duty.CREDIT,
            gettext_lazy("Withdraw it"), party=AUTHORITY, needs_note=True, effects=(committing.stand_no_more,),
        ),
    },
)  # fmt: skip
