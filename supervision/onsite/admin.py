"""Checklists and numbers, for administrators: a province or a city adds its own."""

from django.contrib import admin

from institutions.admin.recorded import Inline
from supervision.cases.admin import Valid

from .models import Checklist, ChecklistItem, Number


class Items(Inline):
    model = ChecklistItem
    extra = 0


@admin.register(Checklist)
class ChecklistAdmin(Valid):
    list_display = ["code", "place", "name_zh", "verified"]
    list_filter = ["verified"]
    search_fields = ["code", "place", "name_zh", "name_en"]
    inlines = [Items]


@admin.register(Number)
class NumberAdmin(Valid):
    list_display = ["code", "place", "value", "verified"]
    list_filter = ["code", "verified"]
    search_fields = ["place", "name_zh", "name_en", "source"]
