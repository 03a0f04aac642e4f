"""What institutions fill in about their reminders."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims import profiles
from claims.forms import ManyFilesField
from supervision.language import in_chinese
from supervision.review.models import Connection, Remark

LAYOUTS = ("template", "national")
LONGEST_MESSAGE = 500_000  # characters


class AnswersForm(forms.Form):
    """How the institution's system is answered."""

    severities = forms.MultipleChoiceField(
        label=_("Severities that are sent"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[("1", _("1: definite")), ("2", _("2: highly suspicious")), ("3", _("3: slightly suspicious"))],
        help_text=_("What is not sent is kept all the same, and stands among the reminders here."),
    )  # fmt: skip
    one_object = forms.BooleanField(
        label=_("The result is one object, not a list"), required=False,
        help_text=_("For systems that read no list: the gravest remark alone is sent."),
    )  # fmt: skip

    @classmethod
    def of(cls, connection: Connection | None) -> "AnswersForm":
        """As it is now; without a row everything is sent, as a list."""
        now = connection or Connection()
        return cls(initial={"severities": now.severities, "one_object": now.one_object})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-check-input"


class ChoiceForm(forms.Form):
    """What the doctor did about a remark: the order goes on, and why; or it was changed."""

    choice = forms.ChoiceField(choices=Remark.Choice.choices)
    reason = forms.CharField(max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("choice") == Remark.Choice.OVERRODE and not given.get("reason"):
            self.add_error("reason", _("Where the order goes on, a reason is needed."))
        return given


class DayForm(forms.Form):
    """The day that is looked at; today where none is said, or none can be read."""

    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput({"type": "date", "class": "form-control"}),
        validators=[MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2099, 12, 31))],
    )  # fmt: skip

    def chosen(self) -> date:
        said: date | None = self.cleaned_data.get("day") if self.is_valid() else None
        return said or timezone.localdate()


class MessageForm(forms.Form):
    """A message to be tried."""

    message = forms.CharField(
        label=_("Message (JSON)"), max_length=LONGEST_MESSAGE, strip=False,
        widget=forms.Textarea({"rows": 18, "class": "form-control page-text", "spellcheck": "false"}),
        error_messages={"required": _("Paste a message, or load an example.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False


class SelfCheckForm(forms.Form):
    """The files of a self-check, and how they are laid out."""

    files = ManyFilesField(  # type: ignore[assignment]  # the field; a form's own `files` is the request's
        label=_("Files"),
        help_text=_("CSV, Excel or Parquet; several at once. Planned charges stand in the template like settled ones."),
        error_messages={"required": _("Choose at least one file.")},
    )
    profile = forms.ChoiceField(label=_("Layout"), initial="template")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        layout = self.fields["profile"]
        assert isinstance(layout, forms.ChoiceField)
        known = [profiles.load(name) for name in LAYOUTS]
        layout.choices = [(one.name, one.title_zh if in_chinese() else one.title) for one in known]
        self.fields["files"].widget.attrs["class"] = "form-control"
        layout.widget.attrs["class"] = "form-select"
