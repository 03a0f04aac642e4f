"""The ledger's sums by one word: division, institution, month, fund or pooling area; each opens to its items."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models.functions import Left
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Division, Institution
from supervision.ledger.filters import NONE, OWN, LedgerFilter
from supervision.ledger.models import Book
from supervision.ledger.sums import Sums, by_book, grouped

COLUMNS = ("suspected", "withdrawn", "confirmed", "demanded", "returned", "written_off", "outstanding")
WAYS: Mapping[str, Promise] = {
    "division": gettext_lazy("Division"),
    "institution": gettext_lazy("Institution"),
    "month": gettext_lazy("Month"),
    "fund": gettext_lazy("Fund"),
    "pooling_area": gettext_lazy("Pooling area"),
    "case": gettext_lazy("Case"),
}


@dataclass(frozen=True)
class Cell:
    """One figure, and the list of items that it adds up."""

    amount: Decimal
    address: str


@dataclass(frozen=True)
class Row:
    """The sums of a group, with the question that its items answer."""

    label: str
    sums: Sums
    query: Mapping[str, str]
    columns: Sequence[str] = COLUMNS

    @property
    def cells(self) -> list[Cell]:
        return [Cell(self.sums.figure(name), self.address(name)) for name in self.columns]

    def address(self, figure: str) -> str:
        return f"{reverse('ledger:items')}?{urlencode({**self.query, 'figure': figure})}"


def books(asked: LedgerFilter, columns: Sequence[str] = COLUMNS) -> list[Row]:
    """One row a book; there is no row for all of them."""
    found = by_book(asked.all_books)
    return [Row(str(book.label), found[book], {**question(asked), "book": book.value}, columns) for book in Book]


def rows(asked: LedgerFilter, way: str, institutions: Sequence[Institution] | None = None) -> list[Row]:
    """The groups of the book chosen; of institutions only those given, and persons."""
    if way == "division":
        return by_division(asked)
    if way == "institution":
        return by_institution(asked, institutions)
    labels = NAMED.get(way, plain)
    sums = grouped(asked.items, f"item__{way}")
    words = labels(list(sums))
    base = {**question(asked), "book": asked.book_chosen.value}
    return [
        Row(words[key], sums[key], {**base, way: key or NONE}) for key in sorted(sums, reverse=way in ("month", "case"))
    ]


def by_division(asked: LedgerFilter) -> list[Row]:
    territory = asked.account.territory
    assert territory is not None
    digits = min(2 * (territory.level + 1), 6)
    found = grouped(asked.items, "division_", division_=Left("item__place", digits))
    sums = {key.ljust(6, "0"): sums for key, sums in found.items()}
    base = {**question(asked), "book": asked.book_chosen.value}
    words = asked.divisions
    return [
        Row(words[code], sums[code if code != OWN else territory.code], {**base, "division": code})
        for code in words
        if (code if code != OWN else territory.code) in sums
    ]


def by_institution(asked: LedgerFilter, institutions: Sequence[Institution] | None) -> list[Row]:
    base = {**question(asked), "book": asked.book_chosen.value}
    if institutions is None:
        institutions = list(Institution.objects.filter(pk__in=asked.items.values("institution")).order_by("pk"))
    sums = grouped(asked.items.filter(institution__in=institutions), "item__institution")
    made = [
        Row(f"{place} ({place.pk})", sums.get(place.pk, Sums()), {**base, "institution": place.pk})
        for place in institutions
    ]
    persons = grouped(asked.items.filter(institution=None), "item__institution")
    return made + [Row(_("Persons"), found, {**base, "institution": NONE}) for found in persons.values()]


NOT_ASKED = ("book", "by", "figure", "reference")


def question(asked: LedgerFilter) -> dict[str, str]:
    """The filters that narrow the sums, for the address of the items that they add up."""
    return {name: str(value) for name, value in asked.chosen.items() if name not in NOT_ASKED}


def plain(keys: Sequence[str]) -> Mapping[str, str]:
    return {key: key or _("none") for key in keys}


def fund_words(keys: Sequence[str]) -> Mapping[str, str]:
    return {key: fund_name(key) for key in keys}


def area_words(keys: Sequence[str]) -> Mapping[str, str]:
    names = Division.objects.in_bulk(list(keys))
    return {key: str(names.get(key, key)) for key in keys}


# National codes of the kinds of insurance (insutype).
FUNDS: Mapping[str, Promise] = {
    "310": gettext_lazy("employees' basic insurance"),
    "320": gettext_lazy("civil servants' subsidy"),
    "330": gettext_lazy("employees' large-amount subsidy"),
    "340": gettext_lazy("retired cadres' medical security"),
    "390": gettext_lazy("residents' basic insurance"),
    "392": gettext_lazy("residents' serious-illness insurance"),
    "510": gettext_lazy("maternity insurance"),
}


def fund_name(code: str) -> str:
    return str(FUNDS.get(code, code or _("none")))


NAMED: Mapping[str, Callable[[Sequence[str]], Mapping[str, str]]] = {"fund": fund_words, "pooling_area": area_words}
