"""What became of the remarks of a month in a territory, added up from the totals of its days."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet, Sum
from django.db.models.functions import Left
from django.utils import timezone

from institutions.models import Account
from supervision.monitoring.places import digits, division_of
from supervision.monitoring.terms import rule_title
from supervision.review.models import RemarkTotal

MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
MOST_RULES = 15
SUMS = ("remarks", "obeyed", "overrode", "at_stake", "saved")


@dataclass(frozen=True)
class Period:
    """A month, as its first and its last day."""

    first: dt.date
    last: dt.date

    @classmethod
    def of(cls, month: str) -> "Period":
        """The month that is named, else the present one."""
        said = MONTH.fullmatch(month)
        first = dt.date.fromisoformat(f"{month}-01") if said else timezone.localdate().replace(day=1)
        following = (first + dt.timedelta(days=31)).replace(day=1)
        return cls(first, following - dt.timedelta(days=1))

    @property
    def month(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def query(self) -> dict[str, str]:
        """The list of remarks narrowed to these days."""
        return {"since": self.first.isoformat(), "until": self.last.isoformat()}


@dataclass(frozen=True)
class Sums:
    """Remarks of one kind, what became of them, and the query string of the list they open to."""

    label: str
    query: str
    remarks: int = 0
    obeyed: int = 0
    overrode: int = 0
    at_stake: Decimal = Decimal(0)
    saved: Decimal = Decimal(0)

    @property
    def unanswered(self) -> int:
        return self.remarks - self.obeyed - self.overrode

    @property
    def obeyed_share(self) -> float | None:
        return self.obeyed / self.remarks if self.remarks else None

    @property
    def overrode_share(self) -> float | None:
        return self.overrode / self.remarks if self.remarks else None


@dataclass(frozen=True)
class Remarked:
    """The remarks of a month in each way the page shows them."""

    all: Sums
    by_day: list[Sums]
    by_rule: list[Sums]  # the most overridden first
    by_place: dict[str, Sums]


def months(account: Account) -> list[str]:
    """The months that remarks are of, the latest first; the present one is always there."""
    found = RemarkTotal.objects.visible_to(account).dates("day", "month")
    return sorted({f"{one:%Y-%m}" for one in found} | {f"{timezone.localdate():%Y-%m}"}, reverse=True)


def remarked(account: Account, period: Period) -> Remarked:
    assert account.territory is not None
    totals = RemarkTotal.objects.visible_to(account).filter(day__range=(period.first, period.last))
    days = {row["day"]: row for row in added(totals, "day")}
    every = [period.first + dt.timedelta(days=number) for number in range((period.last - period.first).days + 1)]
    places: dict[str, list[dict[str, Any]]] = {}
    for row in added(totals, place=Left("institution__division", digits(account.territory))):
        places.setdefault(division_of(account, row["place"]), []).append(row)
    return Remarked(
        all=sums("", period.query, days.values()),
        by_day=[
            sums(f"{day}", {"since": f"{day}", "until": f"{day}"}, [days[day]] if day in days else [])
            for day in every if day <= timezone.localdate()
        ],
        by_rule=[
            sums(rule_title(row["rule"]), period.query | {"rule": row["rule"]}, [row])
            for row in added(totals.filter(overrode__gt=0), "rule").order_by("-overrode_", "rule")[:MOST_RULES]
        ],
        by_place={place: sums(place, period.query | {"division": place}, rows) for place, rows in places.items()},
    )  # fmt: skip


def added(totals: QuerySet[Any], *kinds: str, **more: Any) -> Any:
    return totals.order_by().values(*kinds, **more).annotate(**{f"{name}_": Sum(name) for name in SUMS})


def sums(label: str, query: dict[str, str], rows: Iterable[dict[str, Any]]) -> Sums:
    found = list(rows)
    added_up = {name: sum((row[f"{name}_"] for row in found), Decimal(0)) for name in ("at_stake", "saved")}
    counted = {name: sum(row[f"{name}_"] for row in found) for name in ("remarks", "obeyed", "overrode")}
    return Sums(label, urlencode(query), **counted, **added_up)  # type: ignore[arg-type]
