from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RewardsConfig(AppConfig):
    name = "supervision.complaints.rewards"
    label = "rewards"
    verbose_name = _("Rewards")

    def ready(self) -> None:
        from supervision.complaints import conditions, retention  # noqa: PLC0415 - models are there by now

        from . import retaining  # noqa: PLC0415

        post_migrate.connect(bring_what_is_shipped, sender=self)
        conditions.UNDER_WAY.append(retaining.under_way)
        retention.STILL_NEEDED.append(retaining.still_needed)
        retention.ERASED_TOO.append(retaining.erase_notes)


def bring_what_is_shipped(*, apps: Any = apps, **_told: Any) -> None:
    """Every database has the shipped rules of rewards, as soon as it has the tables for them."""
    try:
        apps.get_model("rewards", "RewardBand")
    except LookupError:
        return
    from .loading import load_shipped  # noqa: PLC0415 - models are there by now

    load_shipped()
