"""Takes in the weights of disease groups, and says which of them count where and when."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TextIO

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from claims import warehouse
from institutions.models import Account, Division
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.clocks.limits import places_of
from supervision.refusal import Refused

from .gathering import first_and_last
from .models import GroupWeight, WeightList

COLUMNS = ("group", "name", "weight")
FINEST = Decimal("0.0001")
GREATEST = Decimal(10_000)
TOLD = 10  # faulty rows that a refusal names


class WeightsRefused(Refused):
    """A list that is not taken in; the sentence says why, and which rows are at fault."""


@dataclass(frozen=True)
class Told:
    """What whoever loads a list says of it. It counts for stays that end from `since` on and before `until`."""

    scheme: str
    area: Division
    year: int
    source: str
    verified: str
    since: date
    until: date


@transaction.atomic
def load(file: TextIO, told: Told) -> WeightList:
    """A list out of a CSV with the columns group, name, weight: whole, or not at all.

    A list of the same scheme and area that began earlier ends where this one begins; one that began on the same day or
    later stands in the way. What was loaded is never written over.
    """
    if not told.source.strip():
        raise WeightsRefused(_("Say where the weights come from."))
    if told.since >= told.until:
        raise WeightsRefused(_("The list ends before it begins."))
    found = list(read(file))
    of_same = WeightList.objects.filter(scheme=told.scheme, area=told.area)
    for earlier in of_same.filter(valid__contains=told.since, valid__startswith__lt=told.since):
        earlier.valid = DateRange(earlier.valid.lower, told.since)
        earlier.save(update_fields=["valid"])
    try:
        with transaction.atomic():
            made = WeightList.objects.create(
                scheme=told.scheme, area=told.area, year=told.year, source=told.source.strip(), verified=told.verified,
                valid=DateRange(told.since, told.until),
            )  # fmt: skip
    except IntegrityError:
        raise WeightsRefused(_("There is a list of these weights already that begins on this day or later.")) from None
    GroupWeight.objects.bulk_create(
        (GroupWeight(of=made, group=group, name=name, weight=weight) for group, name, weight in found), batch_size=2000
    )
    record(
        Act.REFERENCE, "", "weights", scheme=told.scheme, area=told.area.pk, year=told.year, groups=len(found),
        since=f"{told.since}", until=f"{told.until}",
    )  # fmt: skip
    return made


def read(file: TextIO) -> Iterator[tuple[str, str, Decimal]]:
    """The rows; or WeightsRefused with the first that cannot be used, all of them counted."""
    rows = csv.DictReader(file)
    if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
        raise WeightsRefused(_("These columns are missing: %(what)s.") % {"what": ", ".join(missing)})
    faults, met = [], set[str]()
    found = []
    for row in rows:
        group, weight = (row["group"] or "").strip(), as_weight(row["weight"] or "")
        if not group or len(group) > 60 or weight is None or group in met:
            faults.append(f"{rows.line_num}: {group} {row['weight']}")
            continue
        met.add(group)
        found.append((group, (row["name"] or "").strip()[:200], weight))
    if faults:
        raise WeightsRefused(
            _("%(n)s rows name no group, name it twice, or have no weight above zero with four decimals: %(rows)s.")
            % {"n": len(faults), "rows": "; ".join(faults[:TOLD])}
        )
    if not found:
        raise WeightsRefused(_("There is no weight in the file."))
    yield from found


def as_weight(text: str) -> Decimal | None:
    try:
        said = Decimal(text.strip())
    except InvalidOperation:
        return None
    fits = said.is_finite() and 0 < said < GREATEST and said == said.quantize(FINEST)
    return said if fits else None


# --- What counts ------------------------------------------------------------------------------------


def in_warehouse_words(month: str) -> warehouse.Weights:
    """Every list that began before the month was over, as the warehouse takes it. A stay may be settled late."""
    last = first_and_last(month)[1]
    lists = {one.pk: one for one in WeightList.objects.filter(valid__startswith__lte=last)}
    rows = GroupWeight.objects.filter(of__in=lists).values_list("of", "group", "weight")
    return warehouse.Weights(
        [
            (one.pk, one.scheme, one.area_id, one.valid.lower or date.min, one.valid.upper or date.max)
            for one in lists.values()
        ],
        [(of, group, int(weight / FINEST)) for of, group, weight in rows],
    )


def known(account: Account, month: str) -> list[WeightList]:
    """The lists that hold on a day of the month where the account looks, each with the number of its `groups`."""
    if account.territory is None or not month:
        return []
    first, last = first_and_last(month)
    here = Q(area__code__startswith=account.territory.prefix) | Q(area__in=places_of(account.territory.pk))
    rows = WeightList.objects.filter(here, valid__overlap=DateRange(first, last, bounds="[]"))
    return list(rows.select_related("area").annotate(groups=Count("weights")))
