"""Takes in the shipped rules of points: matters, responsibility, thresholds, ways of repair, the commitment."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from .models import CommitmentText, Matter, RepairActivity, RepairCap, Responsibility, Threshold

SHIPPED = Path(__file__).with_name("reference") / "points.toml"
# Which table a heading fills, and which columns tell its rows apart.
TABLES: dict[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "matter": (Matter, ("place", "code")),
    "responsibility": (Responsibility, ("place", "code")),
    "threshold": (Threshold, ("place", "points", "at_once")),
    "activity": (RepairActivity, ("place", "code")),
    "cap": (RepairCap, ("place",)),
    "commitment": (CommitmentText, ("version",)),
}


@transaction.atomic
def load_shipped() -> None:
    """What the product brings and is not there yet. What was set here stays as it was."""
    told = tomllib.loads(SHIPPED.read_text("utf-8"))
    for heading, (model, same) in TABLES.items():
        for row in told[heading]:
            take_in(model, same, row)


def take_in(model: type[models.Model], same: tuple[str, ...], row: dict[str, Any]) -> None:
    valid = DateRange(row.pop("since"), row.pop("until", None))
    new = model(valid=valid, **{name: fact.strip() if isinstance(fact, str) else fact for name, fact in row.items()})
    there = model._default_manager.filter(**{column: getattr(new, column) for column in same})
    if not there.filter(valid__overlap=valid).exists():
        new.save()
