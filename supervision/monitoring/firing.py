"""How often rules fire in a territory."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.models import Batch, MonthTotal
from supervision.charts import Bar, Chart

from .models import FindingTotal
from .rulebook import Rule
from .wording import month_words

if TYPE_CHECKING:
    from institutions.models import Account


@dataclass(frozen=True)
class Fired:
    """One rule's open findings, and their share of all open findings."""

    rule: Rule
    findings: int
    owned: Decimal
    share: Decimal | None


@dataclass(frozen=True)
class Month:
    """One rule's open findings of a month, beside the charges of the territory's institutions in it."""

    month: str
    findings: int
    owned: Decimal
    charges: int

    @property
    def rate(self) -> Decimal | None:
        """Findings for each 10,000 charges."""
        return Decimal(self.findings) * 10_000 / self.charges if self.charges else None


def rules(chosen: Iterable[Rule], account: "Account") -> list[Fired]:
    totals = FindingTotal.objects.visible_to(account).open().order_by()
    kept: dict[str, dict[str, Any]] = {
        row["rule"]: dict(row) for row in totals.values("rule").annotate(n=Sum("findings"), amount=Sum("owned"))
    }
    everything = sum(row["n"] for row in kept.values())
    nothing: dict[str, Any] = {"n": 0, "amount": Decimal(0)}
    return [
        Fired(rule, row["n"], row["amount"], Decimal(row["n"]) / everything if everything else None)
        for rule in chosen
        for row in [kept.get(rule.code, nothing)]
    ]


def months(code: str, account: "Account") -> list[Month]:
    """The rule's months, the earliest first: those with findings or with charges."""
    totals = FindingTotal.objects.visible_to(account).open().filter(rule=code).order_by()
    found: dict[str, dict[str, Any]] = {
        row["month"]: dict(row) for row in totals.values("month").annotate(n=Sum("findings"), amount=Sum("owned"))
    }
    loaded = MonthTotal.objects.visible_to(account).filter(batch__status=Batch.Status.LOADED).order_by()
    charges = dict(loaded.values("month").annotate(n=Sum("charges")).values_list("month", "n"))
    nothing: dict[str, Any] = {"n": 0, "amount": Decimal(0)}
    return [
        Month(month, row["n"], row["amount"], charges.get(month, 0))
        for month in sorted(found.keys() | charges.keys())
        for row in [found.get(month, nothing)]
    ]


def chart(code: str, months: Iterable[Month]) -> Chart:
    """Findings by month, each opening to its list."""
    findings = reverse("monitoring:findings")
    bars = [
        Bar(month_words(month.month), [month.findings], f"{findings}?rule={code}&month={month.month}")
        for month in months
    ]
    return Chart("rule-by-month", _("Findings by month"), _("Month"), [_("Findings")], "count", bars)
