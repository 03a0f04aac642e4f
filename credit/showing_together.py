"""Many evaluations shown together: one wish, then each in a transaction of its own, with its own letter and history."""

import logging
from collections.abc import Mapping

from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Department, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import BeyondReach, MoveRefused, refuse_unless

from .models import Evaluation, Showing, ShowingLine
from .workflow import EVALUATION

MOST = 5_000  # evaluations of one wish: more than a prefecture has institutions
IN_ONE_GO = 100  # evaluations that a worker shows before it lets others in between
log = logging.getLogger(__name__)


def may_show(account: Account) -> bool:
    """Whether the account decides for a medical security department."""
    of_authority = account.department is not None and account.department.party == Department.Party.AUTHORITY
    return account.holds(Duty.DECIDE) and not account.institution_id and of_authority


@transaction.atomic
def ask_to_show(turns: Mapping[int, int], *, by: Account) -> Showing:
    """Write down that these evaluations are to be shown, by their keys with the turns that were looked at.

    `show_some` does it. What cannot be shown so is refused there, each with its reason.
    """
    refuse_unless(may_show(by), _("You do not hold the duty for this."))
    refuse_unless(bool(turns), _("Tick at least one."))
    refuse_unless(len(turns) <= MOST, _("At most %(most)d at once.") % {"most": MOST})
    keys = list(Evaluation.objects.visible_to(by).filter(pk__in=turns).order_by("pk").values_list("pk", flat=True))
    if not keys:
        raise BeyondReach(_("There is nothing here by that number."))
    showing = Showing.objects.create(by=by, asked=len(keys))
    ShowingLine.objects.bulk_create([ShowingLine(showing=showing, evaluation_id=key, turn=turns[key]) for key in keys])
    record(Act.CREDIT, by, str(showing), move="ask_to_show", asked=len(keys))
    return showing


def show_some(number: int, most: int = IN_ONE_GO) -> bool:
    """Show so many of a wish; False when nothing is left. Two at it at once share it; cut off, it goes on there."""
    return all(show_next(number) for _one in range(most))


@transaction.atomic
def show_next(number: int) -> bool:
    """The next of a wish, whole or not at all; False when nothing is left."""
    showing = Showing.objects.select_for_update(of=("self",)).get(pk=number)
    line = showing.lines.filter(outcome=ShowingLine.Outcome.WAITING).first()
    if line is None:
        if showing.finished_at is None:
            showing.finished_at = timezone.now()
            showing.save(update_fields=["finished_at"])
        return False
    line.why = refusal_of(line, by=Account.objects.get(pk=showing.by_id))
    line.outcome = ShowingLine.Outcome.REFUSED if line.why else ShowingLine.Outcome.SHOWN
    line.done_at = timezone.now()
    line.save(update_fields=["outcome", "why", "done_at"])
    return True


def refusal_of(line: ShowingLine, *, by: Account) -> str:
    """Show one; why it was refused, or nothing where it was shown."""
    try:
        with transaction.atomic():
            EVALUATION.make(line.evaluation, "publicise", by=by, turn=line.turn, showing=line.showing_id)
    except MoveRefused as refusal:
        return str(refusal)
    except OperationalError:
        raise  # the database is away: the wish is taken up again where it stands
    except Exception:
        # One that cannot be shown must not hold up the others.
        log.exception("%s could not be shown", line.evaluation)
        return _("An unforeseen error kept this from being done: see the log.")
    return ""


def all_of(rows: QuerySet[Evaluation]) -> dict[int, int]:
    """As many as one wish may hold, each with the turn at which it stands."""
    return dict(rows.order_by("pk").values_list("pk", "turn")[:MOST])
