"""Uploading a batch."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from claims import profiles
from claims.models import Batch
from supervision.language import in_chinese

if TYPE_CHECKING:
    from institutions.models import Account

FILES = 50  # in one batch


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        chosen = data if isinstance(data, list | tuple) else [data]
        if len(chosen) > FILES:
            raise forms.ValidationError(_("Choose at most %(most)d files."), params={"most": FILES})
        return [super(ManyFilesField, self).clean(one, initial) for one in chosen or [None]]


class UploadForm(forms.Form):
    """The files of a batch, how they are laid out, and the batch they take the place of."""

    files = ManyFilesField(  # type: ignore[assignment]  # the field; a form's own `files` is the request's
        label=_("Files"),
        help_text=_(
            "CSV, Excel or Parquet; several at once. A table's name stands before the first - or . of a file's name: "
            "claims-2026-03.csv."
        ),
        error_messages={"required": _("Choose at least one file.")},
    )
    profile = forms.ChoiceField(label=_("Layout"))
    replaces = forms.ModelChoiceField(
        Batch.objects.none(),
        label=_("Takes the place of"),
        required=False,
        empty_label=_("nothing: these are further claims"),
        help_text=_("A corrected batch ends the one it replaces, at the same moment as it comes in."),
    )

    def __init__(self, account: "Account", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        known = [profiles.load(name) for name in profiles.names()]
        layout, replaced = self.fields["profile"], self.fields["replaces"]
        assert isinstance(layout, forms.ChoiceField)
        assert isinstance(replaced, forms.ModelChoiceField)
        layout.choices = [(one.name, one.title_zh if in_chinese() else one.title) for one in known]
        layout.initial = "template"
        replaced.queryset = Batch.objects.visible_to(account).filter(status=Batch.Status.LOADED)
        replaced.label_from_instance = lambda obj: f"{obj.number} {obj.name}"  # type: ignore[method-assign]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"

    def uploaded(self) -> "list[UploadedFile[Any]]":
        return list(self.cleaned_data["files"])
