"""Somebody with every right over the database, and without the keys and notes that lie outside of it."""

import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from supervision.audit import chain
from supervision.services.owner import as_owner

Row = dict[str, Any]
COLUMNS = (*chain.HASHED, "hash", "signature")


@contextmanager
def every_right() -> Iterator[None]:
    """As the tables' owner with the triggers switched off; taken back at the end."""
    with as_owner(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        yield
        transaction.set_rollback(True)


def rows() -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(COLUMNS)} FROM audit_entry ORDER BY number")
        found = [dict(zip(COLUMNS, row, strict=True)) for row in cursor.fetchall()]
    return [{**row, "facts": json.loads(row["facts"])} for row in found]


def write(before: list[Row], after: list[Row]) -> None:
    """Make the table say this: what differs is replaced."""
    old, new = ({row["number"]: row for row in some} for some in (before, after))
    gone = [number for number in old if old[number] != new.get(number)]
    come = [row for number, row in new.items() if old.get(number) != row]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE number = ANY(%s)", [gone])
        places = f"({', '.join(['%s'] * len(COLUMNS))})"
        for start in range(0, len(come), 500):
            some = [
                [json.dumps(row[c]) if c == "facts" else row[c] for c in COLUMNS] for row in come[start : start + 500]
            ]
            values = ", ".join([places] * len(some))
            cursor.execute(
                f"INSERT INTO audit_entry ({', '.join(COLUMNS)}) VALUES {values}", [one for row in some for one in row]
            )


def rehash(row: Row, before: object) -> Row:
    """As anybody can work it out: no key is in the hash."""
    row = {**row, "before": before}
    return {**row, "hash": chain.digest_of(tuple(row[column] for column in chain.HASHED))}


def rechain(some: list[Row], start: int) -> list[Row]:
    """Everything from a place on, numbered and hashed anew so that each follows the one before."""
    whole = some[:start]
    for place, row in enumerate(some[start:], start=start):
        before = whole[-1]["hash"] if whole else ""
        whole.append(rehash({**row, "number": place + 1}, before))
    return whole


def edited(row: Row, chance: random.Random) -> Row:
    column = chance.choice(["at", "account", "act", "subject", "facts", "before", "hash", "signature"])
    other: object = {
        "act": "purge" if row["act"] == "reference" else "reference", "facts": {"rows": -1}, "before": "0" * 64, "hash": f"{chance.getrandbits(256):064x}",
        "signature": chance.choice(["", "ffffffff:00", str(row["signature"])[:-1] + "g"]),
    }.get(column, f"{row[column]}x")  # fmt: skip
    return {**row, column: other}


@dataclass(frozen=True)
class Tampering:
    """What was done, and the number of the first entry that is no longer as it was."""

    how: str
    first: int
    after: list[Row]


def edit(whole: list[Row], chance: random.Random) -> tuple[int, list[Row]]:
    place = chance.randrange(len(whole))
    return place, [*whole[:place], edited(whole[place], chance), *whole[place + 1 :]]


def edit_and_hash(whole: list[Row], chance: random.Random) -> tuple[int, list[Row]]:
    place = chance.randrange(len(whole))
    row = {**whole[place], "account": "mallory"}
    return place, [*whole[:place], rehash(row, row["before"]), *whole[place + 1 :]]


def edit_and_rechain(whole: list[Row], chance: random.Random) -> tuple[int, list[Row]]:
    place = chance.randrange(len(whole))
    return place, rechain([*whole[:place], {**whole[place], "account": "mallory"}, *whole[place + 1 :]], place)


def delete(whole: list[Row], chance: random.Random) -> tuple[int, list[Row]]:
    place = chance.randrange(len(whole))
    return place, [*whole[:place], *whole[place + chance.randint(1, 20) :]]


def delete_and_renumber(whole: list[Row], chance: random.Random) -> tuple[int, list[Row]]:
    place = chance.randrange(len(whole))
    rest = [{**row, "number": place + 1 + more} for more, row in enumerate(whole[place + 1 :])]
    return place, [*whole[:place], *rest]


def delete_and_rechain(whole: list[Row], chance: random.Random) -> tuple[int, list[Row]]:
    place = chance.randrange(len(whole))
    return place, rechain([*whole[:place], *whole[place + 1 :]], place)


def insert_and_rechain(whole: list[Row], chance: random.Random) -> tuple[int, list[Row]]:
    place = chance.randrange(len(whole) + 1)
    forged = {**chance.choice(whole), "account": "mallory"}
    return place, rechain([*whole[:place], forged, *whole[place:]], place)


def add_at_the_end(whole: list[Row], chance: random.Random) -> tuple[int, list[Row]]:
    forged = {**chance.choice(whole), "account": "mallory", "signature": chance.choice(["", whole[-1]["signature"]])}
    return len(whole), rechain([*whole, forged], len(whole))


def swap(whole: list[Row], chance: random.Random) -> tuple[int, list[Row]]:
    """Contents change places; the numbers stay in order."""
    one, other = sorted(chance.sample(range(len(whole)), 2))
    swapped = list(whole)
    swapped[one] = {**whole[other], "number": one + 1}
    swapped[other] = {**whole[one], "number": other + 1}
    return one, swapped


def swap_and_rechain(whole: list[Row], chance: random.Random) -> tuple[int, list[Row]]:
    one, swapped = swap(whole, chance)
    return one, rechain(swapped, one)


def cut(whole: list[Row], chance: random.Random) -> tuple[int, list[Row]]:
    place = chance.randrange(len(whole))
    return place, whole[:place]


def cut_and_write_on(whole: list[Row], chance: random.Random) -> tuple[int, list[Row]]:
    """The end is replaced by as many made-up entries, with signatures taken from real ones."""
    place = chance.randrange(len(whole))
    forged = [{**row, "account": "mallory"} for row in whole[place:]]
    return place, rechain([*whole[:place], *forged], place)


def start_anew_unsigned(whole: list[Row], chance: random.Random) -> tuple[int, list[Row]]:
    """As if there had never been a key."""
    unsigned = [{**row, "signature": ""} for row in whole]
    unsigned[chance.randrange(len(whole))]["account"] = "mallory"
    return 0, rechain(unsigned, 0)


WAYS: tuple[Callable[[list[Row], random.Random], tuple[int, list[Row]]], ...] = (
    edit, edit_and_hash, edit_and_rechain, delete, delete_and_renumber, delete_and_rechain, insert_and_rechain,
    add_at_the_end, swap, swap_and_rechain, cut, cut_and_write_on, start_anew_unsigned,
)  # fmt: skip


def tampering(whole: list[Row], chance: random.Random) -> Tampering:
    way = chance.choice(WAYS)
    place, after = way(whole, chance)
    return Tampering(way.__name__, place + 1, after)
