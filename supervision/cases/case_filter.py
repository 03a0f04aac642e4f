"""What a reader asks of the cases; the question stands in the address."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from institutions.models import Account
from supervision.monitoring.filters import ANY, dress, tidy
from supervision.paging import Chip, with_changes

from .models import Case, Kind, Lead
from .models.cases import CaseQuerySet

WHOSE: dict[str, Any] = {"mine": _("mine as an officer"), "overdue": _("with something overdue")}


class CaseFilter(forms.Form):
    """What is not understood is said beside its field and filters nothing."""

    text = forms.CharField(label=_("Number or title"), required=False, max_length=120)
    state = forms.ChoiceField(label=_("State"), required=False)
    origin = forms.ChoiceField(label=_("Origin"), required=False)
    kind = forms.ChoiceField(label=_("With a proceeding"), required=False)
    institution = forms.CharField(label=_("Institution's code"), required=False, max_length=30)
    whose = forms.ChoiceField(label=_("Only"), required=False)

    def __init__(self, query: QueryDict, account: Account) -> None:
        super().__init__({name: tidy(str(value)) for name, value in query.items()})
        self.query, self.account = query, account
        offered = {"state": Lead.choices, "origin": Case.Origin.choices, "kind": Kind.choices, "whose": WHOSE.items()}
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", ANY), *choices]
        dress(self)
        self.is_valid()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}

    @cached_property
    def cases(self) -> CaseQuerySet:
        """All that answer."""
        rows, chosen = Case.objects.visible_to(self.account), self.chosen
        for name in ("state", "origin", "institution"):
            if name in chosen:
                rows = rows.filter(**{name: chosen[name]})
        if "kind" in chosen:
            rows = rows.filter(proceedings__kind=chosen["kind"]).distinct()
        if "text" in chosen:
            rows = rows.filter(Q(number__icontains=chosen["text"]) | Q(title__icontains=chosen["text"]))
        match chosen.get("whose"):
            case "mine":
                rows = rows.filter(officers__account=self.account, officers__until=None)
            case "overdue":
                late = Q(clock__red_at__isnull=False, clock__ended_at=None)
                late |= Q(proceedings__clock__red_at__isnull=False, proceedings__clock__ended_at=None)
                rows = rows.filter(late).distinct()
        return rows

    def chips(self) -> list[Chip]:
        """The chosen filters in words, each with the address that leaves it out."""
        return [
            Chip(str(self.fields[name].label), self._words(name, value), with_changes(self.query, {name: None}))
            for name, value in self.chosen.items()
        ]

    def _words(self, name: str, value: str) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return next(str(words) for code, words in field.widget.choices if code == value)
        return value
