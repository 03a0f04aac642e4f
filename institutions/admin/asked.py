"""What one administrator asks for and another decides, on the same page."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from institutions import approving, granting, resetting
from institutions.access import signed_in
from institutions.admin.recorded import Admin
from institutions.models import AccountChange, FactorReset

if TYPE_CHECKING:  # only the stubs know it as generic

    class BaseResetForm(forms.ModelForm[FactorReset]): ...
else:
    BaseResetForm = forms.ModelForm


class AskedAdmin(Admin):
    """Lists what waits and what became of it; nothing here is edited or deleted."""

    change_form_template = "admin/institutions/asked/change_form.html"
    list_display = ["account", "outcome", "asked_by", "asked_at", "decided_by", "decided_at"]
    list_filter = ["outcome"]
    list_select_related = ["account", "asked_by", "decided_by"]
    search_fields = ["account__username", "account__name"]
    list_per_page = 50
    show_full_result_count = False
    asked = ["account", "reason"]
    approved: Any

    def get_actions(self, request: HttpRequest) -> Any:
        return {}

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*self.asked, "asked_by", "asked_at", "outcome", "decided_by", "decided_at"] if obj else self.asked

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_fields(request, obj) if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Only decisions change what was asked for."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        try:
            if "_refuse" in request.POST:
                approving.refuse(obj, by=signed_in(request), why=request.POST.get("why", ""))
                messages.success(request, _("Refused. Nothing has changed."))
            elif "_approve" in request.POST:
                self.approve(obj, request)
                messages.success(request, self.approved)
        except approving.ApprovalRefused as refusal:
            messages.error(request, str(refusal))
        return redirect(request.path)

    def approve(self, obj: Any, request: HttpRequest) -> None:
        raise NotImplementedError


class NewResetForm(BaseResetForm):
    """Who asks stands behind the form, so its refusals are said in the form."""

    asker: Any

    class Meta:
        model = FactorReset
        fields = ["account", "reason"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if {"account", "reason"} <= set(given):
            try:
                resetting.check(given["account"], reason=given["reason"], by=self.asker)
            except approving.ApprovalRefused as refusal:
                self.add_error(None, str(refusal))
        return given


@admin.register(FactorReset)
class FactorResetAdmin(AskedAdmin):
    """A lost telephone."""

    form = NewResetForm
    raw_id_fields = ["account"]
    approved = _("The second factor is gone. The account sets up another at its next sign-in.")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form knows who asks."""
        form = super().get_form(request, obj, change, **kwargs)
        return type("AskedForm", (form,), {"asker": signed_in(request)})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.pk = resetting.ask(obj.account, reason=obj.reason, by=signed_in(request)).pk

    def approve(self, obj: Any, request: HttpRequest) -> None:
        resetting.approve(obj, by=signed_in(request))


@admin.register(AccountChange)
class AccountChangeAdmin(AskedAdmin):
    """Duties of weight, another post, an account opened again: asked for on the account's own page."""

    asked = ["account", "wanted", "reason"]
    list_display = ["account", "wanted", "outcome", "asked_by", "asked_at", "decided_by", "decided_at"]
    list_select_related = [
        "account", "asked_by", "decided_by", "territory", "department", "insurer", "institution",
    ]  # fmt: skip
    approved = _("Approved: the account has changed.")

    @admin.display(description=_("what is asked for"))
    def wanted(self, obj: AccountChange) -> SafeString:
        return format_html_join("、", "{}", ((one,) for one in obj.words))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def approve(self, obj: Any, request: HttpRequest) -> None:
        granting.approve(obj, by=signed_in(request))
