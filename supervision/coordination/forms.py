"""What is written down of a package."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models import Account
from supervision.cases.models import Case
from supervision.monitoring.filters import dress

from . import collecting
from .collecting import About
from .drafting import WITH
from .models import Allowance, Meeting, Partner


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


class LeadForm(Dressed):
    """What a department tells us of."""

    sent_id = forms.CharField(label=_("Your own number of it"), max_length=60)
    title = forms.CharField(label=_("Title"), max_length=200)
    facts = forms.CharField(label=_("What it is about"), max_length=4000, widget=forms.Textarea({"rows": 5}))
    institution = forms.CharField(label=_("Code of the institution"), max_length=30, required=False)
    person = forms.CharField(
        label=_("Person"), required=False, max_length=60,
        help_text=_("The code of the insured person or of the practitioner, never a name."),
    )  # fmt: skip


class MeetingForm(Dressed):
    title = forms.CharField(label=_("Title"), max_length=200)
    held_at = forms.DateTimeField(
        label=_("Day and hour"), widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    where = forms.CharField(label=_("Where"), max_length=200)
    agenda = forms.CharField(label=_("Agenda"), max_length=4000, widget=forms.Textarea({"rows": 4}))
    members = forms.ModelMultipleChoiceField(
        label=_("Departments"), queryset=Partner.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, account: Account, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["members"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Partner.objects.around(account.territory_id or "").select_related("department")


class TaskForm(Dressed):
    words = forms.CharField(label=_("What is to be done"), max_length=1000, widget=forms.Textarea({"rows": 2}))
    partner = forms.ModelChoiceField(
        label=_("Responsible department"), queryset=Partner.objects.none(), required=False, empty_label=_("our own")
    )
    due_on = day_field(_("To be done by"))

    def __init__(self, meeting: Meeting, *args: Any, **more: Any) -> None:
        super().__init__(*args, auto_id="task-%s", **more)
        field = self.fields["partner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = meeting.members.select_related("department")
