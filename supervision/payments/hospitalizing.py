"""The hospitalization rate of a pooling area: discharges of insured persons / insured persons."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.db import transaction

from claims import warehouse
from institutions.models import Account, Division

from .models import Hospitalization


def count(month: str) -> int:
    """Keep the month of every area that is known here, as the newest version says; again, the same rows."""
    snapshot = warehouse.published()
    if snapshot is None:
        return 0
    areas = Division.objects.in_bulk()
    found = warehouse.hospitalized(snapshot, month)
    made = [
        Hospitalization(
            area_id=str(row["area"]), month=month, discharges=int(str(row["discharges"])),
            insured=int(str(row["insured"])), snapshot=snapshot,
        )
        for row in found if row["area"] in areas
    ]  # fmt: skip
    with transaction.atomic():
        Hospitalization.objects.filter(month=month).delete()
        Hospitalization.objects.bulk_create(made)
    return len(made)


@dataclass(frozen=True)
class Year:
    """An area's year so far: the discharges of its months, beside the insured of the last of them."""

    area: Division
    months: list[Hospitalization]  # the last first

    @property
    def discharges(self) -> int:
        return sum(one.discharges for one in self.months)

    @property
    def insured(self) -> int:
        return self.months[0].insured

    @property
    def rate(self) -> Decimal:
        return Decimal(self.discharges) / self.insured


def years(account: Account, year: int) -> list[Year]:
    """Each area that the account sees, with what was counted of the year."""
    rows = Hospitalization.objects.visible_to(account).filter(month__startswith=f"{year}-")
    ordered = rows.select_related("area").order_by("area", "-month")
    return [Year(area, list(months)) for area, months in groupby(ordered, key=lambda row: row.area)]
