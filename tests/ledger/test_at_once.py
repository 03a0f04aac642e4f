"""A7: many book and take back at the same moment; whoever reads meanwhile reads sums that add up."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import translation

from supervision.ledger.booking import BookingRefused, Leg, book, reverse, totals
from supervision.ledger.models import Balance, Entry, Item, Posting, Stage
from supervision.ledger.sums import by_book
from tests.ledger.small import bring, make_item, move

pytestmark = pytest.mark.django_db(transaction=True)
WAYS = [
    (Stage.SOURCE, Stage.SUSPECTED), (Stage.SUSPECTED, Stage.CONFIRMED), (Stage.SUSPECTED, Stage.WITHDRAWN),
    (Stage.CONFIRMED, Stage.DEMANDED), (Stage.DEMANDED, Stage.CASH), (Stage.DEMANDED, Stage.OFFSET),
]  # fmt: skip


def apart(act: Callable[[], object]) -> Callable[[], object]:
    """In a connection of its own, which is closed afterwards; a thread has a tongue of its own too."""

    def acting() -> object:
        try:
            with translation.override("en"):
                return act()
        finally:
            connection.close()

    return acting


def test_of_two_who_book_the_same_fen_one_wins_and_the_other_is_told() -> None:
    line = make_item(at=Stage.DEMANDED, amount="100.00")
    both = threading.Barrier(2)

    def pay(voucher: str) -> str:
        both.wait()
        try:
            move(line, Stage.DEMANDED, Stage.CASH, "100.00", voucher=voucher)
        except BookingRefused as refusal:
            return str(refusal)
        return "booked"

    with ThreadPoolExecutor(2) as pool:
        said = [pool.submit(apart(lambda v=voucher: pay(v))) for voucher in ("B1", "B2")]  # type: ignore[misc]
        answers = sorted(str(one.result()) for one in said)
    assert answers[1] == "booked"
    assert answers[0].startswith("Only ¥0.00 of")
    assert Balance.objects.get(item=line, stage=Stage.CASH).amount == Decimal("100.00")


def test_of_two_who_book_the_same_voucher_one_wins_and_the_other_is_told() -> None:
    lines = [make_item(at=Stage.DEMANDED), make_item(at=Stage.DEMANDED)]
    both = threading.Barrier(2)

    def pay(line: Item) -> str:
        both.wait()
        try:
            move(line, Stage.DEMANDED, Stage.CASH, voucher="B1")
        except BookingRefused as refusal:
            return str(refusal)
        return "booked"

    with ThreadPoolExecutor(2) as pool:
        said = [pool.submit(apart(lambda item=line: pay(item))) for line in lines]  # type: ignore[misc]
        assert sorted(str(one.result()) for one in said) == ["Voucher B1 is booked already.", "booked"]


def test_of_two_who_take_the_same_entry_back_one_does() -> None:
    line = make_item(at=Stage.DEMANDED)
    paid = move(line, Stage.DEMANDED, Stage.CASH, voucher="B1")
    both = threading.Barrier(2)

    def back() -> bool:
        both.wait()
        try:
            reverse(paid, reason="wrong", by=None)
        except BookingRefused:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(one.result() for one in [pool.submit(apart(back)) for _ in range(2)]) == [False, True]  # type: ignore[type-var]


def test_a7_eight_book_and_take_back_at_once_and_every_reading_adds_up() -> None:
    lines = [make_item(f"item {number}") for number in range(6)]
    for line in lines:
        for stage in (Stage.SUSPECTED, Stage.CONFIRMED, Stage.DEMANDED):
            bring(line, stage, "500.00")
    ended = threading.Event()
    booked: list[int] = []

    def write(seed: int) -> int:
        chance, refused = random.Random(seed), 0
        own: list[Entry] = []
        for number in range(50):
            try:
                if own and chance.random() < 0.25:
                    reverse(chance.choice(own), reason="wrong", by=None)
                else:
                    legs, voucher = some_legs(chance, lines), f"{seed}-{number}"
                    own.append(book(legs, reason="by chance", subject=voucher, by=None, voucher=voucher))
            except BookingRefused:
                refused += 1
        booked.extend(entry.pk for entry in own)
        return refused

    def read() -> int:
        readings = 0
        while not ended.is_set():
            for sums in by_book(Item.objects.all()).values():
                assert sum((sums[stage] for stage in Stage), Decimal(0)) == 0
                assert sums.figure("demanded") == sums.figure("returned") + sums.figure("outstanding")
            assert sum(totals(Posting.objects.all()).values()) == 0
            readings += 1
        return readings

    with ThreadPoolExecutor(10) as pool:
        readers = [pool.submit(apart(read)) for _ in range(2)]
        writers = [pool.submit(apart(lambda s=seed: write(s))) for seed in range(8)]  # type: ignore[misc]
        wait(writers)
        ended.set()
        assert all(isinstance(writer.result(), int) for writer in writers)
        assert all(reader.result() for reader in readers)
    assert len(booked) > 200
    assert totals(Posting.objects.all()) == totals(Balance.objects.all())
    assert Entry.objects.filter(reverses__isnull=False).exists()
    assert not Balance.objects.exclude(stage=Stage.SOURCE).filter(amount__lt=0).exists()


def some_legs(chance: random.Random, lines: list[Item]) -> list[Leg]:
    """One leg or three, of any items in any order."""
    legs = []
    for _ in range(chance.choice([1, 1, 3])):
        source, target = chance.choice(WAYS)
        legs.append(Leg(chance.choice(lines), source, target, Decimal(chance.randint(1, 2000)) / 100))
    returned = [leg for leg in legs if leg.target in (Stage.CASH, Stage.OFFSET)]
    return legs if len({leg.target for leg in returned}) < 2 else legs[:1]
