"""`manage.py run_again FINDING`: the same page over the same claims and knowledge, compared with what was found."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from supervision.monitoring.again import CannotRunAgain, run_again
from supervision.monitoring.models import Finding


class Command(BaseCommand):
    help = "Run a finding's rule again as it was run then, and say what differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("finding", type=int, help="the finding's number")

    def handle(self, *args: Any, finding: int, **options: Any) -> None:
        found = Finding.objects.filter(pk=finding).select_related("last_run__snapshot").first()
        if found is None:
            raise CommandError(f"There is no finding {finding}.")
        try:
            again = run_again(found)
        except CannotRunAgain as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{again.rule.code} {again.rule.hash[:12]} over {again.month}, claims of version {again.snapshot}, "
            f"knowledge of version {again.knowledge_version}"
        )
        for difference in again.differences:
            self.stderr.write(str(difference))
        if not again.same:
            raise CommandError(f"Finding {finding} is not what is found again: {len(again.differences)} differences.")
        self.stdout.write(f"Finding {finding} is found again, the same to the letter.")
