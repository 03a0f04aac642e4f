"""What points go by, for administrators: a province adds its own matters, thresholds and ways of repair."""

from django.contrib import admin

from supervision.cases.admin import Valid

from .models import CommitmentText, Matter, RepairActivity, RepairCap, Responsibility, Threshold


@admin.register(Matter)
class MatterAdmin(Valid):
    list_display = ["code", "place", "name_zh", "least", "most", "after", "verified"]
    list_filter = ["place", "verified"]
    search_fields = ["code", "name_zh", "name_en", "source"]


@admin.register(Responsibility)
class ResponsibilityAdmin(Valid):
    list_display = ["code", "place", "name_zh", "adds", "main", "verified"]
    list_filter = ["place", "verified"]
    search_fields = ["code", "name_zh", "name_en", "source"]


@admin.register(Threshold)
class ThresholdAdmin(Valid):
    list_display = ["points", "at_once", "kind", "place", "months_least", "months_most", "verified"]
    list_filter = ["place", "kind", "verified"]
    search_fields = ["name_zh", "name_en", "source"]


@admin.register(RepairActivity)
class RepairActivityAdmin(Valid):
    list_display = ["code", "place", "name_zh", "verified"]
    list_filter = ["place", "verified"]
    search_fields = ["code", "name_zh", "name_en", "source"]


@admin.register(RepairCap)
class RepairCapAdmin(Valid):
    list_display = ["place", "most", "verified"]
    list_filter = ["place", "verified"]
    search_fields = ["place", "source"]


@admin.register(CommitmentText)
class CommitmentTextAdmin(Valid):
    list_display = ["version", "verified"]
    list_filter = ["verified"]
    search_fields = ["version", "text_zh", "text_en", "source"]
