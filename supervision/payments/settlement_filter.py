"""What a reader asks of the settlements; the question stands in the address."""

from django import forms
from django.db.models import Sum
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from institutions.models import Account
from supervision.ledger.grouping import FUNDS, fund_name
from supervision.monitoring.filters import ANY, dress, tidy
from supervision.paging import Chip, with_changes

from .models import MonthlySettlement
from .models.settlements import MonthlySettlementQuerySet, State

FIGURES = (
    "declared", "out_of_scope", "refused", "adjustments", "deposit", "prepaid_offset", "offset", "payable", "withheld",
    "paid",
)  # fmt: skip


class SettlementFilter(forms.Form):
    """What is not understood is said beside its field and filters nothing."""

    institution = forms.CharField(label=_("Code of the institution"), required=False, max_length=30)
    month = forms.RegexField(r"20\d\d(-(0[1-9]|1[0-2]))?", label=_("Month or year"), required=False)
    fund = forms.ChoiceField(label=_("Fund"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, query: QueryDict, account: Account) -> None:
        super().__init__({name: tidy(str(value)) for name, value in query.items()})
        self.query, self.account = query, account
        if account.institution_id:
            del self.fields["institution"]
        self.offer("fund", [(code, str(words)) for code, words in FUNDS.items()])
        self.offer("state", [(state.value, str(state.label)) for state in State])
        dress(self)
        self.is_valid()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", ANY), *choices]

    @cached_property
    def settlements(self) -> MonthlySettlementQuerySet:
        """All that answer."""
        rows = MonthlySettlement.objects.visible_to(self.account)
        said = {"institution": "institution", "fund": "fund", "state": "state", "month": "month__startswith"}
        return rows.filter(**{column: self.chosen[name] for name, column in said.items() if name in self.chosen})

    def sums(self) -> list[tuple[str, object]]:
        """Each figure of all that answer, added up, under its name."""
        added = self.settlements.order_by().aggregate(**{name: Sum(name) for name in FIGURES})
        return [(str(MonthlySettlement._meta.get_field(name).verbose_name), added[name]) for name in FIGURES]  # type: ignore[union-attr]

    def chips(self) -> list[Chip]:
        """The chosen filters in words, each with the address that leaves it out."""
        return [
            Chip(str(self.fields[name].label), self._words(name, value), with_changes(self.query, {name: None}))
            for name, value in self.chosen.items()
        ]

    def _words(self, name: str, value: str) -> str:
        if name == "fund":
            return fund_name(value)
        return str(State(value).label) if name == "state" else value
