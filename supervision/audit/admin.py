from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from supervision.audit.models import Entry

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Entry]
else:
    Base = admin.ModelAdmin


@admin.register(Entry)
class EntryAdmin(Base):
    """To read only: entries are added by acts and changed by nobody."""

    list_display = ["number", "moment", "account", "act", "subject"]
    list_filter = ["act"]
    search_fields = ["account", "subject"]
    list_per_page = 50
    show_full_result_count = False

    @admin.display(description=_("moment"), ordering="number")
    def moment(self, entry: Entry) -> datetime:
        """On Chinese clocks; the entry's own page shows it as it was hashed."""
        return datetime.fromisoformat(entry.at)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False
