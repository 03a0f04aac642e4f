"""Counts the indicators of a month for every institution, and lays each beside its peers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.db import transaction
from django.db.models import Count, F, Q, Sum

from claims import warehouse
from institutions.models import Institution
from supervision.hearing.models import HearingLine
from supervision.hearing.models import State as Heard
from supervision.ledger.models import RETURNED, Balance, Book, Stage
from supervision.monitoring.models import FindingLine

from . import weights
from .formulas import FORMULAS, READMITTED_LATE, READMITTED_WITHIN
from .models import Indicator, MonthlySettlement

Parts = dict[str, Decimal]
NORMAL = Decimal("0.6745")  # makes the median's distance comparable with a standard deviation
NOTHING = Decimal(0)
DECIDED = (Heard.UPHELD, Heard.WITHDRAWN, Heard.HANDLED, Heard.CLOSED)


def count(month: str) -> int:
    """Keep every indicator of the month as the newest version says; again, the same rows."""
    snapshot = warehouse.published()
    if snapshot is None:
        return 0
    parts = parts_of(month)
    known = set(Institution.objects.filter(pk__in=parts).values_list("pk", flat=True))
    rows = [
        Indicator(
            institution_id=place, month=month, code=code, over=said.get(formula.over, NOTHING),
            under=said[formula.under], snapshot=snapshot,
        )
        for place, said in parts.items() if place in known
        for code, formula in FORMULAS.items() if said.get(formula.under)
    ]  # fmt: skip
    with transaction.atomic():
        Indicator.objects.filter(month=month).delete()
        Indicator.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


def parts_of(month: str) -> Mapping[str, Parts]:
    """What is divided and divided by, by institution."""
    found: dict[str, Parts] = defaultdict(dict)
    snapshot, before = warehouse.published(), warehouse.months_around(month, 2)[:2]
    found_in = warehouse.activity(snapshot, month, before=before, days=READMITTED_WITHIN, late=READMITTED_LATE)
    for row in found_in:
        said = {name: Decimal(str(value or 0)) for name, value in row.items() if name != "institution"}
        found[str(row["institution"])] |= {**said, "out_of_scope": said["fees"] - said["in_scope"]}
    for source in (accused(month), settled(month), heard(month), owed(month), weighed(month)):
        for place, parts in source:
            found[place] |= parts
    for place, then in paid_a_year_before(month).items():
        found[place] |= {"fund_then": then, "fund_more": found[place].get("fund_paid", NOTHING) - then}
    return found


def paid_a_year_before(month: str) -> Mapping[str, Decimal]:
    """What the fund paid each institution in the same month of the year before, in fen."""
    then, sums = f"{int(month[:4]) - 1}{month[4:]}", defaultdict[str, Decimal](Decimal)
    for one in warehouse.settled(warehouse.published(), warehouse.Asked([then])):
        sums[one.institution] += one.paid * 100
    return sums


def weighed(month: str) -> Iterable[tuple[str, Parts]]:
    """What the stays of the month weigh, where a list of weights holds on the day of discharge."""
    found = warehouse.case_mix(warehouse.published(), month, weights.in_warehouse_words(month))
    return [
        (
            str(row["institution"]),
            {
                "measured": Decimal(str(row["measured"])), "weighted": Decimal(str(row["weighted"])),
                "weights": Decimal(str(row["weights"])) * weights.FINEST,
            },
        )
        for row in found
    ]  # fmt: skip


def accused(month: str) -> Iterable[tuple[str, Parts]]:
    rows = FindingLine.objects.filter(finding__month=month, finding__institution__isnull=False)
    counted = rows.order_by().values_list("finding__institution").annotate(n=Count("charge", distinct=True))
    return [(place, {"hits": Decimal(n)}) for place, n in counted]


def settled(month: str) -> Iterable[tuple[str, Parts]]:
    rows = MonthlySettlement.objects.filter(month=month).order_by().values_list("institution")
    return [
        (place, {"refused": refused, "declared": declared})
        for place, refused, declared in rows.annotate(Sum("refused"), Sum("declared"))
    ]


def heard(month: str) -> Iterable[tuple[str, Parts]]:
    """An appeal is upheld where less was confirmed of the line than was suspected."""
    appealed = HearingLine.objects.filter(hearing__month=month, answer=HearingLine.Answer.APPEALED)
    rows = appealed.filter(hearing__state__in=DECIDED).order_by().values_list("hearing__institution")
    return [
        (place, {"appeals": Decimal(n), "upheld": Decimal(upheld)})
        for place, n, upheld in rows.annotate(n=Count("pk"), upheld=Count("pk", filter=Q(confirmed__lt=F("suspected"))))
    ]


def owed(month: str) -> Iterable[tuple[str, Parts]]:
    stages = (Stage.CONFIRMED, Stage.DEMANDED, *RETURNED, Stage.WRITTEN_OFF)
    rows = Balance.objects.filter(item__month=month, item__book=Book.FUND, item__institution__isnull=False)
    sums = rows.filter(stage__in=stages).order_by().values_list("item__institution")
    return [
        (place, {"confirmed": confirmed, "recovered": back or NOTHING})
        for place, confirmed, back in sums.annotate(Sum("amount"), back=Sum("amount", filter=Q(stage__in=RETURNED)))
    ]


# --- Peers ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Beside:
    """An indicator of one institution with those of its peers."""

    indicator: Indicator
    value: Decimal
    median: Decimal
    peers: int
    distance: Decimal | None  # robust z; nothing where all peers are alike, or too few

    def beyond(self, limit: Decimal) -> bool:
        """Whether it is told: only upwards, unless the formula is watched both ways."""
        if self.distance is None:
            return False
        both = FORMULAS[self.indicator.code].watched == "both"
        return (abs(self.distance) if both else self.distance) > limit


ENOUGH = 3  # peers, below which a median says nothing


def beside_peers(rows: Sequence[Indicator]) -> list[Beside]:
    """Each beside those of the same code, month, kind, level and prefecture."""
    groups: dict[tuple[object, ...], list[Indicator]] = defaultdict(list)
    for row in rows:
        place = row.institution
        groups[row.month, row.code, place.kind, place.level, place.division_id[:4]].append(row)
    return [beside(one, [value(other) for other in group]) for group in groups.values() for one in group]


def beside(one: Indicator, values: Sequence[Decimal]) -> Beside:
    middle = median(values)
    spread = median([abs(other - middle) for other in values])
    known = spread and len(values) >= ENOUGH
    distance = (NORMAL * (value(one) - middle) / spread).quantize(Decimal("0.01")) if known else None
    return Beside(one, value(one), middle, len(values), distance)


def value(row: Indicator) -> Decimal:
    """The fraction, at the unit in which it is read."""
    share = row.over / row.under
    return share / 100 if FORMULAS[row.code].unit == "yuan" else share  # fees are counted in fen
