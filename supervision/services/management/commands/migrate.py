from typing import Any

from django.core.management.commands import migrate

from supervision.services.owner import as_owner


class Command(migrate.Command):
    """Django's own, as the role that owns the tables."""

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():
            super().handle(*args, **options)
