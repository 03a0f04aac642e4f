"""Reference data and parties, for administrators."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.forms import RangeWidget
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from institutions.admin.recorded import Inline, Recorded
from institutions.models import Agreement, Department, Division, Institution, Insurer, Practitioner, Registration


@admin.register(Division)
class DivisionAdmin(Recorded):
    list_display = ["code", "name_zh", "name_en", "level", "parent", "invented"]
    list_filter = ["level", "invented"]
    search_fields = ["code", "name_zh", "name_en"]
    list_select_related = ["parent"]
    raw_id_fields = ["parent"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Department)
class DepartmentAdmin(Recorded):
    list_display = ["name_zh", "name_en", "party", "division"]
    list_filter = ["party"]
    search_fields = ["name_zh", "name_en"]
    list_select_related = ["division"]
    raw_id_fields = ["division"]


@admin.register(Insurer)
class InsurerAdmin(Recorded):
    list_display = ["code", "name_zh", "name_en", "pooling_area"]
    search_fields = ["code", "name_zh", "name_en"]
    list_select_related = ["pooling_area"]
    raw_id_fields = ["pooling_area"]


class AgreementsInline(Inline):
    model = Agreement
    extra = 0
    formfield_overrides: ClassVar = {
        DateRangeField: {"widget": RangeWidget(forms.DateInput(attrs={"aria-label": _("period")}))}
    }


@admin.register(Institution)
class InstitutionAdmin(Recorded):
    list_display = ["code", "name_zh", "name_en", "kind", "level", "division"]
    list_filter = ["kind", "level"]
    search_fields = ["code", "name_zh", "name_en"]
    list_select_related = ["division"]
    raw_id_fields = ["division"]
    inlines = [AgreementsInline]


class RegistrationsInline(Inline):
    model = Registration
    extra = 0
    raw_id_fields = ["institution"]


@admin.register(Practitioner)
class PractitionerAdmin(Recorded):
    list_display = ["code", "name", "kind", "title"]
    list_filter = ["kind"]
    search_fields = ["code", "name"]
    inlines = [RegistrationsInline]
