"""Putting a batch of knowledge forward, and deciding on one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

FILES = 20  # in one batch
LARGEST = 20 << 20  # bytes of one file


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SheetsField(forms.FileField):
    """Several files at once, each within its bound."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        chosen = data if isinstance(data, list | tuple) else [data]
        if len(chosen) > FILES:
            raise forms.ValidationError(_("Choose at most %(most)d files."), params={"most": FILES})
        cleaned = [super(SheetsField, self).clean(one, initial) for one in chosen or [None]]
        for file in cleaned:
            if file.size > LARGEST:
                raise forms.ValidationError(_("%(name)s is larger than 20 MB."), params={"name": file.name})
        return cleaned


class SheetsForm(forms.Form):
    files = SheetsField(  # type: ignore[assignment]  # the field; a form's own `files` is the request's
        label=_("Files"),
        help_text=_(
            "Published sheets as they come (CSV, JSON or Excel, packed with gzip or not), or lists in our own form: a "
            "file or sheet named after its list, such as price_cap.csv."
        ),
        error_messages={"required": _("Choose at least one file.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.fields["files"].widget.attrs["class"] = "form-control"

    def sheets(self) -> list[tuple[str, bytes]]:
        return [(file.name, file.read()) for file in self.cleaned_data["files"]]


class DecisionForm(forms.Form):
    """Approve, or refuse with a reason."""

    act = forms.ChoiceField(choices=[("approve", "approve"), ("refuse", "refuse")])
    base = forms.IntegerField(required=False)  # the version that the difference on the page was made against
    note = forms.CharField(required=False, max_length=1000, strip=True)

    def clean(self) -> dict[str, Any] | None:
        if self.cleaned_data.get("act") == "refuse" and not self.cleaned_data.get("note"):
            raise forms.ValidationError(_("Say why the batch is refused."))
        if self.cleaned_data.get("act") == "approve" and self.cleaned_data.get("base") is None:
            raise forms.ValidationError(_("Open the batch and look at its difference before you approve it."))
        return self.cleaned_data
