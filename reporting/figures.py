"""The figures of the desk's first page: what needs its reader, and what is happening in their territory."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Count, Max, Q, Sum
from django.db.models.functions import Left

from claims.models import Batch, MonthTotal
from institutions.models import Institution
from supervision.monitoring.filters import STRENGTHS
from supervision.monitoring.guards import Hold
from supervision.monitoring.models import Finding, FindingTotal, FindingTotalQuerySet, Run
from supervision.monitoring.places import digits, division_of, divisions_of
from supervision.monitoring.terms import rule_title
from supervision.paging import capped_count

if TYPE_CHECKING:
    from institutions.models import Account

MONTHS = 24  # what a chart can show
INSTITUTIONS = 10
RUNS = 5

Kind = dict[str, Any]  # a row of added-up totals


@dataclass
class Total:
    """Findings of one kind, the amount they own, and the query string of the list they open to."""

    label: str
    query: str
    findings: int = 0
    owned: Decimal = Decimal(0)


@dataclass(frozen=True)
class Month:
    """The claims settled in a month, and what the fund paid for them."""

    month: str
    claims: int
    total: Decimal
    paid: Decimal
    loaded_at: datetime | None


@dataclass(frozen=True)
class Attention:
    """What waits for somebody."""

    new_findings: int
    newest: Run | None
    running: list[Run]
    parked: list[Run]
    failed: int
    with_rejects: int
    being_read: int
    stopped: int

    @property
    def nothing(self) -> bool:
        waiting = [self.new_findings, self.running, self.parked, self.failed, self.with_rejects, self.being_read,
                   self.stopped]  # fmt: skip
        return not any(waiting)


@dataclass(frozen=True)
class Findings:
    """The open findings of a territory, added up in each way the page shows them."""

    all: Total
    certain: Total
    suspicious: Total
    by_rule: list[Total]
    by_month: list[Total]
    by_division: list[Total]
    by_institution: list[Total]


def attention(account: "Account", runs: list[Run]) -> Attention:
    """What waits for somebody; `runs` are the latest, the newest first."""
    newest = next((run for run in runs if run.finished_at), None)
    new = Finding.objects.visible_to(account).open().filter(first_run=newest)
    batches = Batch.objects.visible_to(account).aggregate(
        failed=Count("pk", filter=Q(status=Batch.Status.FAILED)),
        with_rejects=Count("pk", filter=Q(status=Batch.Status.LOADED, rows_rejected__gt=0)),
        being_read=Count("pk", filter=Q(status__in=Batch.UNDERWAY)),
    )
    return Attention(
        new_findings=capped_count(new) if newest else 0,
        newest=newest,
        running=[run for run in runs if run.status == Run.Status.RUNNING],
        parked=[run for run in runs if run.status == Run.Status.PARKED],
        stopped=Hold.objects.visible_to(account).undecided().count(),
        **batches,
    )


def months(account: "Account") -> list[Month]:
    """The last months with claims, the oldest first. What a later batch ended does not count."""
    loaded = MonthTotal.objects.visible_to(account).filter(batch__status=Batch.Status.LOADED)
    rows = loaded.values("month").annotate(
        claims_=Sum("claims"), total_=Sum("total"), paid_=Sum("paid"), loaded_at=Max("batch__finished_at")
    )
    latest = rows.order_by("-month")[:MONTHS]
    return [Month(r["month"], r["claims_"], r["total_"], r["paid_"], r["loaded_at"]) for r in reversed(latest)]


def findings(account: "Account") -> Findings:
    """Two readings of the kept totals: by rule, month, certainty and division, and by institution."""
    assert account.territory is not None
    totals = FindingTotal.objects.visible_to(account).open().filter(findings__gt=0)
    place = Left("institution__division__code", digits(account.territory))
    kinds = list(added(totals, "rule", "month", "certainty", place=place))
    divisions = divisions_of(account)
    return Findings(
        all=total("", "", kinds),
        certain=_as_strong_as("certain", kinds),
        suspicious=_as_strong_as("suspicious", kinds),
        by_rule=by("rule", kinds, lambda kind: kind["rule"], rule_title),
        by_month=sorted(by("month", kinds, lambda kind: kind["month"], str), key=lambda t: t.label)[-MONTHS:],
        by_division=by("division", kinds, lambda kind: division_of(account, kind["place"]), divisions.__getitem__),
        by_institution=institutions(totals),
    )


def institutions(totals: FindingTotalQuerySet) -> list[Total]:
    """The institutions whose findings own the most."""
    rows = added(totals.exclude(institution=None), "institution").order_by("-owned_", "-findings_", "institution")
    most = list(rows[:INSTITUTIONS])
    names = Institution.objects.in_bulk([row["institution"] for row in most])
    return [total(str(names[r["institution"]]), urlencode({"institution": r["institution"]}), [r]) for r in most]


def added(totals: FindingTotalQuerySet, *kinds: str, **more: Any) -> Any:
    return totals.order_by().values(*kinds, **more).annotate(findings_=Sum("findings"), owned_=Sum("owned"))


def _as_strong_as(strength: str, kinds: list[Kind]) -> Total:
    label, certainties = STRENGTHS[strength]
    return total(str(label), f"certainty={strength}", [kind for kind in kinds if kind["certainty"] in certainties])


def total(label: str, query: str, kinds: Iterable[Kind]) -> Total:
    sum_ = Total(label, query)
    for kind in kinds:
        sum_.findings += kind["findings_"]
        sum_.owned += kind["owned_"]
    return sum_


def by(name: str, kinds: Iterable[Kind], key: Callable[[Kind], str], label: Callable[[str], str]) -> list[Total]:
    """The same kinds added up by one of their words, the most findings first."""
    groups: dict[str, list[Kind]] = {}
    for kind in kinds:
        groups.setdefault(key(kind), []).append(kind)
    sums = [total(label(word), urlencode({name: word}), group) for word, group in groups.items()]
    return sorted(sums, key=lambda sum_: (-sum_.findings, -sum_.owned, sum_.label))
