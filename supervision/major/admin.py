"""By what major issues are graded and on what interviews rest, for administrators: a place adds its own."""

from django.contrib import admin

from supervision.cases.admin import Valid

from .models import Ground, IssueLevel


@admin.register(IssueLevel)
class IssueLevelAdmin(Valid):
    list_display = ["level", "place", "amount", "institutions", "up_to", "report_limit", "follow_limit", "verified"]
    list_filter = ["level", "verified"]
    search_fields = ["place", "trigger_zh", "trigger_en", "source"]


@admin.register(Ground)
class GroundAdmin(Valid):
    list_display = ["kind", "place", "norm", "article", "verified"]
    list_filter = ["kind", "verified"]
    search_fields = ["place", "words_zh", "words_en", "source"]
