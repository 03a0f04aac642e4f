"""What is written down of a major issue, what stands beside it, and of an interview."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Account, Division, Institution, Insurer
from supervision.monitoring.filters import dress

from .models import Ground, Guidance, Issue, Level

LONGEST = 4000


def words(label: Any, rows: int = 3) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea({"rows": rows}))


class Dressed(forms.Form):
    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        dress(self)


class IssueForm(Dressed):
    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Issue.Kind.choices)
    level = forms.TypedChoiceField(label=_("Level"), choices=[("", "–"), *Level.choices], coerce=int)
    found_at = forms.DateTimeField(
        label=_("Found at"), initial=timezone.now,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("The first report is due so long after this as the level says."),
    )  # fmt: skip
    facts = words(_("What it is about"), 5)
    est_amount = forms.DecimalField(
        label=_("Estimated loss, in yuan"), required=False, max_digits=18, decimal_places=2, min_value=0
    )
    institutions = forms.IntegerField(label=_("Institutions concerned"), min_value=0, max_value=10_000, initial=0)
    divisions = forms.IntegerField(label=_("Places concerned"), min_value=1, max_value=4_000, initial=1)


class FollowUpForm(Dressed):
    words = words(_("What is reported"))


class GuidanceForm(Dressed):
    kind = forms.ChoiceField(label=_("Kind"), choices=Guidance.Kind.choices)
    words = words(_("Guidance"))


class LinkForm(Dressed):
    number = forms.CharField(
        label=_("Number of the matter"), max_length=40,
        help_text=_("Of a case or complaint its number, of a finding that in its address, of an institution its code."),
    )  # fmt: skip


class TaskForm(Dressed):
    words = forms.CharField(label=_("Task"), max_length=400, widget=forms.Textarea({"rows": 2}))
    owner = forms.CharField(label=_("Who does it"), max_length=100)
    due_on = forms.DateField(label=_("To be done by"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


class DoneForm(Dressed):
    words = forms.CharField(label=_("What was done"), max_length=400, widget=forms.Textarea({"rows": 2}))


class ContactForm(Dressed):
    name = forms.CharField(label=pgettext_lazy("of a person", "Name"), max_length=60)
    post = forms.CharField(label=_("Post"), max_length=100)
    telephone = forms.CharField(label=_("Telephone"), max_length=40)


class LeaveForm(Dressed):
    why = forms.CharField(label=_("Why it is not followed"), max_length=400, widget=forms.Textarea({"rows": 2}))


class CallInForm(Dressed):
    kind = forms.ChoiceField(label=_("Who is called in"), choices=Ground.Party.choices)
    code = forms.CharField(
        label=_("Code"),
        max_length=30,
        help_text=_("Of the institution, of the agency, or the six digits of the place."),
    )
    reason = words(_("Why they are called in"))

    def __init__(self, account: Account, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.account = account

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        rows: Any = {
            Ground.Party.INSTITUTION: Institution.objects, Ground.Party.AGENCY: Insurer.objects,
            Ground.Party.PLACE: Division.objects,
        }.get(said.get("kind", ""))  # fmt: skip
        code = str(said.get("code", "")).strip()
        said["party"] = rows.visible_to(self.account).filter(pk=code).first() if rows is not None and code else None
        if code and said["party"] is None:
            self.add_error("code", _("There is nothing by this code in your territory."))
        return said
