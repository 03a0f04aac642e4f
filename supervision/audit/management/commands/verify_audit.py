import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from supervision.audit import chain
from supervision.audit.models import Entry


class Command(BaseCommand):
    help = "Walk the chain of acts and name every place where it was changed, cut or added to."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(chain.breaks())
        if options["json"]:
            places = [{"number": place.number, "what": place.what} for place in found]
            self.stdout.write(json.dumps({"entries": Entry.objects.count(), "breaks": places}, ensure_ascii=False))
        elif not found:
            self.stdout.write(f"{Entry.objects.count()} entries, unbroken.")
        else:
            self.stdout.write("\n".join(str(place) for place in found))
        if found:
            raise CommandError(f"The chain is broken in {len(found)} places.", returncode=1)
