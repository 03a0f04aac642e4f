"""What waits for an institution: each app tells its own entries, and the first screen lays them side by side."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Account, Duty
from supervision.clocks.models import Clock

SHOWN = 20  # of one sort: the rest stands on its own page

Row = TypeVar("Row", bound=models.Model)


class Kind(models.TextChoices):
    """What is asked of the institution, in one word."""

    ANSWER = "answer", pgettext_lazy("asked of an institution", "Answer")
    SIGN = "sign", pgettext_lazy("asked of an institution", "Sign")
    CORRECT = "correct", pgettext_lazy("asked of an institution", "Correct")
    PAY = "pay", pgettext_lazy("asked of an institution", "Pay")
    MAY = "may", _("You may")  # a right: nothing is missed where nobody uses it


@dataclass(frozen=True)
class Entry:
    """One thing to do: what, since when, by when, where, and which duties let somebody do it."""

    kind: Kind
    what: str
    address: str
    duties: tuple[Duty, ...] = ()  # any of them; none where it is not done on a page of ours
    since: date | None = None
    clock: Clock | None = None
    due_on: date | None = None  # where no clock runs
    about: str = ""
    count: int = 1  # how many things it stands for
    late: int = 0  # how many of them are overdue, where it stands for many

    @property
    def due_at(self) -> datetime | None:
        """By when: as the clock says it, or the end of the day."""
        if self.clock is not None:
            return self.clock.due_at
        return timezone.make_aware(datetime.combine(self.due_on, time.max)) if self.due_on else None

    @property
    def is_overdue(self) -> bool:
        if self.late:
            return True
        stands_still = self.clock is not None and self.clock.state == Clock.State.PAUSED
        return self.due_at is not None and self.due_at < timezone.now() and not stands_still

    @property
    def overdue(self) -> int:
        """How many of the things that it stands for are overdue."""
        return self.late or (self.count if self.is_overdue else 0)

    def may_be_done_by(self, account: Account) -> bool:
        return not self.duties or any(account.holds(duty) for duty in self.duties)


def past_clock(clock: str = "") -> Q:
    """Rows whose clock has run out and does not stand still: `clock` names it, nothing where the rows are clocks."""
    to = f"{clock}__" if clock else ""
    return Q(**{f"{to}due_at__lt": timezone.now()}) & ~Q(**{f"{to}state": Clock.State.PAUSED})


def past_day(day: str) -> Q:
    """Rows whose last day is over."""
    return Q(**{f"{day}__lt": timezone.localdate()})


def first_of(
    rows: "models.QuerySet[Row]",
    entry: Callable[[Row], Entry],
    further: Callable[[int], Entry],
    late: Q | None = None,
) -> list[Entry]:
    """An entry for each of the first rows, and one for all that are left, told how many of those are late.

    They are counted only where some are left, by one query. A right whose time is over is no right: of rights, those
    that are late are not counted.
    """
    found = list(rows[: SHOWN + 1])
    entries = [entry(row) for row in found[:SHOWN]]
    if len(found) <= SHOWN:
        return entries
    sums = rows.order_by().aggregate(all=Count("pk"), late=Count("pk", filter=Q(pk__in=[]) if late is None else late))
    left, over = sums["all"] - SHOWN, max(0, sums["late"] - sum(one.overdue for one in entries))
    rest = further(left)
    if rest.kind != Kind.MAY:
        return [*entries, replace(rest, late=over)]
    return [*entries, further(left - over)] if left > over else entries


def day_of(moment: Any) -> date | None:
    """The day on which it began, as people here count days."""
    if moment is None or not isinstance(moment, datetime):
        return moment if isinstance(moment, date) else None
    return timezone.localdate(moment)
