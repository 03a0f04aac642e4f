"""What a reader asks of the rewards; the question stands in the address."""

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from institutions.models import Account
from supervision.monitoring.filters import ANY, dress, tidy
from supervision.paging import Chip, with_changes

from .models import Reward, State
from .models.rewards import RewardQuerySet


class RewardFilter(forms.Form):
    """What is not understood is said beside its field and filters nothing."""

    complaint = forms.CharField(label=_("Number of the report"), required=False, max_length=30)
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
    def rewards(self) -> RewardQuerySet:
        """All that answer."""
        rows = Reward.objects.visible_to(self.account)
        if "complaint" in self.chosen:
            rows = rows.filter(complaint__number__icontains=self.chosen["complaint"])
        if "state" in self.chosen:
            rows = rows.filter(state=self.chosen["state"])
        return rows

    def chips(self) -> list[Chip]:
        """The chosen filters in words, each with the address that leaves it out."""
        return [
            Chip(str(self.fields[name].label), self._words(name, value), with_changes(self.query, {name: None}))
            for name, value in self.chosen.items()
        ]

    def _words(self, name: str, value: str) -> str:
        return str(State(value).label) if name == "state" else value
