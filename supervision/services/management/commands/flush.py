from typing import Any

from django.core.management.commands import flush

from supervision.services.owner import as_owner


class Command(flush.Command):
    """Django's own, as the role that may empty tables."""

    def handle(self, **options: Any) -> None:
        with as_owner():
            super().handle(**options)
