import datetime as dt
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from credit import evaluating, graded
from credit.grading import Grade
from institutions.models import Institution


class Command(BaseCommand):
    help = "Work out the grade of an institution on any day, with every point and the record it cites."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--institution", required=True, metavar="CODE")
        parser.add_argument("--at", required=True, metavar="DAY", type=dt.date.fromisoformat)
        parser.add_argument("--json", action="store_true", help="for other programs")

    def handle(self, *args: Any, **asked: Any) -> None:
        institution = Institution.objects.filter(pk=asked["institution"]).first()
        if institution is None:
            raise CommandError(f"There is no institution {asked['institution']}.")
        try:
            found = graded.grade(institution, at=asked["at"])
        except graded.NoScheme as refusal:
            raise CommandError(str(refusal)) from refusal
        told = said(institution, found)
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) if asked["json"] else in_lines(told))


def said(institution: Institution, found: Grade) -> dict[str, Any]:
    return {
        "institution": institution.pk, "at": found.at.isoformat(), "scheme": found.scheme, "grade": found.letter,
        "points": None if found.points is None else f"{found.points:.2f}", "by_points": found.by_points,
        "not_evaluated": found.why_not, "records": evaluating.written(found),
    }  # fmt: skip


def in_lines(told: dict[str, Any]) -> str:
    head = f"{told['institution']} {told['at']}: {told['grade'] or told['not_evaluated']} {told['points'] or ''}"
    records = [f"  {row['points']:>7} {row['known_on']} {row['indicator']} {row['record']}" for row in told["records"]]
    return "\n".join([head.rstrip(), *records])
