"""How self-correction is treated, for administrators: a province or a city adds its own numbers."""

from django.contrib import admin

from supervision.cases.admin import Valid

from .models import Leniency


@admin.register(Leniency)
class LeniencyAdmin(Valid):
    list_display = ["code", "place", "value", "verified"]
    list_filter = ["code", "verified"]
    search_fields = ["place", "name_zh", "name_en", "source"]
