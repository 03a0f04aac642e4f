"""Which region leads, for administrators: a place adds its own."""

from django.contrib import admin

from supervision.cases.admin import Valid

from .models import LeadRule


@admin.register(LeadRule)
class LeadRuleAdmin(Valid):
    list_display = ["suspect", "leader", "place", "norm", "verified"]
    list_filter = ["suspect", "verified"]
    search_fields = ["place", "words_zh", "words_en", "source"]
