"""Takes in what is shipped for designation: conditions, grounds, criteria, thresholds, bands, texts of agreements."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from .models import ContractTemplate, Criterion, PerformanceBand, Threshold

REFERENCE = Path(__file__).with_name("reference")
SAME = {  # what tells one row from another; of two for overlapping days the one that is there stays
    Criterion: ("code", "kind", "place"),
    Threshold: ("code", "place"),
    PerformanceBand: ("least", "place"),
    ContractTemplate: ("kind", "use", "place"),
}
FILES: dict[str, dict[str, Any]] = {
    "criteria": {"criterion": Criterion},
    "figures": {"threshold": Threshold, "band": PerformanceBand},
    "templates": {"template": ContractTemplate},
}


@transaction.atomic
def load_shipped() -> None:
    """What the product brings and is not there yet. What was set here stays as it was."""
    for file, tables in FILES.items():
        said = tomllib.loads((REFERENCE / f"{file}.toml").read_text("utf-8"), parse_float=Decimal)
        for name, model in tables.items():
            for order, row in enumerate(said[name]):
                take_in(model, row, order)


def take_in(model: Any, row: dict[str, Any], order: int) -> None:
    valid = DateRange(row.pop("since"), row.pop("until", None))
    if model is Criterion:
        row.setdefault("order", order)
    new = model(valid=valid, **row)
    same = {name: getattr(new, name) for name in SAME[model]}
    if not model.objects.filter(**same, valid__overlap=valid).exists():
        new.save()
