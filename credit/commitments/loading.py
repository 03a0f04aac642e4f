"""Takes in the shipped templates of commitments. A version that is there stays as it is: it may have been signed."""

import tomllib
from pathlib import Path

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from .models import CommitmentTemplate

REFERENCE = Path(__file__).with_name("reference")
TEXTS = ("obligations_zh", "obligations_en", "consequences_zh", "consequences_en")


@transaction.atomic
def load_shipped() -> None:
    for row in tomllib.loads((REFERENCE / "templates.toml").read_text("utf-8"))["template"]:
        valid = DateRange(row.pop("since"), row.pop("until", None))
        values = {**row, **{name: row[name].strip() for name in TEXTS}, "valid": valid}
        CommitmentTemplate.objects.get_or_create(code=row["code"], version=row["version"], defaults=values)
