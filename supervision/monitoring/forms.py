"""Choosing what a monitoring run shall do."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import planning, runs
from .terms import rule_title
from .wording import month_words

if TYPE_CHECKING:
    from institutions.models import Account


class RunForm(forms.Form):
    """Offers the rules and months of the steps that are owed, in months of which the account may see claims.

    All of them are chosen where nothing is unticked.
    """

    rules = forms.MultipleChoiceField(label=_("Rules"), widget=forms.CheckboxSelectMultiple)
    months = forms.MultipleChoiceField(label=_("Months"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, account: "Account", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owed = runs.plan(months=planning.months_of(account))
        codes = sorted({code for code, _month in self.owed})
        months = sorted({month for _code, month in self.owed})
        self._offer("rules", [(code, rule_title(code)) for code in codes])
        self._offer("months", [(month, month_words(month)) for month in months])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices
        field.initial = [value for value, _label in choices]
        field.widget.attrs["class"] = "form-check-input"

    def clean(self) -> dict[str, Any]:
        chosen = {"rules": [], "months": [], **(super().clean() or {})}
        steps = [(c, m) for c, m in self.owed if c in chosen["rules"] and m in chosen["months"]]
        if chosen["rules"] and chosen["months"] and not steps:
            raise forms.ValidationError(_("None of these rules is owed for any of these months."))
        return chosen
