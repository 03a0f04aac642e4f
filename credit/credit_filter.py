"""What a reader asks of the grades; the question stands in the address."""

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Institution
from institutions.models.parties import InstitutionQuerySet
from supervision.monitoring.filters import ANY, dress, tidy
from supervision.paging import Chip, with_changes

from .models import UNDER_WAY, Evaluation, State

NONE = "none"


class CreditFilter(forms.Form):
    """What is not understood is said beside its field and filters nothing."""

    named = forms.CharField(label=_("Name or code"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    grade = forms.ChoiceField(label=_("Grade"), required=False)
    state = forms.ChoiceField(label=_("Evaluation under way"), required=False)

    def __init__(self, query: QueryDict, account: Account) -> None:
        super().__init__({name: tidy(str(value)) for name, value in query.items()})
        self.query, self.account = query, account
        letters = [(letter, letter) for letter in letters_of(account)]
        self.offer("kind", list(Institution.Kind.choices))
        self.offer("grade", [*letters, (NONE, _("no grade"))])
        self.offer("state", [(state.value, state.label) for state in UNDER_WAY])
        dress(self)
        self.is_valid()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}

    def offer(self, name: str, choices: list[tuple[str, object]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", ANY), *choices]

    @cached_property
    def institutions(self) -> InstitutionQuerySet:
        """All that answer."""
        rows, chosen = Institution.objects.visible_to(self.account), self.chosen
        if text := chosen.get("named", ""):
            rows = rows.filter(Q(name_zh__icontains=text) | Q(name_en__icontains=text) | Q(code__istartswith=text))
        if "kind" in chosen:
            rows = rows.filter(kind=chosen["kind"])
        if letter := chosen.get("grade", ""):
            rows = rows.filter(grade="" if letter == NONE else letter)
        if state := chosen.get("state", ""):
            rows = rows.filter(pk__in=Evaluation.objects.filter(state=state).values("institution"))
        return rows

    def chips(self) -> list[Chip]:
        """The chosen filters in words, each with the address that leaves it out."""
        return [
            Chip(str(self.fields[name].label), self.words(name, value), with_changes(self.query, {name: None}))
            for name, value in self.chosen.items()
        ]

    def words(self, name: str, value: str) -> str:
        known: dict[str, str] = {NONE: str(_("no grade"))}
        if name == "state":
            return str(State(value).label)
        return str(Institution.Kind(value).label) if name == "kind" else known.get(value, value)


def letters_of(account: Account) -> list[str]:
    """The grades that institutions of the territory have."""
    rows = Institution.objects.visible_to(account).exclude(grade="").order_by("grade")
    return list(rows.values_list("grade", flat=True).distinct())
