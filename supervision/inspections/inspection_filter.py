"""What a reader asks of the inspections; the question stands in the address."""

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from institutions.models import Account
from supervision.monitoring.filters import ANY, dress, tidy
from supervision.paging import Chip, with_changes

from .models import Inspection
from .models.inspections import DailyState, FlightState, InspectionQuerySet, RandomState
from .models.plans import Mode

STATES = {one.value: one.label for kind in (FlightState, RandomState, DailyState) for one in kind}


class InspectionFilter(forms.Form):
    """What is not understood is said beside its field and filters nothing."""

    text = forms.CharField(label=_("Number or institution"), required=False, max_length=120)
    mode = forms.ChoiceField(label=_("Mode"), required=False, choices=[("", ANY), *Mode.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", ANY), *STATES.items()])
    trigger = forms.ChoiceField(
        label=_("Why it is made"), required=False, choices=[("", ANY), *Inspection.Trigger.choices]
    )
    whose = forms.ChoiceField(label=_("Only"), required=False, choices=[("", ANY), ("mine", _("mine as an officer"))])

    def __init__(self, query: QueryDict, account: Account) -> None:
        super().__init__({name: tidy(str(value)) for name, value in query.items()})
        self.query, self.account = query, account
        dress(self)
        self.is_valid()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}

    @cached_property
    def inspections(self) -> InspectionQuerySet:
        """All that answer."""
        rows, chosen = Inspection.objects.visible_to(self.account), self.chosen
        for name in ("mode", "state", "trigger"):
            if name in chosen:
                rows = rows.filter(**{name: chosen[name]})
        if "text" in chosen:
            named = Q(institution__name_zh__icontains=chosen["text"]) | Q(institution=chosen["text"])
            rows = rows.filter(Q(number__icontains=chosen["text"]) | named)
        if "whose" in chosen:
            rows = rows.filter(members__inspector__account=self.account, members__until=None)
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
