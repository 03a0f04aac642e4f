"""Which institutions of a territory are connected to reminders, and which of them ask."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Institution
from supervision.monitoring import thresholds
from supervision.monitoring.guards import Measure
from supervision.monitoring.places import ELSEWHERE, OWN, digits, divisions_of
from supervision.review.models import AskedTotal, Key

STATES: Mapping[str, Promise] = {
    "connected": _("connected"),
    "silent": _("has a key, but is silent"),
    "unconnected": _("has no key"),
    "today": _("asked today"),
    "month": _("asked this month"),
    "never": _("never asked"),
}


@dataclass(frozen=True)
class Connected:
    """Of so many institutions, how many are connected, and how many asked."""

    institutions: int = 0
    connected: int = 0
    silent: int = 0
    today: int = 0
    month: int = 0

    @property
    def share(self) -> float | None:
        return self.connected / self.institutions if self.institutions else None

    @property
    def share_today(self) -> float | None:
        return self.today / self.institutions if self.institutions else None

    @property
    def share_month(self) -> float | None:
        return self.month / self.institutions if self.institutions else None

    @property
    def unconnected(self) -> int:
        return self.institutions - self.connected - self.silent


def told(rows: QuerySet[Institution], *, today: dt.date | None = None) -> QuerySet[Any]:
    """The same institutions, with whether they hold an open key, and the days on which they were heard and asked."""
    today = today or timezone.localdate()
    totals = AskedTotal.objects.filter(institution=OuterRef("pk"), day__lte=today)
    asked = totals.filter(Q(reminders__gt=0) | Q(reviews__gt=0))
    last = totals.filter(messages__gt=0).order_by().values("institution").annotate(last=Max("day")).values("last")
    return rows.annotate(
        has_key=Exists(Key.objects.filter(institution=OuterRef("pk"), closed_at=None)),
        heard_on=Subquery(last),
        asked_today=Exists(asked.filter(day=today)),
        asked_this_month=Exists(asked.filter(day__gte=today.replace(day=1))),
        asked_ever=Exists(asked),
    )


def in_state(state: str, *, today: dt.date | None = None) -> Q:
    """Of `told` institutions, those in one of STATES."""
    heard = Q(heard_on__gte=heard_since(today or timezone.localdate()))
    return {
        "connected": Q(has_key=True) & heard,
        "silent": Q(has_key=True) & (~heard | Q(heard_on=None)),
        "unconnected": Q(has_key=False),
        "today": Q(asked_today=True),
        "month": Q(asked_this_month=True),
        "never": Q(asked_ever=False),
    }[state]


def heard_since(today: dt.date) -> dt.date:
    """The first of the days on which one message is enough not to be silent."""
    return today - dt.timedelta(days=int(thresholds.limit(Measure.HEARD_DAYS)))


def by_place(account: Account) -> dict[str, Connected]:
    """By the leading digits of the divisions right below the account's territory."""
    assert account.territory is not None
    rows = told(Institution.objects.visible_to(account))
    counted = rows.order_by().values(place=Left(F("division"), digits(account.territory))).annotate(
        institutions=Count("pk"),
        **{name: Count("pk", filter=in_state(name)) for name in ("connected", "silent", "today", "month")},
    )  # fmt: skip
    return {row.pop("place"): Connected(**row) for row in map(dict, counted)}


def together(some: Iterable[Connected]) -> Connected:
    found = list(some)
    return Connected(*(sum(getattr(one, name.name) for one in found) for name in fields(Connected)))


def below(account: Account) -> dict[str, str]:
    """The divisions right below a territory and the territory itself: every institution is of exactly one."""
    return {code: name for code, name in divisions_of(account).items() if code != ELSEWHERE}


def inside(account: Account, division: str, path: str = "") -> Q:
    """The rows of one of these divisions, all where none is named; `path` leads to the institution."""
    territory = account.territory
    assert territory is not None
    if not division:
        return Q()
    if division == OWN:
        return Q(**{f"{path}division": territory})
    return Q(**{f"{path}division__code__startswith": division[: digits(territory)]})
