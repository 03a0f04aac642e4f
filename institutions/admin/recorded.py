"""What every page of the administrators has in common: what they change enters the chain of acts."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from institutions.access import signed_in
from supervision.audit.chain import record
from supervision.audit.models import Act

if TYPE_CHECKING:  # only the stubs know them as generic

    class Admin(admin.ModelAdmin[Any]): ...

    class Inline(admin.StackedInline[Any, Any]): ...
else:
    Admin, Inline = admin.ModelAdmin, admin.StackedInline


class Recorded(Admin):
    """Each change enters the chain; nothing is deleted that others refer to."""

    view_on_site = False  # the desk's pages do not exist for administrators
    act = Act.REFERENCE
    list_per_page = 50
    show_full_result_count = False

    @admin.display(description=_("valid"), ordering="valid")
    def days(self, one: Any) -> str:
        """From which day it holds, and the first day on which it does not any more."""
        since, before = one.valid.lower, one.valid.upper
        words = _("from %(since)s") if before is None else _("from %(since)s, ends before %(before)s")
        return words % {"since": since or "–", "before": before}

    def get_actions(self, request: HttpRequest) -> Any:
        return {}  # no deleting of many at once: each is an act of its own

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        changed = sorted(form.changed_data)
        about = f"{form.instance._meta.label_lower} {form.instance.pk}"
        record(self.act, signed_in(request), about, added=not change, fields=changed)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        about = f"{obj._meta.label_lower} {obj.pk}"
        super().delete_model(request, obj)
        record(self.act, signed_in(request), about, deleted=True)
