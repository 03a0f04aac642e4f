"""Which departments we work with and what they may receive, for administrators."""

from django.contrib import admin

from institutions.admin import Recorded
from supervision.cases.admin import Valid

from .models import Allowance, Partner


@admin.register(Partner)
class PartnerAdmin(Recorded):
    list_display = ["department", "kind", "until"]
    list_filter = ["kind"]
    search_fields = ["department__name_zh", "department__name_en"]


@admin.register(Allowance)
class AllowanceAdmin(Valid):
    list_display = ["code", "kind", "about", "place", "persons", "days", "verified"]
    list_filter = ["kind", "about", "verified"]
    search_fields = ["code", "name_zh", "name_en", "source"]
