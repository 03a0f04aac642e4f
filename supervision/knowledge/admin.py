"""The knowledge base as it stands, to be read; lists change by loading a folder, never by hand."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from .models import KnowledgeBatch, List, Point, Range

if TYPE_CHECKING:  # only the stubs know it as generic

    class Admin(admin.ModelAdmin[Any]): ...
else:
    Admin = admin.ModelAdmin


class ReadOnly(Admin):
    view_on_site = False  # the knowledge base's pages are the desk's

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(List)
class ListAdmin(ReadOnly):
    list_display = ("name", "title_en", "title_zh")


@admin.register(KnowledgeBatch)
class BatchAdmin(ReadOnly):
    list_display = ("number", "folder", "points", "loaded_at")


@admin.register(Point)
class PointAdmin(ReadOnly):
    list_display = ("point", "list", "key", "place", "valid", "source", "verified")
    list_filter = ("list", "place", "verified")
    search_fields = ("point", "key", "basis")
    list_select_related = ("list",)
    show_full_result_count = False


@admin.register(Range)
class RangeAdmin(ReadOnly):
    list_display = ("list", "low", "high", "source")
    search_fields = ("list",)
