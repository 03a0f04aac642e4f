"""What is written down of a campaign, a problem, an answer and a line."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.models import Institution
from supervision.monitoring.filters import ANY, dress


class Dressed(forms.Form):
    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        dress(self)
        for field in self.fields.values():
            if isinstance(field, forms.BooleanField):
                field.widget.attrs["class"] = "form-check-input"


class CampaignForm(Dressed):
    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind of institution"), required=False, choices=[("", ANY), *Institution.Kind.choices]
    )
    first_month = forms.CharField(label=_("First month, as 2025-01"), max_length=7)
    last_month = forms.CharField(label=_("Last month, as 2025-12"), max_length=7)
    due_on = forms.DateField(label=_("To be reported by"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    basis = forms.CharField(label=_("Basis"), max_length=200)


class ProblemForm(Dressed):
    code = forms.CharField(label=_("Code"), max_length=20)
    field = forms.CharField(label=_("Field"), max_length=60)
    words = forms.CharField(label=_("Problem"), max_length=400, widget=forms.Textarea({"rows": 2}))
    basis = forms.CharField(label=_("Basis"), max_length=200)


class AnswerForm(Dressed):
    found = forms.BooleanField(label=_("We have found it"), required=False)
    words = forms.CharField(label=_("What was looked at"), max_length=400, widget=forms.Textarea({"rows": 2}))


class LineForm(Dressed):
    claim = forms.CharField(label=_("Number of the claim"), max_length=60)
    line = forms.CharField(label=_("Number of the line"), max_length=40)
    charged = forms.DecimalField(label=_("Charged too much, in yuan"), max_digits=18, decimal_places=2, min_value=0)
