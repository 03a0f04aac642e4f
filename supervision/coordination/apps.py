from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CoordinationConfig(AppConfig):
    name = "supervision.coordination"
    label = "coordination"
    verbose_name = _("Other departments")

    def ready(self) -> None:
        post_migrate.connect(bring_what_is_shipped, sender=self)


def bring_what_is_shipped(*, apps: Any = apps, **_told: Any) -> None:
    """Every database has the shipped allowances, as soon as it has the table for them."""
    try:
        apps.get_model("coordination", "Allowance")
    except LookupError:
        return
    from .loading import load_shipped  # noqa: PLC0415 - models are there by now

    load_shipped()
