from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from institutions.models import Division
from supervision.clocks.models import Limit
from supervision.payments import weights
from supervision.payments.models import WeightList


class Command(BaseCommand):
    help = (
        "Take in the weights of disease groups of a pooling area and year: a CSV with the columns group, name, weight."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--scheme", required=True, choices=WeightList.Scheme.values)
        parser.add_argument("--area", required=True, help="the code of the pooling area, as 330100")
        parser.add_argument("--year", required=True, type=int)
        parser.add_argument("--source", required=True, help="the notice that laid the weights down")
        parser.add_argument("--verified", required=True, choices=Limit.Verified.values)
        parser.add_argument("--since", type=date.fromisoformat, help="first day of discharge; else the year's first")
        parser.add_argument("--until", type=date.fromisoformat, help="first day no more; else the next year's first")

    def handle(self, *args: Any, file: Path, area: str, year: int, **options: Any) -> None:
        where = Division.objects.filter(pk=area, level=Division.Level.PREFECTURE).first()
        if where is None:
            raise CommandError(f"{area} is no prefecture that is known here.")
        told = weights.Told(
            options["scheme"], where, year, options["source"], options["verified"],
            options["since"] or date(year, 1, 1), options["until"] or date(year + 1, 1, 1),
        )  # fmt: skip
        try:
            with file.open(encoding="utf-8-sig", newline="") as opened:
                made = weights.load(opened, told)
        except (OSError, UnicodeDecodeError, weights.WeightsRefused) as wrong:
            raise CommandError(str(wrong)) from wrong
        self.stdout.write(f"{made}: {made.weights.count():,} groups")
