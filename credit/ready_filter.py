"""Which of the evaluations that are ready to be shown a reader asks for; the question stands in the address."""

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Division, Institution
from supervision.monitoring.filters import ANY, dress, tidy
from supervision.paging import Chip, with_changes

from .models import Evaluation
from .models.evaluations import EvaluationQuerySet

NONE = "none"


class ReadyFilter(forms.Form):
    """What is not understood is said beside its field and filters nothing."""

    cycle = forms.ChoiceField(label=_("Year"), required=False)
    division = forms.ChoiceField(label=_("Division"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    letter = forms.ChoiceField(label=_("Grade worked out"), required=False)
    named = forms.CharField(label=_("Name or code"), required=False, max_length=100)

    def __init__(self, query: QueryDict, account: Account) -> None:
        super().__init__({name: tidy(str(value)) for name, value in query.items()})
        self.query, self.account = query, account
        known = self.visible.order_by()
        years = sorted(known.values_list("cycle", flat=True).distinct(), reverse=True)
        letters = sorted(known.exclude(letter="").values_list("letter", flat=True).distinct())
        self.offer("cycle", [(str(year), str(year)) for year in years])
        self.offer(
            "division", [(place.code, str(place)) for place in Division.objects.filter(parent=account.territory)]
        )
        self.offer("kind", list(Institution.Kind.choices))
        self.offer("letter", [*((letter, letter) for letter in letters), (NONE, _("not evaluated"))])
        dress(self)
        self.is_valid()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}

    def offer(self, name: str, choices: list[tuple[str, object]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", ANY), *choices]

    @cached_property
    def visible(self) -> EvaluationQuerySet:
        return Evaluation.objects.visible_to(self.account).ready_to_show()

    @cached_property
    def evaluations(self) -> EvaluationQuerySet:
        """All that answer."""
        rows, chosen = self.visible, self.chosen
        if year := chosen.get("cycle"):
            rows = rows.filter(cycle=year)
        if code := chosen.get("division"):
            rows = rows.filter(institution__division__code__startswith=Division.objects.get(pk=code).prefix)
        if kind := chosen.get("kind"):
            rows = rows.filter(institution__kind=kind)
        if letter := chosen.get("letter"):
            rows = rows.filter(letter="" if letter == NONE else letter)
        if text := chosen.get("named"):
            rows = rows.filter(
                Q(institution__name_zh__icontains=text) | Q(institution__name_en__icontains=text)
                | Q(institution__code__istartswith=text)
            )  # fmt: skip
        return rows

    @cached_property
    def for_the_reader(self) -> EvaluationQuerySet:
        """Of all that answer those that the reader may show: somebody else worked them out."""
        return self.evaluations.exclude(computer=self.account.pk)

    def chips(self) -> list[Chip]:
        """The chosen filters in words, each with the address that leaves it out."""
        return [
            Chip(str(self.fields[name].label), self.words(name, value), with_changes(self.query, {name: None}))
            for name, value in self.chosen.items()
        ]

    def words(self, name: str, value: str) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return next(str(words) for code, words in field.widget.choices if code == value)
        return value
