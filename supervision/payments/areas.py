"""Whether a pooling area's fund may prepay: its balance lasts long enough, and no deficit was or is awaited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from institutions.models import Division
from supervision.moves import refuse_unless

from . import rating
from .models import FundMonth, Rate
from .reckoning import FEN, NOTHING

COVERED = {"310": Rate.Code.EMPLOYEE_MONTHS, "390": Rate.Code.RESIDENT_MONTHS}
MONTHS = 12  # of a year


@dataclass(frozen=True)
class Standing:
    """A fund at the end of a year: what it holds, what a month costs, and what the year brought."""

    balance: Decimal
    average: Decimal  # expenditure of a month
    surplus: Decimal  # of the last year
    forecast: Decimal  # of the next twelve months, as the last twelve were
    required: Decimal  # months

    @property
    def months_payable(self) -> Decimal:
        """accumulated balance / average monthly expenditure"""
        return (self.balance / self.average).quantize(FEN, ROUND_HALF_UP)

    def refuse_unless_sound(self) -> None:
        refuse_unless(
            self.months_payable >= self.required,
            _("The balance covers %(covered)s months; %(required)s are required.")
            % {"covered": self.months_payable, "required": f"{self.required.normalize():f}"},
        )
        refuse_unless(self.surplus >= 0, _("The fund had a deficit last year."))
        refuse_unless(self.forecast >= 0, _("The next twelve months would bring a deficit."))

    def as_kept(self) -> dict[str, str]:
        """As it is kept beside a prepayment."""
        return {
            "balance": f"{self.balance:.2f}", "average": f"{self.average:.2f}", "surplus": f"{self.surplus:.2f}",
            "forecast": f"{self.forecast:.2f}", "required": f"{self.required.normalize():f}",
        }  # fmt: skip


def pooling_area(place: Division) -> Division:
    """The prefecture in which it lies."""
    while place.level > Division.Level.PREFECTURE and place.parent is not None:
        place = place.parent
    return place


def standing(place: Division, fund: str, year: int) -> Standing:
    """The fund of a place's pooling area as the year begins."""
    refuse_unless(fund in COVERED, _("Only the funds of employees and of residents may prepay."))
    on, area = date(year, 1, 1), pooling_area(place)
    years = int(rating.rate(Rate.Code.YEARS, place.pk, on).value)
    rows = list(
        FundMonth.objects.filter(
            area=area, fund=fund, month__gte=f"{year - years}-01", month__lt=f"{year}-01"
        ).order_by("month")
    )  # fmt: skip
    last = [row for row in rows if row.month.startswith(f"{year - 1}-")]
    refuse_unless(
        len(last) == MONTHS, _("The accounts of the fund for %(year)s are not complete.") % {"year": year - 1}
    )
    average = added(rows, "expenditure") / len(rows)
    refuse_unless(average > 0, _("The fund has spent nothing: there is no average to go by."))
    surplus = added(last, "income") - added(last, "expenditure")
    required = rating.rate(COVERED[fund], place.pk, on).value
    return Standing(rows[-1].balance, average, surplus, surplus, required)


def added(rows: Sequence[FundMonth], column: str) -> Decimal:
    return sum((getattr(row, column) for row in rows), NOTHING)
