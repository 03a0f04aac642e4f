"""Takes in the shipped rules of rewards: the nation's frame, and examples of shares for the invented province."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from .models import RewardBand, RewardRule

REFERENCE = Path(__file__).with_name("reference")


@transaction.atomic
def load_shipped() -> None:
    """What the product brings and is not there yet. What was set here stays as it was."""
    for row in tomllib.loads((REFERENCE / "rules.toml").read_text("utf-8"), parse_float=Decimal)["rule"]:
        take_in(row)


def take_in(row: dict[str, Any]) -> None:
    valid, bands = DateRange(row.pop("since"), row.pop("until", None)), row.pop("band", [])
    there = RewardRule.objects.filter(place=row["place"], against=row["against"], level=row["level"])
    if not there.filter(valid__overlap=valid).exists():
        rule = RewardRule.objects.create(valid=valid, **row)
        RewardBand.objects.bulk_create(RewardBand(rule=rule, **band) for band in bands)
