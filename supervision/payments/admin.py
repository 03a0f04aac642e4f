"""What is settled by, for administrators: a province or a city adds its own numbers, and each year its budgets."""

from django.contrib import admin

from institutions.admin import Recorded
from supervision.cases.admin import Valid

from .models import Budget, Rate


@admin.register(Rate)
class RateAdmin(Valid):
    list_display = ["code", "place", "value", "verified"]
    list_filter = ["code", "verified"]
    search_fields = ["place", "name_zh", "name_en", "source"]


@admin.register(Budget)
class BudgetAdmin(Recorded):
    list_display = ["area", "institution", "year", "fund", "amount"]
    list_filter = ["year", "fund"]
    search_fields = ["source"]
