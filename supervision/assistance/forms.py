"""What is written down of a request for assistance and of its claims."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Institution
from supervision.monitoring.filters import dress

from .models import Request, Suspect


class Dressed(forms.Form):
    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        dress(self)


class RequestForm(Dressed):
    institution = forms.ModelChoiceField(
        label=_("Institution"), queryset=Institution.objects.all(), widget=forms.TextInput,
        help_text=_("Its code. It may lie in the other region."),
        error_messages={"invalid_choice": _("There is no institution with this code.")},
    )  # fmt: skip
    claim = forms.CharField(
        label=_("Number of the claim"),
        max_length=60,
        help_text=_("One claim to begin with; others of the person follow."),
    )
    question = forms.ChoiceField(
        label=pgettext_lazy("of a request for assistance", "Question"), choices=Request.Question.choices
    )
    suspect = forms.ChoiceField(label=_("About"), choices=Suspect.choices)
    words = forms.CharField(label=_("What is asked"), max_length=4000, widget=forms.Textarea({"rows": 4}))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["institution"].widget.attrs["class"] = "form-control"


class ClaimForm(Dressed):
    claim = forms.CharField(label=_("Number of the claim"), max_length=60)


class AnswerForm(Dressed):
    found = forms.BooleanField(label=_("Something was found"), required=False)
    lost = forms.DecimalField(
        label=_("Lost by the fund, in yuan"), max_digits=18, decimal_places=2, min_value=0, initial=0
    )
    words = forms.CharField(label=_("What was checked"), max_length=400, widget=forms.Textarea({"rows": 2}))
