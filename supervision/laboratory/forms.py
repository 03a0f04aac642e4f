"""Writing a version, and choosing months to try it on."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from supervision.monitoring.rulebook import Parameter, Rule
from supervision.monitoring.wording import month_words

from .editing import MOST_PAGE

EVERYWHERE = "000000"


def dressed(form: forms.BaseForm) -> None:
    for field in form.fields.values():
        field.widget.attrs.setdefault("class", "form-control")


class ReasonForm(forms.Form):
    """Why a version is made; and why examples of the page before it were changed, where they were."""

    reason = forms.CharField(label=_("What is changed, and why"), widget=forms.Textarea({"rows": 3}), max_length=4000)
    examples_changed = forms.CharField(
        label=_("Why examples of the page before were changed"),
        help_text=_("Only where you changed or left out any of them."),
        widget=forms.Textarea({"rows": 2}),
        max_length=4000,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)


class PageField(forms.CharField):
    """A page to the letter: nothing is trimmed."""

    def __init__(self, **kwargs: Any) -> None:
        look = {"rows": 28, "class": "form-control page-text", "spellcheck": "false", "autocapitalize": "off"}
        super().__init__(strip=False, max_length=MOST_PAGE, widget=forms.Textarea(look), **kwargs)

    def clean(self, value: Any) -> str:
        return str(super().clean(value)).replace("\r\n", "\n")


class TextForm(ReasonForm):
    """The whole page as text, or a file in its place."""

    file = forms.FileField(
        label=_("Or a page as a file"), help_text=_("It takes the place of the text below."), required=False
    )
    text = PageField(label=_("The page"), required=False)
    field_order = ["file", "text", "reason", "examples_changed"]

    def clean_file(self) -> str:
        given = self.cleaned_data["file"]
        if not isinstance(given, UploadedFile):
            return ""
        if (given.size or 0) > 4 * MOST_PAGE:
            raise ValidationError(_("The file is too large for a page."))
        try:
            return bytes(given.read()).decode("utf-8")
        except UnicodeDecodeError:
            raise ValidationError(_("The file is no text in UTF-8.")) from None

    def clean(self) -> dict[str, Any]:
        cleaned = {**(super().clean() or {})}
        if not cleaned.get("file") and not cleaned.get("text"):
            raise ValidationError(_("There is no page."))
        return cleaned

    @property
    def page(self) -> str:
        return str(self.cleaned_data["file"] or self.cleaned_data["text"])


class NewRuleForm(TextForm):
    """A rule of which no page stands in the library."""

    code = forms.SlugField(
        label=_("Code of the rule"), help_text=_("Its name for ever, such as drug_sex_restricted."), max_length=60
    )
    field_order = ["code", "file", "text", "reason", "examples_changed"]


class ParameterForm(forms.Form):
    """One value of a parameter: where and since when it holds, and whence it comes."""

    name = forms.CharField(widget=forms.HiddenInput)
    value = forms.CharField(label=_("Value"), max_length=200)
    source = forms.CharField(label=_("Source"), max_length=500)
    place = forms.RegexField(
        r"^\d{6}$", label=_("Place"), help_text=_("Six digits; 000000 is everywhere"), initial=EVERYWHERE
    )
    since = forms.DateField(
        label=_("Since"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, kinds: dict[str, type], another: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        if another:  # an empty row, for another place or time
            self.fields["name"].initial = another
        dressed(self)

    def clean(self) -> dict[str, Any]:
        said = {**(super().clean() or {})}
        kind = self.kinds.get(said.get("name", ""))
        if kind is None:
            raise ValidationError(_("The page has no such parameter."))
        if "value" in said:
            said["value"] = self._value(said["value"], kind)
        if said.get("until") and said["until"] < (said.get("since") or dt.date.min):
            raise ValidationError(_("It ends before it begins."))
        return said

    def _value(self, text: str, kind: type) -> int | str | bool:
        if kind is str:
            return text
        try:
            return {"true": True, "false": False}[text.lower()] if kind is bool else int(text)
        except (KeyError, ValueError):
            words = _("true or false") if kind is bool else _("a whole number")
            self.add_error("value", ValidationError(_("This must be %(kind)s."), params={"kind": words}))
            return 0

    def parameter(self) -> Parameter:
        said = self.cleaned_data
        since, until = said["since"] or dt.date.min, said["until"] or dt.date.max
        return Parameter(said["name"], said["value"], said["source"], said["place"], since, until)


if TYPE_CHECKING:
    Forms = BaseFormSet[ParameterForm]
else:
    Forms = BaseFormSet


class ParameterFormSet(Forms):
    """The values of a page, in its order; the first of each name holds wherever no other does."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        given = super().get_form_kwargs(index)
        beyond = index - self.initial_form_count() if index is not None else -1
        names = list(given["kinds"])
        return {**given, "another": names[beyond]} if 0 <= beyond < len(names) else given

    def clean(self) -> None:
        if any(self.errors):
            return
        first: set[str] = set()
        seen: set[tuple[str, str, dt.date]] = set()
        for one in self.said():
            if one.name not in first and one.place != EVERYWHERE:
                raise ValidationError(_("The first value of %(name)s holds everywhere."), params={"name": one.name})
            first.add(one.name)
            if (one.name, one.place, one.since) in seen:
                raise ValidationError(_("%(name)s has two values for one place and day."), params={"name": one.name})
            seen.add((one.name, one.place, one.since))

    def said(self) -> list[Parameter]:
        told = [
            form for number, form in enumerate(self.forms) if number < self.initial_form_count() or form.has_changed()
        ]
        kept = [form.parameter() for form in told if not form.cleaned_data.get("DELETE")]
        names = list(dict.fromkeys(one.name for one in kept))
        return [one for name in names for one in kept if one.name == name]


def shown(one: Parameter) -> dict[str, Any]:
    """A value as its form shows it."""
    return {
        "name": one.name,
        "value": str(one.value).lower() if isinstance(one.value, bool) else str(one.value),
        "source": one.source,
        "place": one.place,
        "since": one.since if one.since.year > 1 else None,
        "until": one.until if one.until.year < dt.MAXYEAR else None,
    }


def parameters_of(rule: Rule, data: Any = None) -> ParameterFormSet:
    """The form of a page's parameters, with an empty row for each of them for another place or time."""
    kinds = {one.name: type(one.value) for one in rule.parameters}
    rows = [shown(one) for name in rule.values for one in rule.parameters if one.name == name]
    made = formset_factory(ParameterForm, formset=ParameterFormSet, extra=len(kinds), can_delete=True, max_num=200)
    formset: ParameterFormSet = made(data, initial=rows, form_kwargs={"kinds": kinds}, prefix="values")  # type: ignore[assignment]
    return formset


class MonthsForm(forms.Form):
    """The months of claims a version is tried on."""

    months = forms.MultipleChoiceField(
        label=_("Months"), widget=forms.CheckboxSelectMultiple({"class": "form-check-input"})
    )

    def __init__(self, months: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["months"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(month, month_words(month)) for month in months]
        field.initial = list(months)[-3:]
