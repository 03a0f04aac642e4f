"""Runs over small claims with tight budgets, for the tests of what keeps rules in check."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from claims.models import Batch
from institutions.models import Institution
from supervision.monitoring import runs
from supervision.monitoring.guards import Threshold
from supervision.monitoring.models import Finding, FindingTotal, Run
from tests.builders import make_total
from tests.claims.building import publish
from tests.monitoring.small import Row

ALWAYS = (dt.date(2020, 1, 1), None)


def monitor() -> Run:
    run = runs.start()
    runs.work(run)
    run.refresh_from_db()
    return run


def found() -> dict[str, str]:
    return dict(Finding.objects.order_by("key").values_list("key", "status"))


def owned() -> dict[str, Decimal]:
    return dict(Finding.objects.order_by("key").values_list("key", "owned"))


def open_total() -> tuple[int, Any]:
    """What a page would say of all that is open."""
    kinds = FindingTotal.objects.open()
    return sum(kind.findings for kind in kinds), sum((kind.owned for kind in kinds), Decimal(0))


def limit(measure: str, value: float, *, rule: str = "") -> None:
    Threshold.objects.update_or_create(
        measure=measure, rule=rule, defaults={"value": Decimal(str(value)), "source": "for this test", "valid": ALWAYS}
    )


def charges(institution: Institution, number: int, month: str = "2026-01") -> None:
    """So many charges are said to have come in."""
    make_total(institution, month, charges=number)


def corrected(folder: Path, tables: Mapping[str, list[Row]]) -> None:
    """A batch in the place of the latest published one."""
    former = Batch.objects.filter(snapshot__isnull=False).order_by("-number").first()
    publish(folder, tables, ended=former)
