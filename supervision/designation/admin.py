"""What designation goes by, for administrators: a place adds its own criteria, thresholds, bands and texts."""

from django.contrib import admin

from supervision.cases.admin import Valid

from .models import ContractTemplate, Criterion, PerformanceBand, Threshold


@admin.register(Criterion)
class CriterionAdmin(Valid):
    list_display = ["code", "use", "kind", "place", "name_zh", "points", "required", "days", "verified"]
    list_filter = ["use", "kind", "verified"]
    search_fields = ["code", "name_zh", "name_en", "source"]


@admin.register(Threshold)
class ThresholdAdmin(Valid):
    list_display = ["code", "place", "amount", "days", "verified"]
    search_fields = ["code", "name_zh", "name_en", "source"]


@admin.register(PerformanceBand)
class PerformanceBandAdmin(Valid):
    list_display = ["name_zh", "place", "least", "release", "renews", "days", "verified"]
    search_fields = ["name_zh", "name_en", "source"]


@admin.register(ContractTemplate)
class ContractTemplateAdmin(Valid):
    list_display = ["kind", "use", "version", "place", "name_zh", "days", "verified"]
    list_filter = ["kind", "use", "verified"]
    search_fields = ["name_zh", "name_en", "source"]
