"""What pages show of a grade: every point with its record, and what the grade moves elsewhere."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from credit import graded
from credit.grading import Grade
from credit.models import Indicator, RecordKind
from institutions import standing
from institutions.models import GradeFactor, Institution, Withheld

PAGES: Mapping[str, str] = {
    RecordKind.PENALTY: "cases:proceeding", RecordKind.BREACH: "cases:proceeding",
    RecordKind.HEARING: "hearing:hearing", RecordKind.COMMITMENT: "commitments:commitment",
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """One point of a grade in words."""

    key: int
    points: Decimal
    indicator: str
    record: str
    kind: str
    known_on: dt.date
    happened_on: dt.date
    amount: Decimal
    last_day: dt.date | None
    at_best: str
    repairable: bool

    @property
    def record_kind(self) -> str:
        return str(RecordKind(self.kind).label)

    @property
    def own_address(self) -> str:
        """Its page at the institution that it is about; of a case it has letters alone."""
        if self.kind == RecordKind.HEARING and self.record.isascii() and self.record.isdigit():
            return reverse("answering:finding", args=[int(self.record)])
        return reverse("own_commitments:commitment", args=[self.record]) if self.kind == RecordKind.COMMITMENT else ""

    @property
    def address(self) -> str:
        """The page of its record at the desk, where the record has one."""
        view = PAGES.get(self.kind, "")
        if self.kind == RecordKind.HEARING:
            return reverse(view, args=[int(self.record)]) if self.record.isascii() and self.record.isdigit() else ""
        return reverse(view, args=[self.record]) if view else ""


def kept(reckoned: Sequence[Mapping[str, Any]]) -> list[Shown]:
    """The points of an evaluation as they were kept when it was worked out."""
    return [shown(row) for row in reckoned]


def shown(row: Mapping[str, Any]) -> Shown:
    last = row["last_day"]
    return Shown(
        row["key"], Decimal(row["points"]), str(Indicator(row["indicator"]).label), row["record"],
        row["record_kind"], dt.date.fromisoformat(row["known_on"]),
        dt.date.fromisoformat(row["happened_on"]), Decimal(row["amount"]),
        dt.date.fromisoformat(last) if last else None, row["at_best"], row["repairable"],
    )  # fmt: skip


def points(found: Grade) -> list[Shown]:
    return [
        Shown(
            point.fact.key, point.points, str(Indicator(point.fact.indicator).label), point.fact.record,
            point.fact.record_kind, point.fact.known_on, point.fact.happened_on,
            point.fact.amount, point.last_day, point.at_best, point.repairable,
        )
        for point in found.from_records
    ]  # fmt: skip


@dataclass(frozen=True)
class Today:
    """The grade that the records of today would give, or why there is none."""

    grade: Grade | None
    points: list[Shown]
    why_not: str = ""


def today(institution: Institution) -> Today:
    try:
        found = graded.grade(institution, at=timezone.localdate())
    except graded.NoScheme as refusal:
        return Today(None, [], str(refusal))
    return Today(found, points(found), graded.reason_words(found.why_not))


def moved(institution: Institution) -> list[tuple[str, Decimal]]:
    """What the grade in force moves, and by which factor."""
    return [(str(what.label), standing.factor(institution, what)) for what in GradeFactor.What]


def withheld(institution: Institution) -> list[Withheld]:
    return list(Withheld.objects.filter(institution=institution).in_force(timezone.localdate()))


def letter_words(institution: Institution) -> str:
    """The grade in force as a letter, or that there is none."""
    return institution.grade or _("no grade")
