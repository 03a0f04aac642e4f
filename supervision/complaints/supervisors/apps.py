from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupervisorsConfig(AppConfig):
    name = "supervision.complaints.supervisors"
    label = "supervisors"
    verbose_name = _("Social supervisors")
