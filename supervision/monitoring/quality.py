"""How good each rule is: what it found, what people made of it, and whether it treats institutions alike.

All of it comes from kept totals and from reviews, never from the findings one by one.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from claims.models import Batch, MonthTotal
from institutions.models import Division, Institution
from supervision.charts import Bar, Chart

from . import thresholds
from .guards import Demotion, Hold, Measure, Review, ReviewQuerySet
from .models import Finding, FindingTotal
from .reviewing import wilson
from .rulebook import Rule
from .standing import lately
from .terms import rule_title
from .thresholds import Limit
from .wording import month_words

if TYPE_CHECKING:
    from institutions.models import Account

PER = 10_000  # charges
WIDTH, HEIGHT = 100, 24  # of the small series


@dataclass
class Reviewed:
    """Reviews of some findings, and the share of them that was upheld."""

    label: str = ""
    upheld: int = 0
    withdrawn: int = 0
    unlike: bool = False  # too far from the rule's overall precision

    @property
    def count(self) -> int:
        return self.upheld + self.withdrawn

    @property
    def precision(self) -> float | None:
        return self.upheld / self.count if self.count else None

    @property
    def interval(self) -> tuple[float, float] | None:
        return wilson(self.upheld, self.count)


@dataclass
class Card:
    """One rule's quality, as far as the reader's territory shows it."""

    code: str
    by_status: dict[str, int] = field(default_factory=dict)
    at_stake: Decimal = Decimal(0)
    owned: Decimal = Decimal(0)
    upheld_amount: Decimal = Decimal(0)
    reviewed: Reviewed = field(default_factory=Reviewed)
    causes: dict[str, int] = field(default_factory=dict)
    levels: list[Reviewed] = field(default_factory=list)
    areas: list[Reviewed] = field(default_factory=list)
    series: list[tuple[str, Decimal]] = field(default_factory=list)  # findings for 10,000 charges, month by month
    demotion: Demotion | None = None
    held: int = 0  # undecided holds

    @property
    def title(self) -> str:
        return rule_title(self.code)

    @property
    def rule(self) -> Rule | None:
        return lately().get(self.code)

    @property
    def fired(self) -> int:
        """All that it ever found."""
        return sum(self.by_status.values())

    @property
    def open(self) -> int:
        return self.by_status.get(Finding.Status.OPEN, 0)

    @property
    def unlike(self) -> list[Reviewed]:
        return [group for group in (*self.levels, *self.areas) if group.unlike]

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why people withdrew, the most frequent first."""
        ordered = sorted(self.causes.items(), key=lambda cause: -cause[1])
        return [(str(Review.Cause(cause).label), count) for cause, count in ordered]

    @property
    def rank(self) -> tuple[bool, float, int, str]:
        """The surely worst first; then what nobody has reviewed, the most findings first."""
        interval = self.reviewed.interval
        return (interval is None, interval[1] if interval else 0.0, -self.fired, self.code)

    @cached_property
    def points(self) -> str:
        """The series as a line in a picture of 100 by 24."""
        most = max((rate for _month, rate in self.series), default=Decimal(0)) or Decimal(1)
        step = Decimal(WIDTH) / max(len(self.series) - 1, 1)
        return " ".join(
            f"{number * step:.1f},{HEIGHT - rate / most * HEIGHT:.1f}"
            for number, (_month, rate) in enumerate(self.series)
        )

    @property
    def latest(self) -> Decimal | None:
        return self.series[-1][1] if self.series else None


def cards(account: "Account", codes: Collection[str] | None = None) -> list[Card]:
    """A card for each rule (or those named), the worst first."""
    found: dict[str, Card] = {code: Card(code) for code in (lately() if codes is None else codes)}
    add_findings(found, account)
    add_reviews(found, account)
    for demotion in Demotion.objects.filter(rule__in=found).order_by("pk"):
        page = found[demotion.rule].rule
        if page and page.hash == demotion.page_hash:
            found[demotion.rule].demotion = demotion
    held = Hold.objects.visible_to(account).undecided().filter(rule__in=found).order_by()
    for code, count in held.values("rule").annotate(n=Count("pk")).values_list("rule", "n"):
        found[code].held = count
    return sorted(found.values(), key=lambda card: card.rank)


