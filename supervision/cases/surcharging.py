"""The surcharge on a fine that is overdue: a share of what is unpaid for each day, at most the fine, none while a
reconsideration or a suit lasts, and none on what was put off (Law on Administrative Penalty, arts. 66, 72 and 73).
It is worked out and shown day by day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone

from supervision.clocks import limits
from supervision.clocks.models import Clock
from supervision.ledger.models import Plan, Posting, Stage

from . import fining
from .models import Penalty, Proceeding
from .timing import places

NOTHING = Decimal("0.00")
PERCENT = Decimal(100)


@dataclass(frozen=True)
class Day:
    """What one overdue day adds."""

    on: date
    unpaid: Decimal
    added: Decimal
    total: Decimal


@dataclass(frozen=True)
class Deferral:
    """Parts of the fine that were put off, from the day on which that was granted until it ended."""

    since: date
    until: date | None
    parts: list[tuple[date, Decimal]]

    def put_off(self, on: date) -> Decimal:
        """What on this day is not due yet."""
        if on < self.since or (self.until is not None and on > self.until):
            return NOTHING
        return sum((amount for due_on, amount in self.parts if due_on >= on), NOTHING)


def fine_item(proceeding: Proceeding) -> str:
    """How the ledger names the fine."""
    return f"penalty {proceeding.number}"


def surcharge_item(proceeding: Proceeding) -> str:
    return f"surcharge {proceeding.number}"


def confiscation_item(proceeding: Proceeding) -> str:
    return f"confiscation {proceeding.number}"


def days(penalty: Penalty, until: date) -> Iterator[Day]:
    """The overdue days up to and including this one, until the highest surcharge is reached."""
    clock, fine = penalty.payment_clock, penalty.standing_fine
    if clock is None or clock.state == Clock.State.PAUSED or not fine:
        return  # a clock that stands still is due later than it says
    first = timezone.localdate(clock.due_at) + timedelta(1)
    place, total = penalty.proceeding.case.place_id, NOTHING
    rate = Decimal(limits.limit("P08", places(penalty.proceeding), first).amount) / PERCENT
    most = fining.fen(fine * fining.limit("surcharge_most", place, first).value)
    paid, put_off = payments(penalty), deferrals(penalty)
    quiet = list(penalty.challenges.values_list("since", "until"))
    for on in (first + timedelta(number) for number in range((until - first).days + 1)):
        due = fine - sum((deferral.put_off(on) for deferral in put_off), NOTHING)
        unpaid = due - sum((amount for day, amount in paid if day < on), NOTHING)
        if total >= most:
            return
        if unpaid <= 0:  # a payment that is taken back later leaves the days after it unpaid
            continue
        still = any(since <= on and (end is None or on <= end) for since, end in quiet)
        added = NOTHING if still else min(fining.fen(unpaid * rate), most - total)
        total += added
        yield Day(on, unpaid, added, total)


def accrued(penalty: Penalty, until: date | None = None) -> Decimal:
    """The surcharge up to a day, today if none is said."""
    total = NOTHING
    for day in days(penalty, until or timezone.localdate()):
        total = day.total
    return total


def late(penalty: Penalty) -> bool:
    """Whether something of the fine should have been paid before today and was not."""
    clock, today = penalty.payment_clock, timezone.localdate()
    if clock is None or not clock.has_run_out:
        return False
    due = penalty.standing_fine - sum((deferral.put_off(today) for deferral in deferrals(penalty)), NOTHING)
    return due > sum((amount for _day, amount in payments(penalty)), NOTHING)


def payments(penalty: Penalty) -> list[tuple[date, Decimal]]:
    """What came in on the fine, or was written off, by the day it counts for."""
    ends = (Stage.CASH, Stage.OFFSET, Stage.INSTALMENT, Stage.WRITTEN_OFF)
    rows = Posting.objects.filter(
        item__reference=fine_item(penalty.proceeding), stage__in=ends, amount__gt=0, entry__reverses=None,
        entry__reversed_by=None,
    )  # fmt: skip  # what was taken back never came in
    return list(rows.values_list("entry__day").annotate(Sum("amount")).order_by("entry__day"))


def deferrals(penalty: Penalty) -> list[Deferral]:
    """The plans by which the fine was put off, each for the days it held."""
    plans = Plan.objects.filter(item__reference=fine_item(penalty.proceeding), events__move="agree").order_by("pk")
    return [deferral(plan) for plan in plans.prefetch_related("events", "instalments")]


def deferral(plan: Plan) -> Deferral:
    moments = {event.move: timezone.localdate(event.at) for event in plan.events.all()}
    parts = [(part.due_on, part.amount) for part in plan.instalments.all()]
    return Deferral(moments["agree"], moments.get("end") or moments.get("fall"), parts)
