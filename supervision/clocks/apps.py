from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ClocksConfig(AppConfig):
    name = "supervision.clocks"
    verbose_name = _("Deadlines")

    def ready(self) -> None:
        post_migrate.connect(bring_what_is_shipped, sender=self)


def bring_what_is_shipped(*, apps: Any = apps, **_told: Any) -> None:
    """Every database has the shipped calendars and limits, as soon as it has the tables for them."""
    if ("clocks", "limit") in ((model._meta.app_label, model._meta.model_name) for model in apps.get_models()):
        from .loading import load_shipped  # noqa: PLC0415 - models are there by now

        load_shipped()
