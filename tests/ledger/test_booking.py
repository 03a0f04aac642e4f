from decimal import Decimal
from itertools import product

import pytest

from supervision.ledger.booking import LEGS, BookingRefused, Leg, book, reverse, totals
from supervision.ledger.models import Balance, Book, Entry, Item, Posting, Stage, Voucher
from tests.builders import make_division
from tests.ledger.small import bring, make_item, move

pytestmark = pytest.mark.django_db


def standing(what: Item) -> dict[str, str]:
    return {row.stage: str(row.amount) for row in Balance.objects.filter(item=what) if row.amount}


def test_an_amount_moves_from_stage_to_stage_and_the_source_shows_where_it_came_from() -> None:
    line = make_item(at=Stage.DEMANDED, amount="100.00")
    move(line, Stage.DEMANDED, Stage.CASH, "60.01", voucher="B1")
    assert standing(line) == {"source": "-100.00", "demanded": "39.99", "cash": "60.01"}


@pytest.mark.parametrize("amount", ["0.00", "-1.00", "0.001", "1.005", "NaN", "Infinity", "10000000000000000.00"])
def test_amounts_that_are_no_amounts_are_refused(amount: str) -> None:
    with pytest.raises(BookingRefused):
        move(make_item(), Stage.SOURCE, Stage.SUSPECTED, amount)
    assert not Entry.objects.exists()


def test_only_what_the_table_allows_moves() -> None:
    """Each pair of stages in each book: booked where the table has it, refused in words where not."""
    for where, allowed in LEGS.items():
        for source, target in product(Stage, repeat=2):
            what = make_item(book=where)
            if source != Stage.SOURCE and source in {leaves for leaves, _arrives in allowed}:
                bring(what, source)
            if (source, target) in allowed:
                move(what, source, target, voucher=f"V{what.pk}")
                assert Balance.objects.get(item=what, stage=target).amount == Decimal("100.00")
            else:
                with pytest.raises(BookingRefused, match="Nothing moves from"):
                    move(what, source, target, voucher=f"V{what.pk}")


def test_what_is_not_there_does_not_move() -> None:
    line = make_item(at=Stage.DEMANDED, amount="100.00")
    with pytest.raises(BookingRefused, match=r"Only ¥100.00 of .* stands at “demanded”, not ¥100.01"):
        move(line, Stage.DEMANDED, Stage.CASH, "100.01", voucher="B1")
    assert standing(line) == {"source": "-100.00", "demanded": "100.00"}


def test_the_legs_of_an_entry_follow_one_another_and_stand_or_fall_together() -> None:
    first, second = make_item(), make_item()
    legs = [
        Leg(first, Stage.SOURCE, Stage.SUSPECTED, Decimal("5.00")),
        Leg(first, Stage.SUSPECTED, Stage.CONFIRMED, Decimal("3.00")),
        Leg(second, Stage.SOURCE, Stage.SUSPECTED, Decimal("7.00")),
    ]
    entry = book(legs, reason="found", subject="case", by=None)
    assert standing(first) == {"source": "-5.00", "suspected": "2.00", "confirmed": "3.00"}
    assert entry.postings.count() == 6
    with pytest.raises(BookingRefused):
        book([*legs, Leg(second, Stage.CONFIRMED, Stage.DEMANDED, Decimal("1.00"))], reason="more", subject="", by=None)
    assert standing(second) == {"source": "-7.00", "suspected": "7.00"}
    assert Entry.objects.count() == 1


def test_books_are_never_mixed_in_one_entry() -> None:
    legs = [
        Leg(make_item(), Stage.SOURCE, Stage.SUSPECTED, Decimal("5.00")),
        Leg(make_item(book=Book.TREASURY), Stage.SOURCE, Stage.CONFIRMED, Decimal("5.00")),
    ]
    with pytest.raises(BookingRefused, match="never mixed"):
        book(legs, reason="both", subject="", by=None)


def test_an_item_is_made_once_and_may_learn_its_case() -> None:
    line = make_item("hearing line 1")
    again = make_item("hearing line 1", case="AJ-990101-2026-000001")
    assert (again.pk, again.case) == (line.pk, "AJ-990101-2026-000001")
    assert make_item("hearing line 1").case == "AJ-990101-2026-000001"
    with pytest.raises(BookingRefused, match="another book"):
        make_item("hearing line 1", book=Book.TREASURY)


def test_from_the_first_demand_on_the_institution_sees_it() -> None:
    line = make_item(at=Stage.CONFIRMED)
    assert Item.objects.get(pk=line.pk).demanded_at is None
    move(line, Stage.CONFIRMED, Stage.DEMANDED)
    assert Item.objects.get(pk=line.pk).demanded_at is not None


