"""What rewards are reckoned by, for administrators: a province or a city adds its own shares."""

from typing import ClassVar

from django.contrib import admin

from supervision.cases.admin import Valid

from .models import RewardBand, RewardRule


class Bands(admin.TabularInline):  # type: ignore[type-arg]
    model = RewardBand
    extra = 0


@admin.register(RewardRule)
class RewardRuleAdmin(Valid):
    list_display = ["place", "against", "level", "base", "least", "most", "days", "verified"]
    list_filter = ["against", "level", "verified"]
    search_fields = ["place", "name_zh", "name_en", "source"]
    inlines: ClassVar = [Bands]
