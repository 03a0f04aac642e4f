"""What the ledger's tables keep by themselves, whatever the code above them does."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from supervision.ledger.models import Balance, Book, Entry, Item, Posting, Stage, Voucher
from supervision.services.owner import as_owner
from tests.ledger.small import make_item, move

pytestmark = pytest.mark.django_db


def entry() -> Entry:
    return Entry.objects.create(day=timezone.localdate(), reason="by hand", subject="nothing")


def write(*sides: tuple[Item, str, str], into: Entry | None = None) -> None:
    written = into or entry()
    Posting.objects.bulk_create(
        Posting(entry=written, item=item, stage=stage, amount=Decimal(amount)) for item, stage, amount in sides
    )


def test_postings_that_do_not_sum_to_zero_for_each_item_are_refused() -> None:
    one, other = make_item(), make_item()
    for sides in (
        [(one, "source", "-5.00"), (one, "suspected", "5.01")],
        [(one, "suspected", "5.00")],
        [(one, "source", "-5.00"), (other, "suspected", "5.00")],
    ):
        with pytest.raises(IntegrityError, match="sum to zero"), transaction.atomic():
            write(*sides)
    assert not Balance.objects.exists()


def test_an_entry_of_two_books_is_refused() -> None:
    one, fine = make_item(), make_item(book=Book.TREASURY)
    with pytest.raises(IntegrityError, match="of one book"), transaction.atomic():
        write(
            (one, "source", "-5.00"), (one, "suspected", "5.00"),
            (fine, "source", "-5.00"), (fine, "confirmed", "5.00"),
        )  # fmt: skip


def test_a_written_entry_takes_no_further_postings() -> None:
    line = make_item()
    written = move(line, Stage.SOURCE, Stage.SUSPECTED)
    with pytest.raises(IntegrityError, match="no further postings"), transaction.atomic():
        write((line, "source", "-1.00"), (line, "suspected", "1.00"), into=written)


def test_an_entry_that_moves_nothing_is_refused() -> None:
    entry()
    with pytest.raises(IntegrityError, match="moves something"):
        connection.check_constraints()


def test_no_stage_goes_below_zero_and_the_source_only_gives() -> None:
    line = make_item(at=Stage.SUSPECTED)
    for sides in (
        [(line, "suspected", "-100.01"), (line, "confirmed", "100.01")],
        [(line, "suspected", "-100.00"), (line, "source", "100.00"), (line, "source", "1.00"), (line, "cash", "-1.00")],
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write(*sides)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_posting SET amount = amount + 1", "DELETE FROM ledger_posting", "TRUNCATE ledger_posting",
        "UPDATE ledger_entry SET reason = 'other'", "DELETE FROM ledger_entry", "TRUNCATE ledger_entry CASCADE",
        "UPDATE ledger_balance SET amount = amount + 1", "DELETE FROM ledger_balance",
        "INSERT INTO ledger_balance (item_id, stage, amount) SELECT id, 'cash', 1 FROM ledger_item",
        "UPDATE ledger_item SET book = 'treasury'", "DELETE FROM ledger_item",
        "DROP TRIGGER ledger_keep ON ledger_posting", "ALTER TABLE ledger_posting DISABLE TRIGGER ALL",
    ],
)  # fmt: skip
def test_the_site_can_only_add(statement: str) -> None:
    make_item(at=Stage.SUSPECTED)
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", ["UPDATE ledger_posting SET amount = amount + 1", "DELETE FROM ledger_entry"])
def test_not_even_the_owner_edits_by_mistake(statement: str) -> None:
    make_item(at=Stage.SUSPECTED)
    with as_owner(), connection.cursor() as cursor, pytest.raises(DatabaseError, match="only added to"):
        cursor.execute(statement)


def test_a_voucher_is_held_by_one_entry() -> None:
    line = make_item(at=Stage.DEMANDED)
    paid = move(line, Stage.DEMANDED, Stage.CASH, "1.00", voucher="B1")
    held = Voucher.objects.get(entry=paid)
    other = move(line, Stage.DEMANDED, Stage.OFFSET, "1.00", voucher="S1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Voucher.objects.create(entry=other, book=held.book, place=held.place, number="B1")
