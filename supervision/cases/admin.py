"""What measures and penalties go by, for administrators: a province adds its own."""

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.forms import RangeWidget
from django.utils.translation import gettext_lazy as _

from institutions.admin import Recorded

from .models import Band, BreachMeasure, DamagesRate, Factor, PenaltyLimit, ViolationType


class Valid(Recorded):
    """A row that holds for a time: what the law changes gets an end, and a new row follows."""

    formfield_overrides: ClassVar = {
        DateRangeField: {"widget": RangeWidget(forms.DateInput(attrs={"aria-label": _("period")}))}
    }


@admin.register(ViolationType)
class ViolationTypeAdmin(Valid):
    list_display = ["code", "article", "subject", "basis", "least", "most", "days", "verified"]
    list_filter = ["subject", "basis", "verified"]
    search_fields = ["code", "words_zh", "words_en"]


@admin.register(Band)
class BandAdmin(Valid):
    list_display = ["place", "least", "most", "grade", "low", "high", "days", "verified"]
    list_filter = ["grade", "verified"]
    search_fields = ["place", "source"]


@admin.register(Factor)
class FactorAdmin(Valid):
    list_display = ["code", "effect", "article", "words_zh", "days", "verified"]
    list_filter = ["effect", "verified"]
    search_fields = ["code", "words_zh", "words_en"]


@admin.register(PenaltyLimit)
class PenaltyLimitAdmin(Valid):
    list_display = ["code", "place", "value", "words_zh", "days", "verified"]
    list_filter = ["code", "verified"]
    search_fields = ["code", "place", "words_zh", "words_en"]


@admin.register(BreachMeasure)
class BreachMeasureAdmin(Valid):
    list_display = ["code", "name_zh", "name_en", "pharmacies", "told_at_once", "verified"]
    search_fields = ["code", "name_zh", "name_en"]


@admin.register(DamagesRate)
class DamagesRateAdmin(Valid):
    list_display = ["insurer", "rate", "days", "source"]
    list_select_related = ["insurer"]
    search_fields = ["insurer__name_zh", "source"]
