"""Like findings decided together: one wish, then each in a transaction of its own, with its own record."""

import logging
from collections.abc import Sequence
from typing import Any

from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account
from supervision.monitoring import owning, reviewing
from supervision.monitoring.models import Finding
from supervision.moves import BeyondReach, MoveRefused, refuse_unless

from .models import Bulk, Hearing
from .opening import open_hearing
from .workflow import HEARING

log = logging.getLogger(__name__)
TAKE_UP = "open"  # of findings that are not heard yet
MOST = 500
# What can be wished for many at once: nothing that has to be said of each by itself.
TOGETHER = ("take_up", "release", "notify", "second_review", "uphold", "withdraw", "verify", "handle", "close")


def decide(hearings: Sequence[Hearing], move: str, *, by: Account, note: str = "", **facts: Any) -> Bulk:
    """Make one move with all of these hearings, as the account has seen them; the refused are told why."""
    return carry_out(ask(hearings, move, by=by, note=note, **facts))


def take_up(findings: Sequence[Finding], *, by: Account) -> Bulk:
    """Begin the hearings of all of these findings."""
    return carry_out(ask_to_take_up(findings, by=by))


def ask(hearings: Sequence[Hearing], move: str, *, by: Account, note: str = "", **facts: Any) -> Bulk:
    """Write the wish down; `carry_out` does it."""
    refuse_unless(move in TOGETHER, _("That is decided for each finding by itself."))
    return wish([(hearing.pk, hearing.turn) for hearing in hearings], move, by=by, note=note, facts=facts)


def ask_to_take_up(findings: Sequence[Finding], *, by: Account) -> Bulk:
    return wish([(finding.pk, 0) for finding in findings], TAKE_UP, by=by)


def wish(
    wanted: Sequence[tuple[int, int]], move: str, *, by: Account, note: str = "", facts: dict[str, Any] | None = None
) -> Bulk:
    refuse_unless(bool(wanted), _("Tick at least one."))
    refuse_unless(len(wanted) <= MOST, _("At most %(most)d at once.") % {"most": MOST})
    return Bulk.objects.create(
        move=move, note=note, facts=facts or {}, by=by, wanted=[list(one) for one in wanted], asked=len(wanted)
    )


def carry_out(bulk: Bulk) -> Bulk:
    """Do what is left of a wish. Two at it at once share it; cut off, it is taken up again where it stood."""
    with owning.settled_together(), reviewing.judged_together():
        while do_next(bulk.pk):
            pass
    return Bulk.objects.get(pk=bulk.pk)


@transaction.atomic
def do_next(number: int) -> bool:
    """The next of a wish, whole or not at all; False when nothing is left."""
    bulk = Bulk.objects.select_for_update(of=("self",)).select_related("by").get(pk=number)
    place = bulk.done + len(bulk.refused)
    if place == len(bulk.wanted):
        return False
    one, turn = bulk.wanted[place]
    try:
        with transaction.atomic():
            do(bulk, one, turn)
    except MoveRefused as refusal:
        bulk.refused.append({"number": one, "why": str(refusal)})
    except OperationalError:
        raise  # the database is away: the wish is taken up again where it stands
    except Exception:
        # One that cannot be done must not hold up the others.
        log.exception("Wish %s could not be done with %s", bulk.pk, one)
        bulk.refused.append({"number": one, "why": _("An unforeseen error kept this from being done: see the log.")})
    else:
        bulk.done += 1
    if place + 1 == len(bulk.wanted):
        bulk.finished_at = timezone.now()
    bulk.save(update_fields=["done", "refused", "finished_at"])
    return True


def do(bulk: Bulk, one: int, turn: int) -> None:
    if bulk.move == TAKE_UP:
        hearing = open_hearing(found(Finding, one), by=bulk.by, bulk=bulk)
        HEARING.make(hearing, "take_up", by=bulk.by, bulk=bulk.pk)
    else:
        hearing = found(Hearing, one)
        HEARING.make(hearing, bulk.move, by=bulk.by, note=bulk.note, turn=turn, bulk=bulk.pk, **bulk.facts)


def found(kind: type[Any], number: int) -> Any:
    """What stands there by that number, or the refusal that says nothing does."""
    if (one := kind.objects.filter(pk=number).first()) is None:
        raise BeyondReach(_("There is nothing here by that number."))
    return one
