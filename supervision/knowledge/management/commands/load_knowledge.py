import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from supervision.knowledge.loading import SHIPPED, LoadRefused, load


class Command(BaseCommand):
    help = "Load a folder of knowledge lists (CSV); the same folder again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=SHIPPED, metavar="DIR")
        parser.add_argument("--json", action="store_true", help="one object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            batch = load(options["folder"])
        except LoadRefused as refusal:
            if options["json"]:
                problems = [{"file": one.file, "row": one.row, "reason": one.reason} for one in refusal.problems]
                self.stdout.write(json.dumps({"loaded": False, "problems": problems}, ensure_ascii=False))
            raise CommandError(str(refusal)) from refusal
        told = {
            "version": batch.number,
            "folder": batch.folder,
            "points": batch.points,
            "added": batch.loaded.count(),
            "ended": batch.ended.count(),
        }
        if options["json"]:
            self.stdout.write(json.dumps({"loaded": True, **told}))
        elif options["verbosity"]:
            self.stdout.write(", ".join(f"{name} {value}" for name, value in told.items()))
