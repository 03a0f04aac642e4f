"""What the ledger holds, for the desk's first page: confirmed, demanded, returned and outstanding, book by book."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise

from institutions.models import Account
from supervision.ledger.filters import LedgerFilter
from supervision.ledger.grouping import Row, books
from supervision.ledger.sums import FIGURES

COLUMNS = ("confirmed", "demanded", "returned", "outstanding")


@dataclass(frozen=True)
class Owed:
    """The books of a territory; those in which nothing was ever confirmed are left out."""

    columns: Sequence[Promise]
    rows: Sequence[Row]


def by_book(account: Account) -> Owed:
    """From the ledger's own rows, so that each figure opens to the items it adds up."""
    rows = books(LedgerFilter(QueryDict(), account), COLUMNS)
    return Owed([FIGURES[name].words for name in COLUMNS], [row for row in rows if row.sums.figure("confirmed")])
