"""What is written down of a package."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.cases.models import Case
from supervision.monitoring.filters import dress

from . import collecting
from .collecting import About
from .drafting import WITH
from .models import Allowance


class Dressed(forms.Form):
    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        dress(self)
        for field in self.fields.values():
            if isinstance(field, forms.BooleanField):
                field.widget.attrs["class"] = "form-check-input"
            if isinstance(field, forms.MultipleChoiceField):
                field.widget.attrs.pop("class", None)


def day_field(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


class WhatForm(Dressed):
    """To whom, and which kind of package."""

    what = forms.ChoiceField(label=_("Department and kind of package"))

    def __init__(self, choices: Sequence[tuple[str, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *choices]
        dress(self)


class PackageForm(Dressed):
    """Within what the department may receive."""

    fields_given = forms.MultipleChoiceField(label=_("Fields"), widget=forms.CheckboxSelectMultiple)
    unmasked = forms.BooleanField(
        label=_("Show persons in full"), required=False,
        help_text=_("Otherwise the codes of those concerned are masked, in running text too."),
    )  # fmt: skip
    purpose = forms.CharField(
        label=_("What it is given for"), max_length=1000, widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    expires_on = day_field(_("May be read until"))
    proceeding = forms.ChoiceField(label=_("Goes with"), required=False)

    def __init__(self, about: About, allowance: Allowance, *args: Any, **more: Any) -> None:
        last = timezone.localdate() + timedelta(allowance.days)
        more.setdefault("initial", {"fields_given": allowance.fields, "expires_on": last})
        super().__init__(*args, **more)
        kind = collecting.kind_of(about)
        offered = [(code, one.words) for code, one in collecting.FIELDS[kind].items() if code in allowance.fields]
        given, goes_with = self.fields["fields_given"], self.fields["proceeding"]
        assert isinstance(given, forms.ChoiceField)
        assert isinstance(goes_with, forms.ChoiceField)
        given.choices = offered
        going = about.proceedings.filter(kind__in=WITH, closed_at=None) if isinstance(about, Case) else []
        goes_with.choices = [
            ("", "–"),
            *((one.number, f"{one.get_kind_display()} {one.number}") for one in going),
        ]
        if not going:
            del self.fields["proceeding"]
        if not allowance.persons:
            del self.fields["unmasked"]
