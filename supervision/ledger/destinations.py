"""Where money goes (Regulation, art. 45): back to the fund that paid, or to the treasury. Never one sum of both."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from supervision.ledger.filters import NONE, LedgerFilter
from supervision.ledger.grouping import Row, area_words, fund_name, question
from supervision.ledger.models import Book, Stage
from supervision.ledger.sums import Sums, grouped

COLUMNS = ("demanded", "cash", "offset", "instalment", "returned", "written_off", "outstanding")


@dataclass(frozen=True)
class Destination:
    """One account: what it gets from where, and all of it."""

    rows: Sequence[Row]
    all: Row


def of_the_fund(asked: LedgerFilter) -> Destination:
    """By pooling area and fund: money returns to the fund that had paid."""
    items = asked.all_books.filter(book=Book.FUND)
    found = grouped(items, "to", to=Concat(F("item__pooling_area"), Value("/"), F("item__fund")))
    keys = [(key, *key.split("/", 1)) for key in sorted(found)]
    names = area_words([area for _key, area, _fund in keys])
    base = {**question(asked), "book": Book.FUND.value}
    made = [
        Row(
            f"{names[area]} · {fund_name(fund)}", found[key],
            {**base, "pooling_area": area, "fund": fund or NONE}, COLUMNS,
        )
        for key, area, fund in keys
    ]  # fmt: skip
    return Destination(made, whole(asked, Book.FUND, made))


def of_the_treasury(asked: LedgerFilter) -> Destination:
    return by_place(asked, Book.TREASURY)


def of_agreements(asked: LedgerFilter) -> Destination:
    return by_place(asked, Book.AGREEMENT)


def by_place(asked: LedgerFilter, book: Book) -> Destination:
    """By the division that handles it."""
    found = grouped(asked.all_books.filter(book=book), "item__place")
    names = area_words(list(found))
    base = {**question(asked), "book": book.value}
    made = [Row(names[code], found[code], {**base, "place": code}, COLUMNS) for code in sorted(found)]
    return Destination(made, whole(asked, book, made))


def whole(asked: LedgerFilter, book: Book, rows: Sequence[Row]) -> Row:
    sums = Sums({stage: sum((row.sums[stage] for row in rows), Sums()[stage]) for stage in Stage})
    return Row(_("Sum of the account"), sums, {**question(asked), "book": book.value}, COLUMNS)
