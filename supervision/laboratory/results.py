"""What a comparison found, as far as an account may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from institutions.models import Account, Institution

from .models import Change, ChangedFinding, ChangeTotal, ComparedMonth, Comparison, Version

MOST_INSTITUTIONS = 30


@dataclass(frozen=True)
class Total:
    """One kind of change; the stakes are of this rule alone and say nothing of who owns them."""

    change: Change
    findings: int
    institutions: int
    before: Decimal
    after: Decimal


@dataclass(frozen=True)
class AtInstitution:
    institution: Institution
    new: int
    gone: int
    changed: int
    difference: Decimal


@dataclass(frozen=True)
class Result:
    totals: Sequence[Total]
    institutions: Sequence[AtInstitution]
    samples: Sequence[tuple[Change, Sequence[ChangedFinding]]]


def of(months: Sequence[int], account: Account, *, changes: Sequence[Change] = tuple(Change), most: int = 20) -> Result:
    """The sums over these months, by kind of change and by institution, and some findings to look at."""
    rows = ChangeTotal.objects.visible_to(account).filter(month__in=months, change__in=changes).order_by()
    summed = rows.values("change").annotate(
        n=Sum("findings"), places=Count("institution", distinct=True), b=Sum("before"), a=Sum("after")
    )
    by_change = {row["change"]: row for row in summed}
    nothing = {"n": 0, "places": 0, "b": Decimal(0), "a": Decimal(0)}
    totals = [
        Total(change, row["n"], row["places"], row["b"], row["a"])
        for change in changes
        for row in [by_change.get(change, nothing)]
    ]
    some = ChangedFinding.objects.visible_to(account).filter(month__in=months).select_related("institution", "month")
    samples = [(change, list(some.filter(change=change)[:most])) for change in changes if change != Change.SAME]
    return Result(totals, at_institutions(rows), samples)


def at_institutions(rows: "ChangeTotal.objects.__class__") -> list[AtInstitution]:  # type: ignore[name-defined]
    """The institutions that the change touches most."""
    counted = (
        rows.exclude(change=Change.SAME)
        .exclude(institution=None)
        .values("institution")
        .annotate(
            n=Sum("findings"),
            new=Sum("findings", filter=Q(change=Change.NEW), default=0),
            gone=Sum("findings", filter=Q(change=Change.GONE), default=0),
            changed=Sum("findings", filter=Q(change=Change.CHANGED), default=0),
            before=Sum("before"),
            after=Sum("after"),
        )
        .order_by("-n", "institution")[:MOST_INSTITUTIONS]
    )
    names = Institution.objects.in_bulk([row["institution"] for row in counted])
    return [
        AtInstitution(names[row["institution"]], row["new"], row["gone"], row["changed"], row["after"] - row["before"])
        for row in counted
    ]


@dataclass(frozen=True)
class Trial:
    """What the version on trial finds now: of each month its latest turn."""

    months: Sequence[str]
    turns: Sequence[Comparison]
    result: Result


def trial(version: Version, account: Account) -> Trial | None:
    turns = list(version.comparisons.filter(kind=Comparison.Kind.TRIAL))
    if not turns:
        return None
    latest = (
        ComparedMonth.objects.filter(comparison__in=turns)
        .exclude(done_at=None)
        .order_by("month", "-comparison_id")
        .distinct("month")
    )
    months = {month.pk: month.month for month in latest}
    return Trial(
        sorted(months.values()), turns, of(list(months), account, changes=(Change.NEW, Change.GONE, Change.CHANGED))
    )
