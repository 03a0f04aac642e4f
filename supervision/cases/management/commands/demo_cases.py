from typing import Any

from django.core.management.base import BaseCommand

from supervision.cases import demonstration
from supervision.cases.models import Case
from supervision.clocks.loading import load_provisional
from supervision.hearing.models import Hearing


class Command(BaseCommand):
    help = "Hear findings of the invented prefecture and handle some cases, as its demonstration accounts would."

    def handle(self, *args: Any, **options: Any) -> None:
        load_provisional()  # a demonstration goes on when the years whose holidays are known are over
        demonstration.hear_and_handle(demonstration.assemble())
        cases = Case.objects.order_by("pk")
        self.stdout.write(f"  {Hearing.objects.count()} hearings, {len(cases)} cases: {', '.join(map(str, cases))}")
