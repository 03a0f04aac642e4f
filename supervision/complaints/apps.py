from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    name = "supervision.complaints"
    label = "complaints"
    verbose_name = _("Complaints")

    def ready(self) -> None:
        from supervision.cases.linking import FINDERS  # noqa: PLC0415 - models are there by now

        from .handling import handlers  # noqa: PLC0415
        from .linking import complaint  # noqa: PLC0415
        from .vault.concerned import HANDLERS  # noqa: PLC0415

        HANDLERS.append(handlers)
        FINDERS["complaint"] = complaint
