"""A7: whatever is booked, refused and taken back, in whatever order, no fen is lost and none is made."""

import re
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supervision.ledger.booking import LEGS, BookingRefused, reverse, totals
from supervision.ledger.models import Balance, Book, Entry, Item, Posting, Stage
from supervision.ledger.sums import FIGURES, by_book
from tests.ledger.small import make_item, move
from tests.ledger.twins import ALLOWED, Twin

pytestmark = pytest.mark.django_db

DOCS = Path(__file__).parents[2] / "docs" / "ledger.md"
BOOKS = ["fund", "fund", "treasury", "agreement"]  # of the four items of a history
WAYS = [
    ("source", "suspected"), ("source", "confirmed"), ("suspected", "confirmed"), ("suspected", "withdrawn"),
    ("confirmed", "demanded"), ("demanded", "cash"), ("demanded", "offset"), ("demanded", "instalment"),
    ("demanded", "written_off"), ("cash", "demanded"), ("withdrawn", "source"),
]  # fmt: skip
bookings = st.tuples(st.just("book"), st.integers(0, 3), st.sampled_from(WAYS), st.integers(1, 500))
reversals = st.tuples(st.just("reverse"), st.integers(0, 40), st.none(), st.none())
histories = st.lists(bookings | bookings | reversals, min_size=1, max_size=60)
LIVELY: dict[str, Any] = {
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow], "max_examples": 60
}  # fmt: skip


def play(history: list[Any]) -> tuple[Twin, list[Item]]:
    """Do it all, and hold each answer against the twin's."""
    twin, entries = Twin(), []
    items = [make_item(f"item {number}", book=Book(book)) for number, book in enumerate(BOOKS)]
    twin.books = {item.reference: item.book for item in items}
    for number, (kind, which, way, fen) in enumerate(history):
        if kind == "book":
            item, (source, target) = items[which], way
            expected = twin.may(item.reference, source, target, fen)
            done = attempt(lambda: move(item, Stage(source), Stage(target), f"{fen / 100:.2f}", voucher=f"V{number}"))  # noqa: B023
            assert (done is not None) == expected, (item.reference, way, fen)
            if done:
                twin.move(done.pk, item.reference, source, target, fen)
                entries.append(done)
        elif entries:
            entry = entries[which % len(entries)]
            expected = twin.may_reverse(entry.pk)
            done = attempt(lambda: reverse(entry, reason="wrong", by=None))  # noqa: B023
            assert (done is not None) == expected
            if done:
                twin.reverse(entry.pk)
    return twin, items


def attempt(act: Any) -> Entry | None:
    try:
        entry: Entry = act()
    except BookingRefused:
        return None
    return entry


def fen(sums: dict[Any, Decimal]) -> dict[str, int]:
    return {str(Stage(stage).value): int(amount * 100) for stage, amount in sums.items() if amount}


@settings(**LIVELY)
@given(history=histories)
def test_a7_postings_balances_pages_and_a_plain_twin_agree_on_every_history(history: list[Any]) -> None:
    with transaction.atomic():
        twin, items = play(history)
        for item in items:
            postings = totals(Posting.objects.filter(item=item))
            assert sum(postings.values()) == 0
            standing = {stage: n for (name, stage), n in twin.at.items() if name == item.reference and n}
            assert fen(postings) == fen(totals(Balance.objects.filter(item=item))) == standing
        for book, sums in by_book(Item.objects.all()).items():
            plain = twin.by_stage(book.value)
            assert fen({stage: sums[stage] for stage in Stage}) == plain
            assert sums.figure("demanded") == sum(
                (sums.figure(name) for name in ("returned", "written_off", "outstanding")), Decimal(0)
            )
            assert -sums[Stage.SOURCE] == sum(
                (sums.figure(name) for name in ("suspected", "withdrawn", "confirmed")), Decimal(0)
            )
        transaction.set_rollback(True)


@settings(**{**LIVELY, "max_examples": 15})
@given(history=histories)
def test_a7_the_page_shows_the_twin_and_every_figure_opens_to_its_items(books: Client, history: list[Any]) -> None:
    with transaction.atomic():
        twin, _items = play(history)
        page = books.get("/desk/ledger/")
        for row in page.context["books"]:
            plain, book = twin.by_stage(row.query["book"]), row.query["book"]
            for name, cell in zip(row.columns, row.cells, strict=True):
                assert cell.amount * 100 == sum(plain.get(stage, 0) for stage in FIGURES[name].stages)
                if cell.amount:
                    opened = books.get(cell.address)
                    assert opened.context["sum"] == cell.amount
                    listed = opened.context["page"].rows
                    assert {item.book for item in listed} == {book}
                    assert sum((totals(Balance.objects.filter(item=item))[Stage(stage)] for item in listed for stage in FIGURES[name].stages), Decimal(0)) == cell.amount  # fmt: skip
        transaction.set_rollback(True)


@settings(**{**LIVELY, "max_examples": 15})
@given(history=histories)
def test_a7_the_groups_of_a_book_add_up_to_the_book(books: Client, history: list[Any]) -> None:
    with transaction.atomic():
        play(history)
        for way in ("division", "institution", "month", "fund", "pooling_area", "case"):
            for book in Book.values:
                page = books.get(f"/desk/ledger/?by={way}&book={book}")
                whole = next(row for row in page.context["books"] if row.query["book"] == book)
                sums: dict[int, Decimal] = defaultdict(Decimal)
                for row in page.context["rows"]:
                    for place, cell in enumerate(row.cells):
                        sums[place] += cell.amount
                assert [sums[place] for place in range(len(whole.cells))] == [cell.amount for cell in whole.cells]
        transaction.set_rollback(True)


def test_code_docs_and_twin_have_one_table_of_legs() -> None:
    rows = re.findall(
        r"^\| (fund|treasury|agreement) \| (\w+) \| (\w+) \|$", DOCS.read_text(encoding="utf-8"), re.MULTILINE
    )
    documented = defaultdict(set)
    for book, source, target in rows:
        documented[book].add(f"{source}>{target}")
    written = {book.value: {f"{source}>{target}" for source, target in legs} for book, legs in LEGS.items()}
    assert written == documented == {book: set(legs.split()) for book, legs in ALLOWED.items()}
