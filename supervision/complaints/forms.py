"""What the desk fills in when somebody tells it something."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from institutions.models import Account, Division, Institution
from supervision.monitoring.filters import dress

from .filing import Told
from .models import About, Channel, Kind

IDENTITY = ("name", "phone", "address")


class IntakeForm(forms.Form):
    """By telephone, letter or in person: who told it goes to the vault at once and comes back to no page."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How it came"), choices=[one for one in Channel.choices if one[0] != Channel.INTERNET]
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices)
    facts = forms.CharField(
        label=gettext_lazy("What was told"), max_length=4000, widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("Nothing of who told it: that has its own fields below."),
    )  # fmt: skip
    about = forms.ChoiceField(label=gettext_lazy("It concerns a"), choices=About.choices)
    institution = forms.ModelChoiceField(
        label=gettext_lazy("Institution's code"), queryset=Institution.objects.none(), required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"invalid_choice": gettext_lazy("There is no institution with this code in your territory.")},
    )  # fmt: skip
    named_as = forms.CharField(label=gettext_lazy("Or who or what it is"), required=False, max_length=200)
    place = forms.ModelChoiceField(
        label=pgettext_lazy("report", "Place"), queryset=Division.objects.none(), required=False,
        help_text=gettext_lazy("Empty: where the institution lies, else your own territory."),
    )  # fmt: skip
    when = forms.CharField(label=gettext_lazy("When"), required=False, max_length=200)
    amount = forms.DecimalField(
        label=gettext_lazy("Amount in yuan"), required=False, max_digits=18, decimal_places=2, min_value=0
    )
    name = forms.CharField(
        label=pgettext_lazy("of a person", "Name"), required=False, max_length=60,
        help_text=gettext_lazy("Empty for who stays anonymous. It is sealed at once."),
    )  # fmt: skip
    phone = forms.CharField(label=gettext_lazy("Telephone"), required=False, max_length=30)
    address = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=200)
    wants_reward = forms.BooleanField(label=gettext_lazy("Wants to be considered for a reward"), required=False)

    def __init__(self, account: Account, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.account = account
        self.offer("institution", Institution.objects.visible_to(account))
        self.offer("place", Division.objects.visible_to(account))
        dress(self)
        self.fields["institution"].widget.attrs["class"] = "form-control"
        self.fields["wants_reward"].widget.attrs["class"] = "form-check-input"

    def offer(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not said.get("place"):
            institution = said.get("institution")
            said["place"] = institution.division if institution else self.account.territory
        if (said.get("phone") or said.get("address")) and not said.get("name"):
            self.add_error("name", _("Write the name, or leave telephone and address empty."))
        return said

    def told(self) -> Told:
        said = self.cleaned_data
        return Told(
            kind=said["kind"], facts=said["facts"], place=said["place"], about=said["about"],
            institution=said["institution"], named_as=said["named_as"], when=said["when"], amount=said["amount"],
            wants_reward=said["wants_reward"] and said["kind"] == Kind.TIP, channel=said["channel"],
            who={name: said[name] for name in IDENTITY if said[name]},
        )  # fmt: skip


class HoldForm(forms.Form):
    """Until when something is kept that would be erased, and why."""

    until = forms.DateField(
        label=gettext_lazy("Keep it until"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    why = forms.CharField(label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        dress(self)
