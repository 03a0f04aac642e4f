import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from institutions.loading import ReferenceMissing, load_reference


class Command(BaseCommand):
    help = "Load the divisions of GB/T 2260, the departments of the responsible parties and the insurers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_reference()
        except ReferenceMissing as missing:
            raise CommandError(str(missing)) from missing
        if options["json"]:
            self.stdout.write(json.dumps(loaded))
        elif options["verbosity"]:
            self.stdout.write(", ".join(f"{count} {name}" for name, count in loaded.items()))
