"""The numbers that keep rules in check: shipped in thresholds.toml, replaced by what administrators have stored."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.utils import timezone

from .guards import Measure, Threshold

SHIPPED = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Limit:
    """A number with its origin."""

    measure: str
    value: Decimal
    source: str
    since: dt.date | None
    rule: str = ""

    @property
    def words(self) -> str:
        return str(Measure(self.measure).label)


@cache
def shipped() -> Mapping[str, Limit]:
    read = tomllib.loads(SHIPPED.read_text("utf-8"))
    return {
        name: Limit(Measure(name).value, Decimal(str(one["value"])), one["source"], one["since"])
        for name, one in read.items()
    }


def limits(rule: str = "") -> dict[str, Limit]:
    """What holds today for a rule: its own value, else the one stored for all, else the shipped one."""
    found = dict(shipped())
    stored = Threshold.objects.filter(valid__contains=timezone.localdate(), rule__in=["", rule]).order_by("rule")
    for one in stored:
        found[one.measure] = Limit(one.measure, one.value, one.source, one.valid.lower, one.rule)
    return found


def limit(measure: Measure, rule: str = "") -> Decimal:
    return limits(rule)[measure].value
