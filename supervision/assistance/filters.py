"""What a reader asks of requests for assistance; the question stands in the address."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Account
from supervision.monitoring.filters import ANY, dress, tidy
from supervision.paging import Chip, with_changes

from .models import Request
from .models.requests import State

OURS, THEIRS, LATE = "ours", "theirs", "late"


class RequestFilter(forms.Form):
    """What is not understood is said beside its field and filters nothing."""

    named = forms.CharField(label=_("Institution or number"), required=False, max_length=60)
    turn = forms.ChoiceField(label=_("Whose"), required=False)
    question = forms.ChoiceField(label=pgettext_lazy("of a request for assistance", "Question"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    offered: Any = {
        "turn": [(OURS, _("asked by us")), (THEIRS, _("asked of us")), (LATE, _("overdue"))],
        "question": Request.Question.choices, "state": State.choices,
    }  # fmt: skip

    def __init__(self, query: QueryDict, account: Account) -> None:
        super().__init__({name: tidy(str(value)) for name, value in query.items()})
        self.query, self.account = query, account
        for name, offered in self.offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", ANY), *offered]
        dress(self)
        self.is_valid()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}

    @cached_property
    def rows(self) -> QuerySet[Request]:
        rows = Request.objects.visible_to(self.account)
        if word := self.chosen.get("named"):
            named = Q(institution__name_zh__icontains=word) | Q(institution__name_en__icontains=word)
            rows = rows.filter(named | Q(institution__code__istartswith=word) | Q(number__icontains=word))
        own = self.account.territory_id
        match self.chosen.get("turn"):
            case "ours":
                rows = rows.filter(from_place=own)
            case "theirs":
                rows = rows.filter(Q(to_place=own) | Q(handler_place=own))
            case "late":
                rows = rows.overdue()
        for name in ("question", "state"):
            if value := self.chosen.get(name):
                rows = rows.filter(**{name: value})
        return rows

    def chips(self) -> list[Chip]:
        """The chosen filters in words, each with the address that leaves it out."""
        return [
            Chip(str(self.fields[name].label), self._words(name, value), with_changes(self.query, {name: None}))
            for name, value in self.chosen.items()
        ]

    def _words(self, name: str, value: str) -> str:
        return str(dict(self.offered.get(name, ())).get(value, value))
