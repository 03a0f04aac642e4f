"""Takes in the shipped levels of major issues and the grounds of interviews."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from institutions.models.territory import NATION

from .models import Ground, IssueLevel

REFERENCE = Path(__file__).with_name("reference")


@transaction.atomic
def load_shipped() -> None:
    """What the product brings and is not there yet. What was set here stays as it was."""
    for row in rows("levels.toml", "level"):
        take_in(IssueLevel, row, "level")
    for row in rows("grounds.toml", "ground"):
        take_in(Ground, row, "kind")


def rows(file: str, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((REFERENCE / file).read_text("utf-8"), parse_float=Decimal)[table]
    return found


def take_in(model: type[IssueLevel] | type[Ground], row: dict[str, Any], key: str) -> None:
    """A row, unless there is one of its key for its place and time."""
    said = {"place": NATION, **row}
    valid = DateRange(said.pop("since"), said.pop("until", None))
    asked = {key: said[key], "place": said["place"], "valid__overlap": valid}
    if not model._default_manager.filter(**asked).exists():
        model._default_manager.create(valid=valid, **said)
