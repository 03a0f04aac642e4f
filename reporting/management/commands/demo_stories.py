from typing import Any

from django.core.management.base import BaseCommand

from credit.models import Evaluation
from reporting import demonstration
from supervision.cases.models import Case
from supervision.clocks.loading import load_provisional
from supervision.complaints.demonstration import kept
from supervision.complaints.models import Complaint
from supervision.designation.models import Application
from supervision.hearing.models import Hearing
from supervision.payments.models import MonthlySettlement

COUNTED = {
    "hearings": Hearing, "cases": Case, "reports and complaints": Complaint,
    "applications for designation": Application, "settlements": MonthlySettlement, "evaluations": Evaluation,
}  # fmt: skip


class Command(BaseCommand):
    help = "Tell the last months of the invented prefecture, all as its demonstration accounts would do it."

    def handle(self, *args: Any, **options: Any) -> None:
        load_provisional()  # a demonstration goes on when the years whose holidays are known are over
        kept.keep(demonstration.tell())
        said = (f"{model._default_manager.count():,} {words}" for words, model in COUNTED.items())
        self.stdout.write(f"  {', '.join(said)}")
