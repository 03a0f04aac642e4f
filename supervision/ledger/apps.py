from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "supervision.ledger"
    verbose_name = _("Ledger")

    def ready(self) -> None:
        """Its tables of moves are among those that the site knows."""
        from supervision.ledger import workflows  # noqa: F401, PLC0415 - its models are there only now
