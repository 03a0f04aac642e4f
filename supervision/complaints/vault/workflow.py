"""An opening from its asking to its end, as a table. Reading is no move: the vault's process has it."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Duty
from supervision.audit.models import Act
from supervision.moves import Made, Move, Workflow, by_another_than, refuse_unless

from .concerned import handlers_of
from .models import Opening

State = Opening.State


# --- What moves ask for ------------------------------------------------------------------------------


def no_administrator(_opening: Opening, by: Account) -> None:
    """nobody who manages accounts"""
    refuse_unless(
        not by.holds(Duty.ADMINISTER), _("Who manages accounts neither opens identities nor approves it.")
    )  # fmt: skip


def not_the_handler(opening: Opening, by: Account) -> None:
    """nobody who handles what it belongs to"""
    refuse_unless(
        by.pk not in handlers_of(opening.subject), _("You handle this yourself: somebody else approves its opening.")
    )


def still_answerable(opening: Opening, _by: Account) -> None:
    """not after its time"""
    refuse_unless(opening.until > timezone.now(), _("Nobody has answered in time: ask for it anew."))


# --- What moves do -----------------------------------------------------------------------------------


def decided(opening: Opening, made: Made[Opening]) -> None:
    """keeps who decided"""
    opening.decided_by = made.by


def hours_run(opening: Opening, made: Made[Opening]) -> None:
    """lets the hours run"""
    opening.until = timezone.now() + timedelta(hours=opening.hours)


ANOTHER = by_another_than("asked_by")

OPENING: Workflow[Opening] = Workflow(
    name="opening",
    words=gettext_lazy("The opening of an identity"),
    states=State,
    act=Act.IDENTITY,
    first=State.ASKED,
    module="supervision/complaints/vault/workflow.py",
    moves={
        "approve": Move(
            frozenset({State.ASKED}), State.APPROVED, Duty.IDENTITY, gettext_lazy("Approve"),
            conditions=(ANOTHER, no_administrator, not_the_handler, still_answerable), effects=(decided, hours_run),
        ),
        "refuse": Move(
            frozenset({State.ASKED}), State.REFUSED, Duty.IDENTITY, gettext_lazy("Refuse"),
            conditions=(ANOTHER, no_administrator), effects=(decided,), needs_note=True,
        ),
        "end": Move(
            frozenset({State.ASKED, State.APPROVED}), State.ENDED, Duty.IDENTITY, gettext_lazy("End it now"),
        ),
        "lapse": Move(
            frozenset({State.ASKED, State.APPROVED}), State.LAPSED, Duty.IDENTITY, gettext_lazy("Its time is over"),
            by_itself=True,
        ),
    },
)  # fmt: skip
