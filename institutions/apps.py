from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.utils.translation import gettext_lazy as _


class InstitutionsConfig(AppConfig):
    name = "institutions"
    verbose_name = _("Institutions")
    default_auto_field = "django.db.models.BigAutoField"
    default = True


class AdministrationConfig(admin.AdminConfig):
    """Django's admin with our door."""

    default_site = "institutions.administration.Site"
    default = False
