import json
import shutil
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.clocks.calendar import months_after
from supervision.clocks.loading import load_provisional
from supervision.complaints.demonstration import kept
from supervision.hearing.models import Hearing
from supervision.simulation import counting, looking, reconciling, year

MONTHS = 12


class Command(BaseCommand):
    help = (
        "Tell a year of supervision in the invented prefecture: claims, rules, hearings, cases, inspections, "
        "complaints, settlements, grades, each by the moves that people make. Ends with 1 where the totals do not "
        "reconcile."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, required=True, help="the same seed tells the same on the same day")
        parser.add_argument("--json", action="store_true", help="one object on standard output")
        parser.add_argument("--scale", choices=year.SCALES, default="full", help="how much is told")
        parser.add_argument("--check", action="store_true", help="tell nothing: count and reconcile what is there")

    def handle(self, *args: Any, seed: int, scale: str, check: bool, **options: Any) -> None:
        if seed < 0:
            raise CommandError(_("The seed is at least 0."))
        told = year.Told() if check else self.tell(seed, year.SCALES[scale])
        found = self.step(_("Adding up"), reconciling.checks)
        report = {
            "seed": seed,
            "until": timezone.localdate().isoformat(),
            "counts": counting.counts(),
            "sums": counting.money(),
            "left_off": sorted(told.left_off),
            "checks": [one.told() for one in found],
            "reconciled": all(one.ok for one in found),
            "institution": looking.fullest(),
        }
        self.stdout.write(json.dumps(report, ensure_ascii=False) if options["json"] else words(report))
        if not report["reconciled"]:
            wrong = [one.name for one in found if not one.ok]
            raise CommandError(_("This does not add up: %(names)s.") % {"names": "; ".join(wrong)})

    def tell(self, seed: int, scale: year.Scale) -> year.Told:
        if Hearing.objects.exists():
            raise CommandError(
                _("Something was told here already: begin in an empty FUND_HOME, or add up with --check.")
            )
        data = Path(settings.FUND_HOME) / "demo" / "year"
        start = f"{months_after(timezone.localdate().replace(day=1), -MONTHS):%Y-%m}"
        self.quietly("vault", "init")
        load_provisional()  # a year goes on when the years whose holidays are known are over
        self.step(_("Inventing a prefecture"), lambda: invent(data, scale.members, seed, start))
        self.step(_("Taking its claims in"), lambda: self.quietly("intake", str(data)))
        self.step(_("Running the rules"), lambda: self.quietly("monitor"))
        told: year.Told = self.step(_("Telling the year, day by day"), lambda: year.tell_year(seed, scale))
        kept.keep(told.kept)
        return told

    def step(self, title: str, do: Callable[[], Any]) -> Any:
        """Do it, and say on standard error what was done and how long it took."""
        started = time.monotonic()
        done = do()
        self.stderr.write(f"{title}: {time.monotonic() - started:.0f} s", self.style.NOTICE)
        return done

    def quietly(self, name: str, *arguments: str) -> None:
        call_command(name, *arguments, stdout=self.stderr)


def invent(data: Path, members: int, seed: int, start: str) -> None:
    shutil.rmtree(data, ignore_errors=True)
    asked = ("--members", str(members), "--months", str(MONTHS), "--seed", str(seed), "--start", start)
    call_command("simulate", "--out", str(data), *asked, stdout=sys.stderr)


def words(report: dict[str, Any]) -> str:
    lines = [f"{name:<40} {states['all']:>10,}" for name, states in report["counts"].items()]
    lines += [f"{name:<40} {amount / counting.FEN:>14,.2f} yuan" for name, amount in report["sums"].items()]
    lines += [_("left off: %(story)s") % {"story": story} for story in report["left_off"]]
    for one in report["checks"]:
        lines.append(f"{'✓' if one['ok'] else '✗'} {one['name']}: {one['left']:,} = {one['right']:,}")
    lines.append(_("The institution to look at first: %(code)s") % {"code": report["institution"]})
    return "\n".join(lines)
