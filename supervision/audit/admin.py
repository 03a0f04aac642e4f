from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from supervision.audit.models import Entry, RowChange

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = admin.ModelAdmin


class ToRead(Base):
    """Added to by acts and triggers, changed by nobody."""

    list_per_page = 50
    show_full_result_count = False

    @admin.display(description=_("moment"), ordering="number")
    def moment(self, entry: Entry | RowChange) -> datetime:
        """On Chinese clocks; the entry's own page shows it as it was hashed."""
        return datetime.fromisoformat(entry.at)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Entry)
class EntryAdmin(ToRead):
    list_display = ["number", "moment", "account", "act", "subject"]
    list_filter = ["act"]
    search_fields = ["account", "subject"]


@admin.register(RowChange)
class RowChangeAdmin(ToRead):
    """What a row was, who changed it, and what it became: search for table and key, for example `cases_case 12`."""

    list_display = ["number", "moment", "table", "row", "operation", "who", "during"]
    list_filter = ["operation", "table"]
    search_fields = ["=table", "=row"]
    fields = ("number", "moment", "table", "row", "operation", "who", "during", "role", "what_changed")
    readonly_fields = fields

    @admin.display(description=_("account"))
    def who(self, change: RowChange) -> str:
        account = get_user_model()._default_manager.filter(pk=change.account).first() if change.account else None
        return account.get_username() if account else "—"

    @admin.display(description=_("columns"))
    def what_changed(self, change: RowChange) -> SafeString:
        cells = "<tr><th scope='row'>{}</th><td>{}</td><td>{}</td></tr>"
        rows = ((one.column, one.before, one.after) for one in columns(change))
        return format_html(
            "<table><thead><tr><th>{}</th><th>{}</th><th>{}</th></tr></thead><tbody>{}</tbody></table>",
            _("column"), _("before"), _("afterwards"), format_html_join("", cells, rows),
        )  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column that changed, as text."""

    column: str
    before: str
    after: str


def columns(change: RowChange) -> list[Column]:
    """What differs from the row's next former state; of its last change and of a deletion, all that is known."""
    later = RowChange.objects.filter(table=change.table, row=change.row, number__gt=change.number)
    following = later.order_by("number").first()
    if change.operation == RowChange.Operation.DELETE or following is None:
        return [Column(name, text(value), "") for name, value in change.before.items()]
    pairs = ((name, value, following.before.get(name)) for name, value in change.before.items())
    return [Column(name, text(before), text(after)) for name, before, after in pairs if before != after]


def text(value: str | None) -> str:
    return "—" if value is None else value
