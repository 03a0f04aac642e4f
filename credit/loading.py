"""Takes in the shipped schemes and factors. What was set here stays as it was."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from institutions.models import GradeFactor

from .models import Scheme, SchemeBand, SchemeLine, TierDisclosure, TierMeasures, TierThreshold

REFERENCE = Path(__file__).with_name("reference")


@transaction.atomic
def load_shipped() -> None:
    for row in rows_of("schemes.toml", "scheme"):
        take_in_scheme(row)
    for row in rows_of("factors.toml", "factor"):
        valid = DateRange(row.pop("since"), row.pop("until", None))
        there = GradeFactor.objects.filter(place=row["place"], what=row["what"], grade=row["grade"])
        if not there.filter(valid__overlap=valid).exists():
            GradeFactor.objects.create(valid=valid, **row)
    if not TierThreshold.objects.exists() and not TierMeasures.objects.exists():
        take_in_tiers()
    for row in rows_of("enterprises.toml", "disclosure"):
        valid = DateRange(row.pop("since"), row.pop("until", None))
        if not TierDisclosure.objects.filter(tier=row["tier"], valid__overlap=valid).exists():
            TierDisclosure.objects.create(valid=valid, **row)


def take_in_tiers() -> None:
    """How enterprises are rated: thresholds, and the measures of each matter and tier."""
    told = tomllib.loads((REFERENCE / "enterprises.toml").read_text("utf-8"), parse_float=Decimal)
    cited = {
        "source": told["source"], "verified": told["verified"], "norm": "PRICECR",
        "valid": DateRange(told["since"], None),
    }  # fmt: skip
    TierThreshold.objects.bulk_create(TierThreshold(**cited, **row) for row in told["threshold"])
    TierMeasures.objects.bulk_create(
        TierMeasures(matter=matter, tier=int(tier), measures=measures, **cited)
        for matter, tiers in told["measures"].items()
        for tier, measures in tiers.items()
    )


def rows_of(name: str, table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads((REFERENCE / name).read_text("utf-8"), parse_float=Decimal)[table]
    return rows


def take_in_scheme(row: dict[str, Any]) -> None:
    valid = DateRange(row.pop("since"), row.pop("until", None))
    bands, lines = row.pop("band"), row.pop("line")
    if not Scheme.objects.filter(place=row["place"], about=row["about"], valid__overlap=valid).exists():
        scheme = Scheme.objects.create(valid=valid, **row)
        SchemeBand.objects.bulk_create(SchemeBand(scheme=scheme, **band) for band in bands)
        SchemeLine.objects.bulk_create(SchemeLine(scheme=scheme, **line) for line in lines)
