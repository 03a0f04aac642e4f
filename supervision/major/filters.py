"""What a reader asks of major issues and interviews; the question stands in the address."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from institutions.models import Account
from supervision.monitoring.filters import ANY, dress, tidy
from supervision.paging import Chip, with_changes

from .models import Ground, Interview, Issue, Level
from .models.interviews import Stage
from .models.issues import State


class Asked(forms.Form):
    """What is not understood is said beside its field and filters nothing."""

    offered: Any = {}

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

    def chips(self) -> list[Chip]:
        """The chosen filters in words, each with the address that leaves it out."""
        return [
            Chip(str(self.fields[name].label), self._words(name, value), with_changes(self.query, {name: None}))
            for name, value in self.chosen.items()
        ]

    def _words(self, name: str, value: str) -> str:
        said = {str(key): words for key, words in self.offered.get(name, ())}
        return str(said.get(value, value))


class IssueFilter(Asked):
    named = forms.CharField(label=_("Title or number"), required=False, max_length=60)
    level = forms.ChoiceField(label=_("Level"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    late = forms.ChoiceField(label=_("First report"), required=False)
    offered: Any = {
        "level": Level.choices, "kind": Issue.Kind.choices, "state": State.choices,
        "late": [("yes", _("came too late"))],
    }  # fmt: skip

    @cached_property
    def rows(self) -> QuerySet[Issue]:
        rows = Issue.objects.visible_to(self.account)
        if word := self.chosen.get("named"):
            rows = rows.filter(Q(title__icontains=word) | Q(number__icontains=word))
        for name in ("level", "kind", "state"):
            if value := self.chosen.get(name):
                rows = rows.filter(**{name: value})
        return rows.reported_late() if self.chosen.get("late") else rows


class InterviewFilter(Asked):
    named = forms.CharField(label=_("Number or name"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("Who is called in"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    offered: Any = {"kind": Ground.Party.choices, "state": Stage.choices}

    @cached_property
    def rows(self) -> QuerySet[Interview]:
        rows: QuerySet[Interview] = Interview.objects.visible_to(self.account)
        if word := self.chosen.get("named"):
            names = ("institution__name_zh", "institution__name_en", "agency__name_zh", "subject_place__name_zh")
            asked = Q(number__icontains=word)
            for name in names:
                asked |= Q(**{f"{name}__icontains": word})
            rows = rows.filter(asked)
        for name in ("kind", "state"):
            if value := self.chosen.get(name):
                rows = rows.filter(**{name: value})
        return rows
