"""Forms of the library's pages; what they mean is decided by the acts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.forms import dress
from institutions.models import Account, Division, Institution

from .models import Category
from .models.supervisors import Recommended

LONGEST = 4000


class Dressed(forms.Form):
    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.widget.attrs["class"] = "form-select"
        dress(self)


def words(label: Any, rows: int = 3) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea({"rows": rows}))


class NominateForm(Dressed):
    person = forms.CharField(label=_("Person's name"), max_length=60)
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices)
    recommended = forms.ChoiceField(label=_("How recommended"), choices=Recommended.choices)
    standing = forms.CharField(label=_("Post or profession"), max_length=120, required=False)
    division = forms.ModelChoiceField(label=_("Library of"), queryset=Division.objects.none())
    reason = words(_("Why this person"))

    def __init__(self, account: Account, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["division"]
        assert isinstance(field, forms.ModelChoiceField)
        kept_at = (Division.Level.PROVINCE, Division.Level.PREFECTURE)
        field.queryset = Division.objects.visible_to(account).filter(level__in=kept_at)


class TaskForm(Dressed):
    what = words(_("What is to be done"))


class ReportForm(Dressed):
    report = words(_("What came of it"))


class NoteLeadForm(Dressed):
    text = words(_("What they saw"))
    institution = forms.CharField(label=_("Institution's code, if it is about one"), max_length=30, required=False)

    def __init__(self, account: Account, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.account = account

    def clean_institution(self) -> Institution | None:
        code = self.cleaned_data["institution"].strip()
        if not code:
            return None
        found = Institution.objects.visible_to(self.account).filter(pk=code).first()
        if found is None:
            raise forms.ValidationError(_("There is no institution with this code in your territory."))
        return found


class TakeUpForm(Dressed):
    title = forms.CharField(label=_("Title of the case"), max_length=200)


class LeaveForm(Dressed):
    reason = words(_("Why it is not taken up"), 2)


class AppraiseForm(Dressed):
    text = words(_("Appraisal"))
