"""Values as real clients write them: numbers as text, rows as one object, what is not known as "-", "0" or "默认"."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

UNKNOWN = ("", "-", "0", "默认")
WRITTEN = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,20})?")  # as many decimals as a binary fraction shows
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(DAY.pattern + r"([ T][0-9]{2}:[0-9]{2}:[0-9]{2})?")
MOST = 10**10  # yuan, units: no line of a bill is as much, and sums of them stay whole numbers in every engine
EARLIEST, LATEST = 1800, 2099  # years
V = TypeVar("V")


class Part(BaseModel):
    """A node of a message: the fields that are read; all others are left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True)


def text(value: object) -> str:
    """A text, trimmed; nothing where there is none."""
    if value is None:
        return ""
    if type(value) is str and value.isascii() and "\0" not in value:  # nearly all of them
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("is no text")
    found = str(value).strip()
    if "\0" in found:
        raise ValueError("holds a zero character")
    if not found.isascii():
        try:
            found.encode()
        except UnicodeEncodeError:
            raise ValueError("holds half a character") from None
    return found


def code(value: object) -> str:
    """A code; nothing where a client says that it does not know one."""
    found = text(value)
    return "" if found in UNKNOWN else found


def rows(value: object) -> object:
    """Rows come as a list, or as one object where there is one."""
    if value is None or (isinstance(value, str) and code(value) == ""):
        return []
    return [value] if isinstance(value, Mapping) else value


def as_rows(value: object) -> list[Any]:
    """The rows of a node as sent, which was read already."""
    found = rows(value)
    return found if isinstance(found, list) else []


def whole(scale: int, largest: int = MOST) -> Callable[[object], int | None]:
    """A decimal number as a whole number of 1/scale; half up. Nothing stays nothing."""

    @lru_cache(maxsize=10_000)  # prices and quantities come again and again
    def reckoned(written: str) -> int | None:
        if written in ("", "-"):
            return None
        if not WRITTEN.fullmatch(written):
            raise ValueError("is no number")
        number = Decimal(written)
        if abs(number) > largest:
            raise ValueError(f"is more than {largest:,}")
        return int((number * scale).quantize(Decimal(1), "ROUND_HALF_UP"))

    def read(value: object) -> int | None:
        return reckoned(text(value))

    return read


def needed(read: Callable[[object], V | None]) -> Callable[[object], V]:
    """The same, and never empty."""

    def read_some(value: object) -> V:
        found = read(value)
        if found is None:
            raise ValueError("is empty")
        return found

    return read_some


def day(value: object) -> dt.date | None:
    found = _moment(value, "is no day in the form yyyy-MM-dd")
    return found and found.date()


def moment(value: object) -> dt.datetime | None:
    return _moment(value, "is no moment in the form yyyy-MM-dd HH:mm:ss")


def happened(value: object) -> dt.datetime | None:
    """A moment at which something was done or billed; intake takes the same years."""
    found = moment(value)
    if found and not EARLIEST <= found.year <= LATEST:
        raise ValueError("is a moment that cannot be true")
    return found


def _moment(value: object, wrong: str) -> dt.datetime | None:
    written = text(value)
    if not written or written == "-":
        return None
    try:
        if not MOMENT.fullmatch(written):  # fromisoformat alone would take weeks, too
            raise ValueError(written)
        return dt.datetime.fromisoformat(written)
    except ValueError:
        raise ValueError(wrong) from None


def key(value: object) -> str:
    """A number by which others find it: part of a claim's name, where a colon divides."""
    found = text(value)
    if ":" in found or not found.isprintable():
        raise ValueError("holds a colon or a sign that cannot be printed")
    return found


def one(value: object) -> object:
    """One node, which some clients wrap into a list; nothing where there is none."""
    found = rows(value)
    if not isinstance(found, list):
        return found
    if len(found) > 1:
        raise ValueError(f"has {len(found)} rows; one is expected")
    return found[0] if found else None


def words(value: object) -> dict[str, str]:
    """A map of texts."""
    if value in (None, ""):
        return {}
    if not isinstance(value, Mapping):
        raise ValueError("is no object")
    return {str(name): text(one) for name, one in value.items() if not isinstance(one, Mapping | list | bool)}


def most(length: int) -> StringConstraints:
    """At most so many characters."""
    return StringConstraints(max_length=length)


def some(length: int) -> StringConstraints:
    """At least one character, and at most so many."""
    return StringConstraints(min_length=1, max_length=length)


Text = Annotated[str, BeforeValidator(text)]
Code = Annotated[str, BeforeValidator(code)]
Yuan = Annotated[int | None, BeforeValidator(whole(100))]  # fen
Quantity = Annotated[int | None, BeforeValidator(whole(10**4))]  # 1/10000
Price = Annotated[int | None, BeforeValidator(whole(10**6))]  # 10^-6 yuan
Day = Annotated[dt.date | None, BeforeValidator(day)]
Moment = Annotated[dt.datetime | None, BeforeValidator(moment)]
Key = Annotated[str, BeforeValidator(key)]
# Of what is billed: as much as intake takes.
LARGEST_YUAN, LARGEST_QUANTITY = 10**9, 10**7
Billed = Annotated[int, BeforeValidator(needed(whole(100, LARGEST_YUAN)))]  # fen
BilledOrNot = Annotated[int | None, BeforeValidator(whole(100, LARGEST_YUAN))]
BilledQuantity = Annotated[int, BeforeValidator(needed(whole(10**4, LARGEST_QUANTITY)))]
BilledPrice = Annotated[int, BeforeValidator(needed(whole(10**6, LARGEST_YUAN)))]
Days = Annotated[int | None, BeforeValidator(whole(10**2, 10**4))]  # 1/100
Happened = Annotated[dt.datetime | None, BeforeValidator(happened)]
CertainlyHappened = Annotated[dt.datetime, BeforeValidator(needed(happened))]
