"""What an institution weighs in a draw: the factor of its grade times that of its risk, each a row with its source."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone

from claims.models import Batch, MonthTotal
from institutions import standing
from institutions.models import GradeFactor, Institution
from supervision.monitoring.models import FindingTotal

from . import ruling

WHOLE = 10_000


@dataclass(frozen=True)
class Weight:
    """Of one institution, with what it is made of; `at_risk` in 1/10000 of what it has charged."""

    grade: str
    grade_factor: Decimal
    at_risk: int
    risk_factor: Decimal

    @property
    def value(self) -> Decimal:
        return self.grade_factor * self.risk_factor


PLAIN = Weight("", Decimal(1), 0, Decimal(1))


def weights_of(institutions: Iterable[Institution]) -> dict[str, Weight]:
    """By code. One where there is no grade, no risk, or nobody has set a factor."""
    rows, today = list(institutions), timezone.localdate()
    at_risk = shares_at_risk([one.pk for one in rows])
    bands = {place: ruling.bands_of(place) for place in {one.division_id for one in rows}}
    factors: dict[tuple[str, str], Decimal] = {}
    found = {}
    for one in rows:
        place, grade = one.division_id, standing.grade_on(one, today)
        if (place, grade) not in factors:
            factors[place, grade] = standing.factor(one, GradeFactor.What.INSPECTION, today)
        share = at_risk.get(one.pk, 0)
        found[one.pk] = Weight(grade, factors[place, grade], share, ruling.risk_factor(share, bands[place]))
    return found


def shares_at_risk(codes: list[str]) -> Mapping[str, int]:
    """What the open findings own of what each has charged, in 1/10000; nothing where nothing was charged."""
    owned = FindingTotal.objects.open().filter(institution__in=codes).order_by().values_list("institution")
    charged = MonthTotal.objects.filter(institution__in=codes, batch__status=Batch.Status.LOADED)
    totals = dict(charged.order_by().values_list("institution").annotate(sum=Sum("total")))
    return {
        code: min(WHOLE, int(sum_ * WHOLE / totals[code]))
        for code, sum_ in owned.annotate(sum=Sum("owned"))
        if totals.get(code)
    }
