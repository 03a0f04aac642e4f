"""My work: what is mine to do, by its deadline; what I am to decide; what waits for others."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from institutions.models import Account, Duty
from supervision.clocks.models import Clock, ClockQuerySet, Extension, Pause

SHOWN = 30


@dataclass(frozen=True)
class Pile:
    """The most urgent clocks of a kind, and whether there are more of them."""

    clocks: list[Clock]
    more: bool


def pile(rows: ClockQuerySet) -> Pile:
    found = list(rows.select_related("limit", "holder").order_by("due_at", "pk")[: SHOWN + 1])
    return Pile(found[:SHOWN], len(found) > SHOWN)


@dataclass(frozen=True)
class Work:
    """What stands on somebody's desk."""

    overdue: Pile
    due: Pile
    waiting: Pile
    asked: list[Pause | Extension]  # time that I have asked for, and nobody has decided on
    to_decide: list[Pause | Extension]  # time that others have asked for


def work_of(account: Account, now: datetime | None = None) -> Work:
    now = now or timezone.now()
    owed = Clock.objects.owed_by(account).going()
    late = Q(state=Clock.State.RUNNING, due_at__lt=now)
    asked = [one for one in undecided(account) if one.asked_by_id == account.pk]
    others = [one for one in undecided(account) if one.asked_by_id != account.pk]
    return Work(
        overdue=pile(owed.filter(late)),
        due=pile(owed.exclude(late)),
        waiting=pile(waiting_for_others(account)),
        asked=asked,
        to_decide=others if account.holds(Duty.DECIDE) else [],
    )


def waiting_for_others(account: Account) -> ClockQuerySet:
    """What institutions owe us, and what I have handed over to somebody."""
    going = Clock.objects.visible_to(account).going().exclude(holder=account)
    return going.filter(~Q(institution="") | Q(hand_overs__giver=account)).distinct()


def undecided(account: Account) -> list[Pause | Extension]:
    """Time that was asked for in the territory, and that nobody has given or refused yet."""
    seen = Clock.objects.visible_to(account).going()
    found: list[Pause | Extension] = []
    for rows in Pause.objects.undecided(), Extension.objects.undecided():
        found += rows.filter(clock__in=seen).select_related("clock__limit", "asked_by").order_by("asked_at")[:SHOWN]
    return found
