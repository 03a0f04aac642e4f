"""Reference data, parties and accounts, for administrators. What they change enters the chain of acts."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.forms import RangeWidget
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from institutions.access import signed_in
from institutions.models import (
    Account,
    Agreement,
    Department,
    Division,
    Duty,
    Institution,
    Insurer,
    Practitioner,
    Registration,
)
from supervision.audit.chain import record
from supervision.audit.models import Act

if TYPE_CHECKING:  # only the stubs know them as generic

    class Admin(admin.ModelAdmin[Any]): ...

    class Inline(admin.StackedInline[Any, Any]): ...

    class BaseAccountAdmin(UserAdmin[Account]): ...

    class BaseNewAccountForm(AdminUserCreationForm[Account]): ...

    class BaseAccountForm(UserChangeForm[Account]): ...
else:
    Admin, Inline, BaseAccountAdmin = admin.ModelAdmin, admin.StackedInline, UserAdmin
    BaseNewAccountForm, BaseAccountForm = AdminUserCreationForm, UserChangeForm

admin.site.unregister(Group)  # duties take the place of groups


class Recorded(Admin):
    """Each change enters the chain; nothing is deleted that others refer to."""

    view_on_site = False  # the desk's pages do not exist for administrators
    act = Act.REFERENCE
    list_per_page = 50
    show_full_result_count = False

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


@admin.register(Division)
class DivisionAdmin(Recorded):
    list_display = ["code", "name_zh", "name_en", "level", "parent", "invented"]
    list_filter = ["level", "invented"]
    search_fields = ["code", "name_zh", "name_en"]
    list_select_related = ["parent"]
    raw_id_fields = ["parent"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Department)
class DepartmentAdmin(Recorded):
    list_display = ["name_zh", "name_en", "party", "division"]
    list_filter = ["party"]
    search_fields = ["name_zh", "name_en"]
    list_select_related = ["division"]
    raw_id_fields = ["division"]


@admin.register(Insurer)
class InsurerAdmin(Recorded):
    list_display = ["code", "name_zh", "name_en", "pooling_area"]
    search_fields = ["code", "name_zh", "name_en"]
    list_select_related = ["pooling_area"]
    raw_id_fields = ["pooling_area"]


class AgreementsInline(Inline):
    model = Agreement
    extra = 0
    formfield_overrides: ClassVar = {
        DateRangeField: {"widget": RangeWidget(forms.DateInput(attrs={"aria-label": _("period")}))}
    }


@admin.register(Institution)
class InstitutionAdmin(Recorded):
    list_display = ["code", "name_zh", "name_en", "kind", "level", "division"]
    list_filter = ["kind", "level"]
    search_fields = ["code", "name_zh", "name_en"]
    list_select_related = ["division"]
    raw_id_fields = ["division"]
    inlines = [AgreementsInline]


class RegistrationsInline(Inline):
    model = Registration
    extra = 0
    raw_id_fields = ["institution"]


@admin.register(Practitioner)
class PractitionerAdmin(Recorded):
    list_display = ["code", "name", "kind", "title"]
    list_filter = ["kind"]
    search_fields = ["code", "name"]
    inlines = [RegistrationsInline]


class NewAccountForm(BaseNewAccountForm):
    class Meta:
        model = Account
        fields = ["username"]


class AccountForm(BaseAccountForm):
    duties = forms.MultipleChoiceField(
        label=_("duties"), choices=Duty.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Account
        fields = "__all__"


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
    readonly_fields = ["last_login", "joined_at"]
    fieldsets = [
        (None, {"fields": ["username", "password", "name", "email", "is_active"]}),
        (_("Post"), {"fields": ["territory", "department", "insurer", "institution"]}),
        (_("Duties"), {"fields": ["duties"]}),
        (_("Dates"), {"fields": ["joined_at", "last_login"]}),
    ]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:  # noqa: A002
        account = self.get_object(request, id)
        before = account.password if account else ""
        response = super().user_change_password(request, id, form_url)
        if account and Account.objects.get(pk=account.pk).password != before:
            record(Act.PASSWORD, signed_in(request), account.username)
        return response
