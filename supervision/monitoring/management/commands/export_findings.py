import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from supervision.exporting import csv_line
from supervision.monitoring.exporting import HEADINGS, accused_lines


class Command(BaseCommand):
    help = "Write the lines that open findings accuse to a CSV file, a row a line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, required=True, help="the file to write")
        parser.add_argument("--json", action="store_true", help="print one object")

    def handle(self, *args: Any, to: Path, **options: Any) -> None:
        unfinished = to.with_name(f"{to.name}.part")
        try:
            with unfinished.open("w", encoding="utf-8", newline="") as file:
                file.write(csv_line(HEADINGS))
                rows = sum(1 for line in accused_lines() if file.write(csv_line(line)))
            unfinished.replace(to)
        except OSError as error:
            raise CommandError(_("%(file)s cannot be written: %(reason)s") % {"file": to, "reason": error}) from error
        if options["json"]:
            self.stdout.write(json.dumps({"file": str(to), "rows": rows}, ensure_ascii=False))
        else:
            said = ngettext("%(count)s line written to %(file)s", "%(count)s lines written to %(file)s", rows)
            self.stdout.write(said % {"count": f"{rows:,}", "file": to})
