"""What a reader asks of the commitments; the question stands in the address."""

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from institutions.models import Account
from supervision.monitoring.filters import ANY, dress, tidy
from supervision.paging import Chip, with_changes

from .models import Commitment, CommitmentQuerySet, State


class CommitmentFilter(forms.Form):
    """What is not understood is said beside its field and filters nothing."""

    named = forms.CharField(label=_("Name or code"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, query: QueryDict, account: Account) -> None:
        super().__init__({name: tidy(str(value)) for name, value in query.items()})
        self.query, self.account = query, account
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", ANY), *State.choices]
        dress(self)
        self.is_valid()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}

    @cached_property
    def commitments(self) -> CommitmentQuerySet:
        """All that answer."""
        rows = Commitment.objects.visible_to(self.account)
        if text := self.chosen.get("named", ""):
            named = Q(institution__name_zh__icontains=text) | Q(institution__name_en__icontains=text)
            rows = rows.filter(named | Q(institution__code__istartswith=text))
        return rows.filter(state=self.chosen["state"]) if "state" in self.chosen else rows

    def chips(self) -> list[Chip]:
        """The chosen filters in words, each with the address that leaves it out."""
        return [
            Chip(str(self.fields[name].label), self.words(name, value), with_changes(self.query, {name: None}))
            for name, value in self.chosen.items()
        ]

    def words(self, name: str, value: str) -> str:
        return str(State(value).label) if name == "state" else value
