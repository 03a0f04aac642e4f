from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.commands import migrate

from supervision.services.owner import as_owner


class Command(migrate.Command):
    """Django's own, as the role that owns the tables."""

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():
            super().handle(*args, **options)
            if "watch_rows" in get_commands() and not (options["plan"] or options["check_unapplied"]):
                call_command("watch_rows", verbosity=0)  # tables that are new keep their former rows too
