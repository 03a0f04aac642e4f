"""Takes in what is shipped for cases: types of violations, bands and factors of discretion, limits of the procedure."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from .models import Band, BreachMeasure, Factor, PenaltyLimit, ViolationType

REFERENCE = Path(__file__).with_name("reference")
TABLES: dict[str, type[models.Model]] = {
    "violation": ViolationType,
    "band": Band,
    "factor": Factor,
    "limit": PenaltyLimit,
    "measure": BreachMeasure,
}


@transaction.atomic
def load_shipped() -> None:
    """What the product brings and is not there yet. What was set here stays: the exclusion constraints keep it."""
    shipped: dict[str, list[dict[str, Any]]] = {}
    for page in ("violations.toml", "measures.toml"):
        shipped |= tomllib.loads((REFERENCE / page).read_text("utf-8"))
    for table, model in TABLES.items():
        model._default_manager.bulk_create([made(model, row) for row in shipped[table]], ignore_conflicts=True)


def made(model: type[models.Model], row: dict[str, Any]) -> models.Model:
    since, until = row.pop("since"), row.pop("until", None)
    return model(valid=DateRange(since, until), **row)