def test_what_comes_back_needs_a_voucher_and_a_voucher_counts_once() -> None:
    one, other = make_item(at=Stage.DEMANDED), make_item(at=Stage.DEMANDED)
    with pytest.raises(BookingRefused, match="voucher"):
        move(one, Stage.DEMANDED, Stage.CASH)
    paid = move(one, Stage.DEMANDED, Stage.CASH, "40.00", voucher="B1")
    for target in (Stage.CASH, Stage.INSTALMENT):
        with pytest.raises(BookingRefused, match="B1 is booked already"):
            move(other, Stage.DEMANDED, target, "40.00", voucher=" B1 ")
    reverse(paid, reason="wrong item", by=None)
    move(other, Stage.DEMANDED, Stage.CASH, "40.00", voucher="B1")


def test_the_same_voucher_may_come_from_another_bank_and_into_another_book() -> None:
    here, there = make_item(at=Stage.DEMANDED), make_item(at=Stage.DEMANDED, place=make_division("990201"))
    fine = make_item(book=Book.TREASURY, at=Stage.DEMANDED)
    for what in (here, there, fine):
        move(what, Stage.DEMANDED, Stage.CASH, voucher="B1")
    assert Voucher.objects.filter(number="B1").count() == 3


def test_a_settlement_batch_is_offset_against_an_item_once() -> None:
    one, other = make_item(at=Stage.DEMANDED), make_item(at=Stage.DEMANDED)
    first = move(one, Stage.DEMANDED, Stage.OFFSET, "10.00", voucher="S-2026-04")
    move(other, Stage.DEMANDED, Stage.OFFSET, "10.00", voucher="S-2026-04")
    with pytest.raises(BookingRefused, match="offset against this already"):
        move(one, Stage.DEMANDED, Stage.OFFSET, "10.00", voucher="S-2026-04")
    reverse(first, reason="the batch was cut", by=None)
    move(one, Stage.DEMANDED, Stage.OFFSET, "12.00", voucher="S-2026-04")


def test_a_reversal_is_the_opposite_entry_and_there_is_one() -> None:
    line = make_item(at=Stage.DEMANDED)
    paid = move(line, Stage.DEMANDED, Stage.CASH, "30.00", voucher="B1")
    opposite = reverse(paid, reason="bounced", by=None)
    assert standing(line) == {"source": "-100.00", "demanded": "100.00"}
    assert sorted(opposite.postings.values_list("stage", "amount")) == [
        ("cash", Decimal("-30.00")),
        ("demanded", Decimal("30.00")),
    ]
    for again in (paid, opposite):
        with pytest.raises(BookingRefused):
            reverse(again, reason="once more", by=None)
    with pytest.raises(BookingRefused, match="Say why"):
        reverse(move(line, Stage.DEMANDED, Stage.CASH, "1.00", voucher="B2"), reason=" ", by=None)


def test_what_has_moved_on_is_not_reversed_under_it() -> None:
    line = make_item(at=Stage.CONFIRMED)
    demanded = move(line, Stage.CONFIRMED, Stage.DEMANDED)
    paid = move(line, Stage.DEMANDED, Stage.CASH, "0.01", voucher="B1")
    with pytest.raises(BookingRefused, match="moved on"):
        reverse(demanded, reason="wrong", by=None)
    reverse(paid, reason="bounced", by=None)
    reverse(demanded, reason="wrong", by=None)
    assert standing(line) == {"source": "-100.00", "confirmed": "100.00"}


def test_totals_are_the_same_from_items_balances_and_postings() -> None:
    line = make_item(at=Stage.DEMANDED)
    make_item(at=Stage.SUSPECTED, amount="7.77")
    move(line, Stage.DEMANDED, Stage.CASH, "30.00", voucher="B1")
    read = [totals(rows) for rows in (Item.objects.all(), Balance.objects.all(), Posting.objects.all())]
    assert read[0] == read[1] == read[2]
    assert read[0][Stage.SUSPECTED] == Decimal("7.77")
    assert sum(read[0].values()) == 0


@pytest.mark.parametrize("again", ["v1", " V 1", "\uff36\uff11"])
def test_a_voucher_counts_once_in_a_prefecture_however_it_is_typed(again: str) -> None:
    move(make_item(at=Stage.DEMANDED), Stage.DEMANDED, Stage.CASH, voucher="V1")
    for place in ("990101", "990102", "990100"):
        line = make_item(at=Stage.DEMANDED, place=make_division(place))
        with pytest.raises(BookingRefused, match="booked already"):
            move(line, Stage.DEMANDED, Stage.CASH, voucher=again)
    elsewhere = make_item(at=Stage.DEMANDED, place=make_division("990201"))
    assert move(elsewhere, Stage.DEMANDED, Stage.CASH, voucher=again).voucher == "V1"
