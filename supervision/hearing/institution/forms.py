"""What an institution writes to each line, and to all lines at once."""

from typing import Any, TypeAlias

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from claims.forms import ManyFilesInput
from supervision.hearing.answering import LineAnswer
from supervision.hearing.institution.showing import Accused
from supervision.hearing.models import Draft, HearingLine

LONGEST = 4000
ACCEPT, APPEAL = HearingLine.Answer.ACCEPTED, HearingLine.Answer.APPEALED
Files: TypeAlias = "MultiValueDict[str, UploadedFile[bytes]]"
CHOICES = [(ACCEPT.value, _("Accept")), (APPEAL.value, _("Appeal"))]


class FilesField(forms.FileField):
    """Any number of files; each is looked into by itself, so that a bad one keeps none of the others out."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        chosen = data if isinstance(data, list | tuple) else [data] if data else []
        return list(chosen)


class LineForm(forms.Form):
    """The answer to one line. Half a thought may be kept: only what is sent must be whole."""

    answer = forms.ChoiceField(label=_("Your answer"), choices=CHOICES, required=False, widget=forms.RadioSelect)
    grounds = forms.CharField(
        label=_("Grounds of the appeal"), max_length=LONGEST, required=False,
        widget=forms.Textarea({"rows": 3, "class": "form-control"}),
        help_text=_("What the finding overlooks, and where that is documented."),
    )  # fmt: skip
    evidence = FilesField(
        label=_("Files for this line"), required=False,
        help_text=_("PDF, JPEG, PNG or Excel (.xlsx). A harmless copy is kept: without scripts, formulas and places."),
    )  # fmt: skip
    turn = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        line: Accused,
        data: QueryDict | None = None,
        files: "Files | None" = None,
    ) -> None:
        self.line = line
        self.written: Draft | None = None  # by somebody else, meanwhile
        draft = line.draft
        initial = {
            "answer": draft.answer if draft else "",
            "grounds": draft.grounds if draft else "",
            "turn": draft.turn if draft else 0,
        }
        super().__init__(data, files, initial=initial, prefix=f"line-{line.heard.pk}")
        self.use_required_attribute = False
        self.fields["answer"].widget.attrs["class"] = "form-check-input"
        self.fields["evidence"].widget.attrs["class"] = "form-control"

    def said(self) -> LineAnswer:
        return LineAnswer(self.cleaned_data["answer"], self.cleaned_data["grounds"])

    def look_again(self, draft: Draft | None) -> None:
        """The writer now knows what a colleague wrote: what is sent next may take its place."""
        self.written = draft
        self.data = {**self.data, self.add_prefix("turn"): str(draft.turn if draft else 0)}


class SameForm(forms.Form):
    """The same answer to many lines."""

    answer = forms.ChoiceField(choices=CHOICES)
    grounds = forms.CharField(max_length=LONGEST, required=False)
    over = forms.BooleanField(required=False)  # to those too that have another answer

    def said(self) -> LineAnswer:
        return LineAnswer(self.cleaned_data["answer"], self.cleaned_data["grounds"])


class SendForm(forms.Form):
    """What was looked at when it was sent."""

    turn = forms.IntegerField(min_value=0)
    checked = forms.IntegerField(min_value=0)
