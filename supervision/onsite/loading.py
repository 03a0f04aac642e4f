"""Takes in the shipped checklists and numbers."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from institutions.models.territory import NATION

from .models import Checklist, ChecklistItem, Number

REFERENCE = Path(__file__).with_name("reference")


@transaction.atomic
def load_shipped() -> None:
    """What the product brings and is not there yet. What was set here stays as it was."""
    for row in read("numbers.toml")["number"]:
        take_in(Number, row)
    for row in read("checklists.toml")["checklist"]:
        items = row.pop("item")
        if made := take_in(Checklist, row):
            ChecklistItem.objects.bulk_create(ChecklistItem(checklist=made, **item) for item in items)


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((REFERENCE / name).read_text("utf-8"), parse_float=Decimal)


def take_in(model: Any, row: dict[str, Any]) -> Any:
    """The new row, or nothing where one holds already."""
    said = {"place": NATION, **row}
    valid = DateRange(said.pop("since"), said.pop("until", None))
    if model.objects.filter(code=said["code"], place=said["place"], valid__overlap=valid).exists():
        return None
    return model.objects.create(valid=valid, **said)
