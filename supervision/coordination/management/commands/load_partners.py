from typing import Any

from django.core.management.base import BaseCommand

from supervision.coordination.loading import load_partners


class Command(BaseCommand):
    help = "Name the departments of the invented province as partners; once more changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        named = load_partners()
        if options["verbosity"]:
            self.stdout.write(f"{named} departments named")
