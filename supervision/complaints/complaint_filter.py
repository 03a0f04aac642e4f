"""What a reader asks of the complaints; the question stands in the address."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from institutions.models import Account
from supervision.monitoring.filters import ANY, dress, tidy
from supervision.paging import Chip, with_changes

from .models import Channel, Complaint, Kind, State
from .models.complaint import ComplaintQuerySet

ONLY: dict[str, Any] = {
    "mine": _("prepared by me"), "overdue": _("with something overdue"), "open": _("not archived"),
}  # fmt: skip
ENDED = (State.ARCHIVED, State.JOINED)


class ComplaintFilter(forms.Form):
    """What is not understood is said beside its field and filters nothing."""

    number = forms.CharField(label=_("Number"), required=False, max_length=30)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    institution = forms.CharField(label=_("Institution's code"), required=False, max_length=30)
    only = forms.ChoiceField(label=_("Only"), required=False)

    def __init__(self, query: QueryDict, account: Account) -> None:
        super().__init__({name: tidy(str(value)) for name, value in query.items()})
        self.query, self.account = query, account
        offered = {"kind": Kind.choices, "state": State.choices, "channel": Channel.choices, "only": ONLY.items()}
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", ANY), *choices]
        dress(self)
        self.is_valid()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}

    @cached_property
    def complaints(self) -> ComplaintQuerySet:
        """All that answer."""
        rows, chosen = Complaint.objects.visible_to(self.account), self.chosen
        for name in ("kind", "state", "channel", "institution"):
            if name in chosen:
                rows = rows.filter(**{name: chosen[name]})
        if "number" in chosen:
            rows = rows.filter(number__icontains=chosen["number"])
        match chosen.get("only"):
            case "mine":
                rows = rows.filter(handler=self.account)
            case "overdue":
                rows = rows.filter(clock__red_at__isnull=False, clock__ended_at=None)
            case "open":
                rows = rows.exclude(state__in=ENDED)
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
