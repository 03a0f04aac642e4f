"""Takes in the shipped rows: what each kind of department may receive, and the invented province's departments."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from institutions.models import Department
from institutions.models.territory import NATION

from .models import Allowance, Partner

REFERENCE = Path(__file__).with_name("reference")


@transaction.atomic
def load_shipped() -> None:
    """What the product brings and is not there yet. What was set here stays as it was."""
    for row in tomllib.loads((REFERENCE / "allowances.toml").read_text("utf-8"))["allowance"]:
        take_in(row)


def take_in(row: dict[str, Any]) -> None:
    said = {"place": NATION, **row}
    valid = DateRange(said.pop("since"), said.pop("until", None))
    if not Allowance.objects.filter(code=said["code"], place=said["place"], valid__overlap=valid).exists():
        Allowance.objects.create(valid=valid, **said)


@transaction.atomic
def load_partners() -> int:
    """Name the shipped departments as partners, where they are there and were never named; how many that were."""
    named = 0
    for row in tomllib.loads((REFERENCE / "partners.toml").read_text("utf-8"))["partner"]:
        found = Department.objects.filter(division=row["division"], name_zh=row["department"], partner=None).first()
        if found is not None:
            Partner.objects.create(department=found, kind=row["kind"])
            named += 1
    return named
