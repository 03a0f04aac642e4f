"""What is asked for when an identity is to be opened, and when that is refused."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.forms import dress

from .asking import LONGEST
from .models import Kind, Purpose


class AskForm(forms.Form):
    """A number, what for, why, and for how long."""

    subject = forms.CharField(label=gettext_lazy("Number of the complaint"), max_length=40)
    kind = forms.ChoiceField(label=gettext_lazy("What is to be opened"), choices=Kind.choices)
    purpose = forms.ChoiceField(label=gettext_lazy("Purpose"), choices=[("", "–"), *Purpose.choices])
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Why it cannot be done without knowing who it is. Name nobody here."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
    )
    hours = forms.IntegerField(
        label=gettext_lazy("Hours for which it may be read"), min_value=1, max_value=1000, initial=2
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)
        for name in ("kind", "purpose"):
            self.fields[name].widget.attrs["class"] = "form-select"
        self.fields["hours"].help_text = _("From the approval on; then it ends by itself.")
