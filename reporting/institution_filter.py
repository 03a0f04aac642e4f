"""What a reader asks of the list of institutions; the question stands in the address."""

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Division, Institution
from institutions.models.parties import InstitutionQuerySet
from supervision.monitoring.filters import Order, dress, tidy
from supervision.paging import Chip, with_changes

ANY = [("", _("any"))]
COLUMNS = ("code", "name_zh", "name_en", "beds")
SORTS = [(sign + column, column) for column in COLUMNS for sign in ("", "-")]


class InstitutionFilter(forms.Form):
    """What is not understood filters nothing."""

    named = forms.CharField(label=_("Name or code"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[*ANY, *Institution.Kind.choices])
    level = forms.ChoiceField(label=_("Level"), required=False, choices=[*ANY, *Institution.Level.choices])
    division = forms.ChoiceField(label=_("Division"), required=False)
    sort = forms.ChoiceField(required=False, choices=SORTS, widget=forms.HiddenInput)

    def __init__(self, query: QueryDict, account: Account) -> None:
        super().__init__({name: tidy(str(value)) for name, value in query.items()})
        self.query, self.account = query, account
        below = Division.objects.filter(parent=account.territory)
        places = [(place.code, str(place)) for place in below]
        self.fields["division"] = forms.ChoiceField(label=_("Division"), required=False, choices=[*ANY, *places])
        dress(self)
        self.is_valid()
        self.chosen: dict[str, str] = {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def order_by(self) -> str:
        return self.chosen.get("sort", "code")

    def institutions(self) -> InstitutionQuerySet:
        chosen = self.chosen
        rows = Institution.objects.visible_to(self.account)
        if text := chosen.get("named", ""):
            named = Q(name_zh__icontains=text) | Q(name_en__icontains=text)
            rows = rows.filter(named | Q(code__istartswith=text))
        if "division" in chosen:
            place = Division.objects.get(pk=chosen["division"])
            rows = rows.filter(division__code__startswith=place.prefix)
        return rows.filter(**{name: chosen[name] for name in ("kind", "level") if name in chosen})

    def order(self) -> dict[str, Order]:
        """The sortable columns, and the query string that turns each round."""
        orders = {}
        for column in COLUMNS:
            directions = {column: "ascending", f"-{column}": "descending"}
            turned = f"-{column}" if self.order_by == column else column
            orders[column] = Order(directions.get(self.order_by, ""), with_changes(self.query, {"sort": turned}))
        return orders

    def chips(self) -> list[Chip]:
        """The chosen filters in words, each with the address that leaves it out."""
        return [
            Chip(str(self.fields[name].label), self.words(name), with_changes(self.query, {name: None}))
            for name in self.chosen
            if name != "sort"
        ]

    def words(self, name: str) -> str:
        field, value = self.fields[name], self.chosen[name]
        labels = field.widget.choices if isinstance(field, forms.ChoiceField) else []
        return next((str(label) for choice, label in labels if str(choice) == value), value)
