"""Calendars, limits and letterheads, for administrators. What they change enters the chain of acts."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.forms import RangeWidget
from django.forms import DateInput
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from institutions.admin import Recorded
from supervision.clocks.loading import reckon_again
from supervision.clocks.models import CalendarYear, Limit, SpecialDay
from supervision.documents.models import Letterhead

if TYPE_CHECKING:  # only the stubs know it as generic

    class Inline(admin.TabularInline[Any, Any]): ...
else:
    Inline = admin.TabularInline


class SpecialDays(Inline):
    model = SpecialDay
    extra = 3


@admin.register(CalendarYear)
class CalendarYearAdmin(Recorded):
    """A year as the State Council's notice arranges it; clocks that run through it are reckoned again."""

    list_display = ("year", "verified", "source", "loaded")
    inlines = (SpecialDays,)

    @admin.display(description=_("loaded"), ordering="loaded_at")
    def loaded(self, year: CalendarYear) -> datetime:
        return year.loaded_at

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        reckon_again([form.instance.year])

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Limit)
class LimitAdmin(Recorded):
    """A limit that clocks have run by is not changed any more: it ends, and another begins."""

    list_display = ("code", "name_zh", "place", "amount", "unit", "extension", "verified", "days")
    list_filter = ("verified", "unit")
    search_fields = ("code", "name_zh", "name_en")
    formfield_overrides = {DateRangeField: {"widget": RangeWidget(DateInput(attrs={"type": "date"}))}}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None or not obj.clocks.exists():
            return ()
        return [field.name for field in Limit._meta.fields if field.name != "valid"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Letterhead)
class LetterheadAdmin(Recorded):
    """What an office signs its letters with from now on; those that were issued stay as they are."""

    list_display = ("place", "party", "place_zh", "office_zh", "sign")
    search_fields = ("place", "office_zh", "sign")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
