from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from supervision.cases.models import Case
from supervision.clocks.loading import load_provisional
from supervision.complaints import demonstration
from supervision.complaints.demonstration import kept
from supervision.complaints.models import Complaint
from supervision.hearing.models import Hearing

SHOWN = ("rewarded", "objected")  # how far the reports have come whose receipts are printed


class Command(BaseCommand):
    help = (
        "Tell what citizens of the invented prefecture told, beside its hearings and cases; all as its "
        "demonstration accounts would do it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--receipts", action="store_true", help="only print two receipts with which to follow one")

    def handle(self, *args: Any, receipts: bool, **options: Any) -> None:
        if not receipts:
            load_provisional()  # a demonstration goes on when the years whose holidays are known are over
            kept.keep(demonstration.tell(demonstration.assemble()))
            counts = Hearing.objects.count(), Case.objects.count(), Complaint.objects.count()
            self.stdout.write("  {} hearings, {} cases, {} reports and complaints".format(*counts))
        for one in kept.read():
            if one.about in SHOWN:
                self.stdout.write(f"  {one.number}: follow it at /report/follow/ with the receipt {one.receipt}")
