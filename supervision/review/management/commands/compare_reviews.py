"""manage.py compare_reviews: what the desk said beside what runs found afterwards."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from supervision.review.comparing import AGREED, AMOUNT, ONLY_DESK, ONLY_LATER, compare

SHOWN = 20


class Command(BaseCommand):
    help = "Compare what the desk said of claims before they were settled with what monitoring runs found afterwards."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one object")

    def handle(self, *args: Any, **options: Any) -> None:
        compared = compare()
        if options["json"]:
            self.stdout.write(json.dumps(compared.as_dict(), ensure_ascii=False))
            return
        counted = compared.counted
        self.stdout.write(_("Claims compared: %(number)s") % {"number": f"{compared.claims:,}"})
        for words, number in (
            (_("found at the desk and later"), counted[AGREED]),
            (_("found at the desk only"), counted[ONLY_DESK]),
            (_("found later only"), counted[ONLY_LATER]),
            (_("found with another amount"), counted[AMOUNT]),
            (_("differences that no later fact explains"), compared.unexplained),
        ):
            self.stdout.write(f"  {words}: {number:,}")
        for one in compared.differences[:SHOWN]:
            why = "; ".join(one.later_facts) or "-"
            self.stdout.write(f"  {one.rule} {one.claim} {one.kind} {one.at_desk}/{one.later} {why}")
