"""What is written down of a visit at the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Account, Duty, Institution
from supervision.monitoring.filters import dress

from . import ruling
from .models import Checklist


class VisitForm(forms.Form):
    """A daily visit: whom, who goes, by which list."""

    institution = forms.ModelChoiceField(
        label=_("Institution"), queryset=Institution.objects.none(), widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("Its code."),
        error_messages={"invalid_choice": _("There is no institution with this code in your territory.")},
    )  # fmt: skip
    officers = forms.ModelMultipleChoiceField(
        label=pgettext_lazy("of a visit", "Officers"),
        queryset=Account.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    checklist = forms.ModelChoiceField(label=_("Checklist"), queryset=Checklist.objects.none())

    def __init__(self, account: Account, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        place = account.territory_id or ""
        self.offer("institution", Institution.objects.visible_to(account))
        self.offer("officers", Account.objects.filter(pk__in=[one.pk for one in who_may_go(account)]))
        self.offer("checklist", Checklist.objects.filter(pk__in=[one.pk for one in ruling.checklists(place)]))
        dress(self)
        self.fields["institution"].widget.attrs["class"] = "form-control"  # typed
        self.fields["officers"].widget.attrs.pop("class", None)

    def offer(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows


def who_may_go(account: Account) -> list[Account]:
    """Whoever handles cases in the account's own territory."""
    if account.territory is None:
        return []
    rows = Account.objects.filter(territory__code__startswith=account.territory.prefix, is_active=True)
    return [one for one in rows.order_by("username") if one.holds(Duty.INVESTIGATE) and one.institution_id is None]


class SampleForm(forms.Form):
    """Of whose claims of which months, and how many."""

    institution = forms.ModelChoiceField(
        label=_("Institution"), queryset=Institution.objects.none(), widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("Its code."),
        error_messages={"invalid_choice": _("There is no institution with this code in your territory.")},
    )  # fmt: skip
    first_month = forms.CharField(label=_("First month, as 2025-01"), max_length=7)
    last_month = forms.CharField(label=_("Last month, as 2025-12"), max_length=7)
    size = forms.IntegerField(
        label=_("Claims to be drawn"), required=False, min_value=1, max_value=5000,
        help_text=_("Empty: as many as is set for the place."),
    )  # fmt: skip

    def __init__(self, account: Account, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["institution"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Institution.objects.visible_to(account)
        dress(self)
        field.widget.attrs["class"] = "form-control"  # typed


class GiveUpForm(forms.Form):
    """Why a device is waited for no longer."""

    device = forms.UUIDField(widget=forms.HiddenInput)
    why = forms.CharField(label=_("Why it will not hand back"), max_length=400)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        dress(self)
