"""What follows from a fee line by itself: the kind of its item, its generic, the member's age, what it is worth."""

import datetime as dt
import re
from functools import lru_cache

# The shapes of the national codes, as claims.charging writes them in SQL for whole batches.
DRUG = re.compile(r"X.{19,22}|Z.{19}", re.DOTALL)
SERVICE, CONSUMABLE, SLICE = re.compile(r"00.{13,}", re.DOTALL), re.compile(r"C(.{19}|.{26})", re.DOTALL), 10


@lru_cache(maxsize=200_000)  # about as many as the country lists
def item_kind(item: str) -> str:
    """drug, slice, service, consumable or other, by the shape of the code."""
    if DRUG.fullmatch(item):
        return "drug"
    if item.startswith("T") and len(item) == SLICE:
        return "slice"
    if SERVICE.fullmatch(item):
        return "service"
    return "consumable" if CONSUMABLE.fullmatch(item) else "other"


def generic(item: str) -> str:
    """One generic drug: ten characters of a western code, eleven of a Chinese one; else the item."""
    if item_kind(item) != "drug":
        return item
    return item[: 10 if item.startswith("X") else 11]


def age(born: dt.date | None, day: dt.date) -> int | None:
    """Full years on a day."""
    if born is None:
        return None
    return max(0, day.year - born.year - ((day.month, day.day) < (born.month, born.day)))


def worth(price: int, quantity: int) -> int:
    """Price in 10^-6 yuan times quantity in 1/10000, in fen, half up."""
    return (price * quantity + 5 * 10**7) // 10**8
