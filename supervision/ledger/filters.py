"""What a reader asks of the ledger; the question stands in the address, so it can be kept and sent."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Division, Institution
from supervision.ledger.models import Balance, Book, Item
from supervision.ledger.models.book import ItemQuerySet
from supervision.ledger.sums import FIGURES
from supervision.paging import Chip, with_changes

ANY = _("any")
PROPOSED = 500
OWN = "own"  # what is handled by the territory itself and by no division below it
NONE = "-"  # what belongs to no institution, no fund, no case


class LedgerFilter(forms.Form):
    """The filters of the ledger. One book at a time: their sums are never added up."""

    book = forms.ChoiceField(label=_("Book"), required=False, choices=Book.choices)
    division = forms.ChoiceField(label=_("Division"), required=False)
    institution = forms.CharField(
        label=_("Institution"),
        required=False,
        max_length=30,
        widget=forms.TextInput({"list": "institutions", "autocomplete": "off"}),
    )
    month = forms.RegexField(r"\d{4}-\d{2}", label=_("Month"), required=False, max_length=7)
    fund = forms.CharField(label=_("Fund"), required=False, max_length=20)
    pooling_area = forms.CharField(label=_("Pooling area, code"), required=False, max_length=6)
    case = forms.CharField(label=_("Case"), required=False, max_length=30)
    place = forms.CharField(label=_("Handled in, code"), required=False, max_length=6, widget=forms.HiddenInput)
    by = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)  # how the sums are divided

    def __init__(self, query: QueryDict, account: Account) -> None:
        super().__init__({name: tidy(str(value)) for name, value in query.items()})
        self.query, self.account = query, account
        self.fields["division"].choices = lambda: [("", ANY), *self.divisions.items()]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
        self.is_valid()
        self.chosen: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def book_chosen(self) -> Book:
        return Book(self.chosen.get("book", Book.FUND))

    @cached_property
    def divisions(self) -> Mapping[str, str]:
        """The divisions right below the reader's territory, and the territory itself."""
        territory = self.account.territory
        assert territory is not None
        below = {place.code: str(place) for place in Division.objects.filter(parent=territory)}
        return below | {OWN: str(territory)}

    def institutions(self) -> list[Institution]:
        """What the field of institutions proposes; the others are found by their code."""
        return list(Institution.objects.visible_to(self.account)[:PROPOSED])

    @cached_property
    def all_books(self) -> ItemQuerySet:
        """The items that answer, of every book."""
        chosen = self.chosen
        rows = Item.objects.visible_to(self.account)
        for name in {"month", "fund", "pooling_area", "case", "place"} & chosen.keys():
            rows = rows.filter(**{name: "" if chosen[name] == NONE else chosen[name]})
        if "institution" in chosen:
            code = chosen["institution"]
            rows = rows.filter(institution=None) if code == NONE else rows.filter(institution=code)
        if "division" in chosen:
            rows = self.within(rows, chosen["division"])
        return rows

    @property
    def items(self) -> ItemQuerySet:
        """The items that answer, of the book chosen."""
        return self.all_books.filter(book=self.book_chosen)

    def within(self, rows: ItemQuerySet, division: str) -> ItemQuerySet:
        territory = self.account.territory
        assert territory is not None
        if division == OWN:
            return rows.filter(place=territory)
        return rows.filter(place__code__startswith=Division.objects.get(pk=division).prefix)

    def chips(self) -> list[Chip]:
        """The chosen filters in words, each with the address that leaves it out."""
        return [
            Chip(str(self.fields[name].label or ""), self.words(name, value), with_changes(self.query, {name: None}))
            for name, value in self.chosen.items()
            if name not in ("book", "by", "sort")
        ]

    def words(self, name: str, value: str) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return next((str(words) for code, words in field.widget.choices if code == value), value)
        if name == "institution":
            return str(Institution.objects.visible_to(self.account).filter(pk=value).first() or value)
        return value


class ItemFilter(LedgerFilter):
    """The same of single items: besides, only those that have something in a figure."""

    figure = forms.ChoiceField(
        label=_("Figure"),
        required=False,
        choices=[("", ANY), *((name, figure.words) for name, figure in FIGURES.items())],
    )
    reference = forms.CharField(label=_("Reference"), required=False, max_length=80)

    @property
    def items(self) -> ItemQuerySet:
        rows = super().items
        if "figure" in self.chosen:
            stages = FIGURES[self.chosen["figure"]].stages
            there = Balance.objects.filter(stage__in=stages, amount__gt=0)
            rows = rows.filter(pk__in=there.values("item"))
        if "reference" in self.chosen:
            rows = rows.filter(reference__istartswith=self.chosen["reference"])
        return rows


def tidy(value: str) -> str:
    """Without the spaces and full-width digits that typing leaves behind, and what PostgreSQL cannot hold."""
    return unicodedata.normalize("NFKC", value).replace("\0", "").strip()