def card(account: "Account", code: str) -> Card:
    """One rule's card, with what its upheld findings own."""
    [shown] = cards(account, [code])
    upheld = standing_reviews(account).filter(rule=code, outcome=Review.Outcome.UPHELD)
    shown.upheld_amount = upheld.aggregate(sum=Sum("finding__owned", default=Decimal(0)))["sum"]
    return shown


def add_findings(found: dict[str, Card], account: "Account") -> None:
    totals = FindingTotal.objects.visible_to(account).filter(findings__gt=0).order_by()
    rows = totals.values("rule", "status", "month").annotate(n=Sum("findings"), o=Sum("owned"), a=Sum("at_stake"))
    months: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        if (card := found.get(row["rule"])) is None:
            continue
        card.by_status[row["status"]] = card.by_status.get(row["status"], 0) + row["n"]
        if row["status"] == Finding.Status.OPEN:
            card.owned += row["o"]
            card.at_stake += row["a"]
            months[card.code][row["month"]] = row["n"]
    loaded = MonthTotal.objects.visible_to(account).filter(batch__status=Batch.Status.LOADED).order_by()
    charges = dict(loaded.values("month").annotate(n=Sum("charges")).order_by("month").values_list("month", "n"))
    for card in found.values():
        counts = months[card.code]
        card.series = [(month, Decimal(counts.get(month, 0)) * PER / n) for month, n in charges.items() if n]


def add_reviews(found: dict[str, Card], account: "Account") -> None:
    reviews = standing_reviews(account).filter(rule__in=found)
    level, area = "institution__level", "institution__division"
    rows = list(
        reviews.values("rule", "outcome", "cause", level, area).annotate(n=Count("pk"), o=Sum("finding__owned"))
    )
    names = Division.objects.in_bulk({row[area] for row in rows if row[area]})
    groups: dict[tuple[str, str], dict[Any, Reviewed]] = defaultdict(dict)
    for row in rows:
        card = found[row["rule"]]
        places = [card.reviewed]
        if row[area]:
            label = str(Institution.Level(row[level]).label)
            places.append(groups[card.code, "levels"].setdefault(row[level], Reviewed(label)))
            places.append(groups[card.code, "areas"].setdefault(row[area], Reviewed(str(names[row[area]]))))
        for place in places:
            if row["outcome"] == Review.Outcome.UPHELD:
                place.upheld += row["n"]
            else:
                place.withdrawn += row["n"]
        if row["outcome"] == Review.Outcome.WITHDRAWN:
            card.causes[row["cause"]] = card.causes.get(row["cause"], 0) + row["n"]
    limits = thresholds.limits()
    for (code, kind), made in groups.items():
        ordered = [made[key] for key in sorted(made)]
        compare(found[code].reviewed, ordered, limits)
        setattr(found[code], kind, ordered)


def standing_reviews(account: "Account") -> ReviewQuerySet:
    """The reviews that count: the latest of each finding, of the last months."""
    months = float(thresholds.limit(Measure.PRECISION_MONTHS))
    since = timezone.now() - dt.timedelta(days=round(months * 365.25 / 12))
    return Review.objects.visible_to(account).standing().filter(reviewed_at__gt=since).order_by()


def compare(overall: Reviewed, groups: Iterable[Reviewed], limits: Mapping[str, Limit]) -> None:
    """Mark the groups whose precision differs from the overall one by more than it may."""
    if overall.precision is None:
        return
    for group in groups:
        if group.precision is not None and group.count >= limits[Measure.UNFAIR_REVIEWS].value:
            group.unlike = abs(group.precision - overall.precision) > float(limits[Measure.UNFAIR_ABOVE].value)


def chart(card: Card) -> Chart:
    """How often the rule fires, month by month, each opening to its list."""
    findings = reverse("monitoring:findings")
    bars = [
        Bar(month_words(month), [round(rate, 2)], f"{findings}?rule={card.code}&month={month}")
        for month, rate in card.series
    ]
    title = _("Findings per 10,000 charges")
    return Chart("rate-by-month", title, _("Month"), [title], "count", bars)


def limits_of(rule: str) -> Sequence[Limit]:
    """What holds for the rule today, to be shown with its origin."""
    return list(thresholds.limits(rule).values())
