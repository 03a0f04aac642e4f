"""What a reader asks of applications and agreements; the question stands in the address."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Institution
from supervision.monitoring.filters import ANY, dress, tidy
from supervision.paging import Chip, with_changes

from .models import Application, Contract, Stage, Standing


class Asked(forms.Form):
    """What is not understood is said beside its field and filters nothing."""

    named = forms.CharField(label=_("Institution or number"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    states: Any = ()

    def __init__(self, query: QueryDict, account: Account) -> None:
        super().__init__({name: tidy(str(value)) for name, value in query.items()})
        self.query, self.account = query, account
        self.offered: dict[str, Any] = {"kind": Institution.Kind.choices, "state": self.states}
        for name, offered in self.offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", ANY), *offered]
        dress(self)
        self.is_valid()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}

    def narrowed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if word := self.chosen.get("named"):
            named = Q(institution__name_zh__icontains=word) | Q(institution__name_en__icontains=word)
            rows = rows.filter(named | Q(institution__code__istartswith=word) | Q(number__icontains=word))
        if kind := self.chosen.get("kind"):
            rows = rows.filter(institution__kind=kind)
        if state := self.chosen.get("state"):
            rows = rows.filter(state=state)
        return rows

    def chips(self) -> list[Chip]:
        """The chosen filters in words, each with the address that leaves it out."""
        return [
            Chip(str(self.fields[name].label), self._words(name, value), with_changes(self.query, {name: None}))
            for name, value in self.chosen.items()
        ]

    def _words(self, name: str, value: str) -> str:
        field = self.fields[name]
        return str(dict(self.offered[name])[value]) if isinstance(field, forms.ChoiceField) else value


class ApplicationFilter(Asked):
    states = Standing.choices

    @cached_property
    def rows(self) -> QuerySet[Application]:
        return self.narrowed(Application.objects.visible_to(self.account))


class ContractFilter(Asked):
    states = Stage.choices

    @cached_property
    def rows(self) -> QuerySet[Contract]:
        return self.narrowed(Contract.objects.visible_to(self.account))
