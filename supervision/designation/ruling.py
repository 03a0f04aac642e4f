"""What holds in a place: its criteria, its thresholds, its bands and its text, or those of a place above it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.clocks import limits
from supervision.moves import MoveRefused

from .models import ContractTemplate, Criterion, PerformanceBand, Threshold


def criteria(use: Criterion.Use, kind: str, place: str) -> list[Criterion]:
    """Of a code that several places set, that of the narrowest."""
    rows = Criterion.objects.holding(use, kind, limits.places_of(place))
    by_code: dict[str, list[Criterion]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    found = [limits.narrowest(alike) for alike in by_code.values()]
    return [row for row in found if row is not None]


def threshold(code: str, place: str) -> Decimal:
    rows = Threshold.objects.filter(
        code=code, place__in=limits.places_of(place), valid__contains=timezone.localdate()
    )  # fmt: skip
    if (found := limits.narrowest(rows)) is None:
        raise MoveRefused(_("No threshold %(code)s was set.") % {"code": code})
    return found.amount


def band(score: Decimal, place: str) -> PerformanceBand:
    """The bands of the narrowest place that has any; of them the highest that the score reaches."""
    rows = PerformanceBand.objects.filter(
        place__in=limits.places_of(place), valid__contains=timezone.localdate()
    )  # fmt: skip
    nearest = limits.narrowest(rows)
    found = rows.filter(place=nearest.place, least__lte=score).order_by("-least").first() if nearest else None
    if found is None:
        raise MoveRefused(_("No band was set for this score."))
    return found


def template(
    kind: str, place: str, on: date | None = None, *, use: ContractTemplate.Use = ContractTemplate.Use.MAIN
) -> ContractTemplate:
    """The text for a kind of institution that holds on a day, or today."""
    rows = ContractTemplate.objects.filter(
        kind=kind, use=use, place__in=limits.places_of(place), valid__contains=on or timezone.localdate()
    )
    if (found := limits.narrowest(rows)) is None:
        raise MoveRefused(_("There is no text of an agreement for this kind of institution."))
    return found


def told(criterion: Criterion) -> dict[str, Any]:
    """A criterion as it is kept beside what was decided by it."""
    return {"code": criterion.code, "name_zh": criterion.name_zh, "name_en": criterion.name_en}
