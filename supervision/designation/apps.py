from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class DesignationConfig(AppConfig):
    name = "supervision.designation"
    label = "designation"
    verbose_name = _("Designation")

    def ready(self) -> None:
        from . import workflows  # noqa: F401, PLC0415 - tables are known once they are imported

        post_migrate.connect(bring_what_is_shipped, sender=self)


def bring_what_is_shipped(*, apps: Any = apps, **_told: Any) -> None:
    """Every database has the shipped criteria and texts, as soon as it has the tables for them."""
    try:
        apps.get_model("designation", "ContractTemplate")
    except LookupError:
        return
    from .loading import load_shipped  # noqa: PLC0415 - models are there by now

    load_shipped()
