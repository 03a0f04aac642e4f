"""What is treated and billed: goods with prices by level, illnesses, and the basket each illness fills."""

import csv
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from .relations import Flags, Numbers

HERE = Path(__file__).parent
ALWAYS = 1_000  # days
DRUGS = ("09", "11")
SERVICES = ("01", "02", "03", "04", "05", "06", "07", "14")


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True)
class Goods:
    """Everything that can stand on a fee line; prices in 10^-6 yuan, one column a level."""

    keys: dict[str, int]
    codes: pa.Array
    names: pa.Array
    categories: pa.Array
    category: Numbers
    price: Numbers
    share: Numbers  # the share of an amount that the fund recognises, 1/10000
    is_drug: Flags
    is_service: Flags


PAYMENT_CLASSES = ["A", "B", "C"]


def payment_class(share: Numbers) -> Numbers:
    """The class of payment that goes with what the fund recognises: all, a part or nothing."""
    return np.select([share == 10_000, share > 0], [0, 1], default=2)


@cache
def goods() -> Goods:
    table = rows("goods.csv")
    categories = sorted({row["category"] for row in table})
    return Goods(
        keys={row["key"]: number for number, row in enumerate(table)},
        codes=pa.array([row["code"] for row in table]),
        names=pa.array([row["name"] for row in table]),
        categories=pa.array(categories),
        category=np.array([categories.index(row["category"]) for row in table]),
        price=np.array([[round(float(row[f"price_{level}"]) * 1_000_000) for level in range(4)] for row in table]),
        share=np.array([round(float(row["share"]) * 10_000) for row in table]),
        is_drug=np.array([row["category"] in DRUGS for row in table]),
        is_service=np.array([row["category"] in SERVICES for row in table]),
    )


@dataclass(frozen=True)
class Illness:
    key: str
    code: str
    name: str
    setting: str
    department: str
    sex: int
    from_age: int
    to_age: int
    weight: float
    season: str
    community: float
    county: float
    city: float
    days: int
    spread: int

    @classmethod
    def read(cls, row: dict[str, str]) -> "Illness":
        kinds = {field.name: field.type for field in fields(cls)}
        read: dict[object, Callable[[str], Any]] = {str: str, int: int, float: float}
        return cls(**{name: read[kind](row[name]) for name, kind in kinds.items()})


@cache
def illnesses() -> list[Illness]:
    return [Illness.read(row) for row in rows("illnesses.csv")]


@cache
def illness_numbers() -> dict[str, int]:
    return {illness.key: number for number, illness in enumerate(illnesses())}


def of_setting(*settings: str) -> list[int]:
    return [number for number, illness in enumerate(illnesses()) if illness.setting in settings]


COMMON = ("+visit", "+emergency", "+antenatal", "+stay", "+icu")


def common(name: str) -> int:
    """The number of a basket that every encounter of a kind fills beside its illness."""
    return len(illnesses()) + COMMON.index(name)


@dataclass(frozen=True)
class Baskets:
    """The entries of all baskets on end; basket b holds entries first[b] .. first[b] + size[b] - 1."""

    first: Numbers
    size: Numbers
    item: Numbers
    quantity: Numbers  # 1/10000
    start: Numbers  # day of the stay, -1 the middle, -2 the last
    step: Numbers
    most: Numbers  # at most so many days
    ward: Numbers  # 1 days in the ward only, 2 days in intensive care only, 0 any
    hourly: Flags
    chance: Numbers  # 1/10000
    days: Numbers


WHEN = {"once": (0, 1, 1), "daily": (0, 1, ALWAYS), "mid": (-1, 1, 1), "last": (-2, 1, 1)}


def when(word: str) -> tuple[int, int, int]:
    """Start, step and number of days: 'first3', 'from2', 'every7', 'hours5' (five days, hour by hour)."""
    if word in WHEN:
        return WHEN[word]
    if word in ("ward", "icu", "hours"):
        return WHEN["daily"]
    name, count = word.rstrip("0123456789"), int(word.lstrip("abcdefghijklmnopqrstuvwxyz"))
    return {
        "first": (0, 1, count),
        "hours": (0, 1, count),
        "from": (count, 1, ALWAYS),
        "every": (0, count, ALWAYS),
    }[name]


def _where(illness: str, word: str) -> int:
    return 2 if illness == "+icu" else 1 if word == "ward" else 0


@cache
def baskets() -> Baskets:
    order = {**illness_numbers(), **{name: common(name) for name in COMMON}}
    table = sorted(rows("baskets.csv"), key=lambda row: order[row["illness"]])
    owner = np.array([order[row["illness"]] for row in table])
    size = np.bincount(owner, minlength=len(order))
    timing = np.array([when(row["when"]) for row in table])
    return Baskets(
        first=np.cumsum(size) - size,
        size=size,
        item=np.array([goods().keys[row["item"]] for row in table]),
        quantity=np.array([round(float(row["quantity"]) * 10_000) for row in table]),
        start=timing[:, 0],
        step=timing[:, 1],
        most=timing[:, 2],
        ward=np.array([_where(row["illness"], row["when"]) for row in table]),
        hourly=np.array([row["when"].startswith("hours") for row in table]),
        chance=np.array([round(float(row["chance"]) * 10_000) for row in table]),
        days=np.array([int(row["days"]) for row in table]),
    )
