"""Items and bookings for tests; what is not said is plausible and of no importance."""

from decimal import Decimal
from itertools import count, pairwise
from typing import Any

from institutions.models import Account
from supervision.ledger.booking import Leg, book, item
from supervision.ledger.models import RETURNED, Book, Entry, Item, Stage
from tests.builders import make_division, make_institution

numbers = count(1)
# How an amount comes to where it stands.
WAY = {
    Book.FUND: [Stage.SOURCE, Stage.SUSPECTED, Stage.CONFIRMED, Stage.DEMANDED],
    Book.TREASURY: [Stage.SOURCE, Stage.CONFIRMED, Stage.DEMANDED],
    Book.AGREEMENT: [Stage.SOURCE, Stage.CONFIRMED, Stage.DEMANDED],
}


def make_item(reference: str = "", *, book: Book = Book.FUND, at: Stage | None = None, amount: str = "100.00", **facts: Any) -> Item:  # fmt: skip
    """An item of the invented prefecture; with `at`, the amount has come that far."""
    institution = facts.pop("institution") if "institution" in facts else make_institution()
    values: dict[str, Any] = {
        "institution": institution, "place": make_division("990101"), "pooling_area": make_division("990100"),
        "fund": "310", "month": "2026-03",
    }  # fmt: skip
    made = item(reference or f"item {next(numbers)}", book=book, **{**values, **facts})
    if at:
        bring(made, at, amount)
    return made


def bring(what: Item, to: Stage, amount: str = "100.00", *, by: Account | None = None) -> None:
    for source, target in pairwise(way_to(Book(what.book), to)):
        voucher = {"voucher": f"B{what.pk}"} if target in RETURNED else {}
        move(what, source, target, amount, by=by, **voucher)


def way_to(book: Book, to: Stage) -> list[Stage]:
    """The stages an amount goes through; what came back came after it was demanded."""
    way = WAY[book]
    if to in RETURNED:
        return [*way, to]
    if to == Stage.REPAYABLE:
        return [*way, Stage.CASH, to]
    return way[: way.index(to) + 1]


def move(what: Item, source: Stage, target: Stage, amount: str = "100.00", **said: Any) -> Entry:
    values: dict[str, Any] = {"reason": "as decided", "subject": f"about {what.reference}", "by": None}
    return book([Leg(what, source, target, Decimal(amount))], **{**values, **said})
