from typing import Any

from django.core.management.base import BaseCommand

from supervision.review import demonstration


class Command(BaseCommand):
    help = "Let hospitals of the invented prefecture ask about their latest claims, and their doctors choose."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"  {demonstration.remind():,} remarks at hospitals' desks")
