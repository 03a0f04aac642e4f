"""What inspections go by, for administrators: a province or a city adds its own items, numbers and weights."""

from django.contrib import admin

from supervision.cases.admin import Valid

from .models import Item, Number, RiskBand


@admin.register(Item)
class ItemAdmin(Valid):
    list_display = ["code", "place", "name_zh", "basis", "verified"]
    list_filter = ["verified"]
    search_fields = ["code", "place", "name_zh", "name_en"]


@admin.register(Number)
class NumberAdmin(Valid):
    list_display = ["code", "place", "value", "verified"]
    list_filter = ["code", "verified"]
    search_fields = ["place", "name_zh", "name_en", "source"]


@admin.register(RiskBand)
class RiskBandAdmin(Valid):
    list_display = ["place", "least", "value", "verified"]
    list_filter = ["verified"]
    search_fields = ["place", "source"]
