"""Serving a letter, and writing down who received it."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models import Institution
from supervision.documents.models import Document, Service
from supervision.monitoring.filters import dress

from . import party

if TYPE_CHECKING:
    from institutions.models import Account


class ServiceForm(forms.Form):
    """On whom, and how. An institution is named by its code, and sees the letter from then on."""

    to = forms.CharField(label=_("On whom"), max_length=200)
    institution = forms.CharField(
        label=_("Institution's code"), max_length=30, required=False,
        help_text=_("Where an institution is served: it sees the letter from then on and confirms its receipt."),
    )  # fmt: skip
    method = forms.ChoiceField(label=_("Way of service"), choices=Service.Method.choices)
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, document: Document, account: "Account", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document, self.account = document, account
        dress(self)

    def clean_institution(self) -> str:
        code = str(self.cleaned_data["institution"]).strip()
        if code and not Institution.objects.visible_to(self.account).filter(pk=code).exists():
            raise forms.ValidationError(_("There is no such institution in your territory."))
        if code and not party.for_the_party(self.document):
            raise forms.ValidationError(_("A letter of this kind is not for an institution."))
        if code and party.institution_of(self.document) not in {"", code}:
            raise forms.ValidationError(_("The letter is about another institution."))
        return code


class ReceiptForm(forms.Form):
    """Who took it, and when."""

    by_name = forms.CharField(label=_("Received by"), max_length=120)
    on = forms.DateTimeField(
        label=_("Received on"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )
    note = forms.CharField(label=_("Note"), max_length=2000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localtime()
        dress(self)


class ConfirmForm(forms.Form):
    """The institution's own receipt: now, and by whom."""

    by_name = forms.CharField(label=_("Received by"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)
