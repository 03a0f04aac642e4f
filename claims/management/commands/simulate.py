import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from claims.simulation import Prefecture, simulate
from claims.simulation.seasons import Month

MOST_COPIES = 5_000


class Command(BaseCommand):
    help = "Write an invented prefecture's claims, with planted violations and near-misses, into a folder."
    needs_services = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write into")
        parser.add_argument("--members", type=int, required=True, help="how many insured persons live there")
        parser.add_argument("--months", type=int, required=True, help="how many months of claims")
        parser.add_argument("--seed", type=int, required=True, help="the same seed gives the same files")
        parser.add_argument("--start", default="2026-01", metavar="YYYY-MM", help="the first month")
        parser.add_argument("--format", choices=["csv", "parquet"], default="", help="csv up to 100,000 members")
        parser.add_argument("--plants", type=int, default=0, metavar="N", help="copies of each planted case")
        parser.add_argument("--json", action="store_true", help="say what was written as one JSON object")

    def handle(self, *args: Any, out: Path, members: int, months: int, seed: int, start: str, **options: Any) -> None:
        asked = self._asked(members, months, seed, start, options["plants"])
        watched = not options["json"] and self.stderr.isatty()
        with tqdm(total=100, disable=not watched, unit="%", desc=_("Simulating")) as bar:
            summary = simulate(
                asked,
                out,
                kind=options["format"],
                progress=lambda share: bar.update(round(share * 100) - bar.n),
            )
        if options["json"]:
            self.stdout.write(json.dumps(summary.as_dict(), ensure_ascii=False))
            return
        for table, rows in summary.rows.items():
            self.stdout.write(f"{table:>15} {rows:>12,}")
        for example, why in summary.left_out.items():
            self.stdout.write(_("left out: %(example)s (%(why)s)") % {"example": example, "why": why})

    @staticmethod
    def _asked(members: int, months: int, seed: int, start: str, copies: int) -> Prefecture:
        if members < 1 or months < 1 or seed < 0 or copies < 0:
            raise CommandError(_("Members and months must be at least 1, the seed at least 0."))
        if copies > MOST_COPIES:
            raise CommandError(
                _("At most %(most)s copies of each plant can be numbered.") % {"most": f"{MOST_COPIES:,}"}
            )
        try:
            return Prefecture(members, months, seed, Month.parse(start), copies)
        except ValueError as error:
            raise CommandError(_("Not a month: %(text)s. Write it as 2026-01.") % {"text": start}) from error
