"""What stands where, added up from the balances: one row an item and stage, never from all the postings."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from supervision.ledger.models import RETURNED, Balance, Book, Item, Stage

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Figure:
    """A figure that people ask for: its name, and the stages that it adds up."""

    words: Promise
    stages: frozenset[Stage]


DEMANDED = frozenset({Stage.DEMANDED, *RETURNED, Stage.WRITTEN_OFF})
# What was ever demanded is outstanding, has come back or was written off: the columns add up.
FIGURES: Mapping[str, Figure] = {
    "suspected": Figure(_("Suspected"), frozenset({Stage.SUSPECTED})),
    "withdrawn": Figure(_("Withdrawn"), frozenset({Stage.WITHDRAWN})),
    "confirmed": Figure(_("Confirmed"), DEMANDED | {Stage.CONFIRMED}),
    "demanded": Figure(_("Demanded"), DEMANDED),
    "returned": Figure(_("Returned"), frozenset(RETURNED)),
    "cash": Figure(_("Returned in cash"), frozenset({Stage.CASH})),
    "offset": Figure(_("Returned by offset"), frozenset({Stage.OFFSET})),
    "instalment": Figure(_("Returned in instalments"), frozenset({Stage.INSTALMENT})),
    "written_off": Figure(_("Written off"), frozenset({Stage.WRITTEN_OFF})),
    "outstanding": Figure(_("Outstanding"), frozenset({Stage.DEMANDED})),
    "repayable": Figure(_("Owed back to the party"), frozenset({Stage.REPAYABLE})),
    "repaid": Figure(_("Repaid to the party"), frozenset({Stage.REPAID})),
    "not_yet_demanded": Figure(_("Confirmed, not yet demanded"), frozenset({Stage.CONFIRMED})),
}


@dataclass(frozen=True)
class Sums:
    """The amounts of some items by stage, and the figures that follow."""

    at: Mapping[Stage, Decimal] = field(default_factory=dict)

    def __getitem__(self, stage: Stage) -> Decimal:
        return self.at.get(stage, NOTHING)

    def figure(self, name: str) -> Decimal:
        return sum((self[stage] for stage in FIGURES[name].stages), NOTHING)


def standing(item: Item) -> Sums:
    """What stands where of one item."""
    return Sums({Stage(stage): amount for stage, amount in item.balances.values_list("stage", "amount")})


def by_book(items: QuerySet[Item]) -> dict[Book, Sums]:
    """The sums of each book. Books are never added up together."""
    sums = grouped(items, "item__book")
    return {book: sums.get(book.value, Sums()) for book in Book}


def grouped(items: QuerySet[Item], word: str, **words: object) -> dict[str, Sums]:
    """The sums of the items by one of their words; with `words`, by an expression of that name."""
    rows = Balance.objects.filter(~Q(amount=0), item__in=items.order_by().values("pk"))
    added = rows.order_by().annotate(**words).values_list(word, "stage").annotate(Sum("amount"))
    found: dict[str, dict[Stage, Decimal]] = defaultdict(dict)
    for key, stage, amount in added:
        found["" if key is None else str(key)][Stage(stage)] = amount
    return {key: Sums(at) for key, at in found.items()}


def of_each(items: Iterable[Item]) -> dict[int, Sums]:
    """The sums of each of these items, read at once."""
    found: dict[int, dict[Stage, Decimal]] = defaultdict(dict)
    rows = Balance.objects.filter(item__in=[item.pk for item in items])
    for key, stage, amount in rows.values_list("item", "stage", "amount"):
        found[key][Stage(stage)] = amount
    return defaultdict(Sums, {key: Sums(at) for key, at in found.items()})
