from typing import Any

from django.core.management.base import BaseCommand

from supervision.audit import watching
from supervision.services.owner import as_owner


class Command(BaseCommand):
    help = "Have triggers keep the former rows of what people decide. `migrate` does this at its end."

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():
            here = watching.watch()
        if options["verbosity"]:
            self.stdout.write(f"{len(here)} tables keep their former rows.")
