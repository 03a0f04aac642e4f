"""What grades go by, for administrators: a place adds its own scheme and its own factors."""

from typing import ClassVar

from django.contrib import admin

from institutions.models import GradeFactor
from supervision.cases.admin import Valid

from .models import Scheme, SchemeBand, SchemeLine, TierDisclosure, TierMeasures, TierThreshold


class Bands(admin.TabularInline):  # type: ignore[type-arg]
    model = SchemeBand
    extra = 0


class Lines(admin.TabularInline):  # type: ignore[type-arg]
    model = SchemeLine
    extra = 0


@admin.register(Scheme)
class SchemeAdmin(Valid):
    list_display = ["name_zh", "place", "about", "counts", "days", "verified"]
    list_filter = ["about", "counts", "verified"]
    search_fields = ["place", "name_zh", "name_en", "source"]
    inlines: ClassVar = [Bands, Lines]


@admin.register(GradeFactor)
class GradeFactorAdmin(Valid):
    list_display = ["place", "what", "grade", "value", "days", "verified"]
    list_filter = ["what", "grade", "verified"]
    search_fields = ["place", "source"]


@admin.register(TierThreshold)
class TierThresholdAdmin(Valid):
    list_display = ["matter", "tier", "above", "aggravated", "days", "verified"]
    list_filter = ["matter", "tier", "verified"]
    search_fields = ["source"]


@admin.register(TierMeasures)
class TierMeasuresAdmin(Valid):
    list_display = ["matter", "tier", "measures", "days", "verified"]
    list_filter = ["matter", "tier", "verified"]
    search_fields = ["source"]


@admin.register(TierDisclosure)
class TierDisclosureAdmin(Valid):
    list_display = ["tier", "months", "days", "verified"]
    list_filter = ["tier", "verified"]
    search_fields = ["source"]
