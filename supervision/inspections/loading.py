"""Takes in the shipped items, numbers and weights of inspections."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from institutions.models.territory import NATION

from .models import Item, Number, RiskBand

REFERENCE = Path(__file__).with_name("reference")
KINDS: tuple[tuple[str, type[models.Model], str], ...] = (
    ("item", Item, "code"), ("number", Number, "code"), ("risk_band", RiskBand, "least")
)  # fmt: skip


@transaction.atomic
def load_shipped() -> None:
    """What the product brings and is not there yet. What was set here stays as it was."""
    shipped = tomllib.loads((REFERENCE / "inspections.toml").read_text("utf-8"), parse_float=Decimal)
    for name, model, key in KINDS:
        for row in shipped[name]:
            take_in(row, model, key)


def take_in(row: dict[str, Any], model: type[models.Model], key: str) -> None:
    said = {"place": NATION, **row}
    valid = DateRange(said.pop("since"), said.pop("until", None))
    rows = model._default_manager.filter(**{key: said[key]}, place=said["place"], valid__overlap=valid)
    if not rows.exists():
        model._default_manager.create(valid=valid, **said)
