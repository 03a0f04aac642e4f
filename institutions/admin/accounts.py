"""Accounts, for administrators: what weighs waits for a second one."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from institutions import approving, granting
from institutions.access import signed_in
from institutions.admin.recorded import Recorded
from institutions.models import Account, AccountChange, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act

if TYPE_CHECKING:  # only the stubs know them as generic

    class BaseAccountAdmin(UserAdmin[Account]): ...

    class BaseNewAccountForm(AdminUserCreationForm[Account]): ...

    class BaseAccountForm(UserChangeForm[Account]): ...
else:
    BaseAccountAdmin, BaseNewAccountForm, BaseAccountForm = UserAdmin, AdminUserCreationForm, UserChangeForm


class NewAccountForm(BaseNewAccountForm):
    class Meta:
        model = Account
        fields = ["username"]


class AccountForm(BaseAccountForm):
    """Who changes it stands behind the form, so that refusals are said in the form."""

    asker: Account
    duties = forms.MultipleChoiceField(
        label=_("duties"), choices=Duty.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    reason = forms.CharField(
        label=_("reason"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed where another administrator approves: duties of weight, another post, opening again."),
    )  # fmt: skip

    class Meta:
        model = Account
        fields = "__all__"

    def _post_clean(self) -> None:
        """After the account has taken what was typed: whether what weighs in it may be asked for."""
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            self.refuse_in("duties", lambda: granting.check_apart(self.instance.duties))
        if not self.errors and granting.weigh(Account.objects.get(pk=self.instance.pk), self.instance):
            reason = self.cleaned_data.get("reason", "")
            self.refuse_in(
                "reason",
                lambda: approving.check_asking(AccountChange, self.instance, reason=reason, by=self.asker),
            )

    def refuse_in(self, field: str, check: Callable[[], None]) -> None:
        """What these people may not do is said beside its field."""
        try:
            check()
        except approving.ApprovalRefused as refusal:
            self.add_error(field, str(refusal))


@admin.register(Account)
class AccountAdmin(Recorded, BaseAccountAdmin):
    """Accounts are stopped, never deleted. Their password can be set anew, never read."""

    act = Act.ACCOUNT
    form = AccountForm
    add_form = NewAccountForm
    list_display = ["username", "name", "territory", "institution", "is_active"]
    list_filter = ["is_active"]
    list_select_related = ["territory", "institution"]
    search_fields = ["username", "name"]
    ordering = ["username"]
    filter_horizontal = []
    raw_id_fields = ["territory", "institution"]
    fieldsets = [
        (None, {"fields": ["username", "password", "name", "email", "is_active"]}),
        (_("Post"), {"fields": ["territory", "department", "insurer", "institution"]}),
        (_("Duties"), {"fields": ["duties", "reason"]}),
        (_("Dates"), {"fields": ["joined_at", "last_login"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Acts are recorded by the user name, so it stays what it was."""
        return ["username", "last_login", "joined_at"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form knows who asks."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return type("AskedForm", (form,), {"asker": signed_in(request)})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """What weighs is asked for; everything else is saved."""
        held = granting.Weight()
        if change:
            before = Account.objects.select_for_update(of=("self",)).get(pk=obj.pk)
            held = granting.hold_back(before, obj)
        super().save_model(request, obj, form, change)
        if held:
            granting.ask(obj, held, reason=form.cleaned_data["reason"], by=signed_in(request))
            messages.warning(
                request, _("What weighs in it waits: another administrator approves it under “changes of accounts”.")
            )

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:  # noqa: A002
        account = self.get_object(request, id)
        before = account.password if account else ""
        response = super().user_change_password(request, id, form_url)
        if account and Account.objects.get(pk=account.pk).password != before:
            Account.objects.filter(pk=account.pk).update(first_password_at=None)
            record(Act.PASSWORD, signed_in(request), account.username)
        return response
