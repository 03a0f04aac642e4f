"""A rule's answer in words: its sentence filled in both tongues, its evidence in natural numbers.

Answers come by the hundred thousand, so each distinct value is put into words once and then taken wherever it stands.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from string import Formatter
from types import MappingProxyType
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from supervision.language import in_chinese

Tongue = Literal["en", "zh"]
Value = str | int | float | bool | date | datetime | Decimal | None
Kinds = Mapping[str, str]  # column -> "qty", "price", "yuan": how the engines count it; "institution": whose code it is
Names = Mapping[str, str]  # an institution's code -> how a sentence calls it

NOBODY: Names = MappingProxyType({})
SCALES = {"qty": 4, "price": 6, "yuan": 2}
LEAST_DECIMALS = {"qty": 0, "price": 2, "yuan": 2}
ABSENT: dict[Tongue, str] = {"en": "not stated", "zh": "未载明"}
YES: dict[Tongue, str] = {"en": "yes", "zh": "是"}
NO: dict[Tongue, str] = {"en": "no", "zh": "否"}


def tongue() -> Tongue:
    """The reader's."""
    return "zh" if in_chinese() else "en"


def figure(value: int, kind: str, *, grouped: bool) -> str:
    """An engine's integer as the number people use: fen as yuan, 1/10000 as units."""
    scale = SCALES[kind]
    whole, rest = divmod(abs(value), 10**scale)
    decimals = f"{rest:0{scale}}".rstrip("0").ljust(LEAST_DECIMALS[kind], "0")
    figures = f"{whole:,}" if grouped else str(whole)
    return f"{'-' if value < 0 else ''}{figures}{'.' if decimals else ''}{decimals}"


def word(value: Value, kind: str | None, tongue: Tongue, names: Names = NOBODY) -> str:
    """One value as a sentence says it."""
    if value is None or value == "":
        return ABSENT[tongue]
    if kind == "institution":
        return names.get(str(value), str(value))
    if kind and isinstance(value, int | Decimal):
        return figure(int(value), kind, grouped=True)
    if isinstance(value, bool):
        return YES[tongue] if value else NO[tongue]
    if isinstance(value, date):
        return moment(value, tongue)
    return str(value)


def called(name: str, code: str, tongue: Tongue) -> str:
    """An institution by its name; by its code too, for branches of one name are many."""
    return f"{name}（{code}）" if tongue == "zh" else f"{name} ({code})"


def month_words(month: str) -> str:
    """'2026-03' is 2026年3月, Mar 2026."""
    year, number = map(int, month.split("-"))
    return f"{year}年{number}月" if tongue() == "zh" else f"{date(year, number, 1):%b %Y}"


def moment(value: date, tongue: Tongue) -> str:
    day = f"{value.year}年{value.month}月{value.day}日" if tongue == "zh" else f"{value.day} {value:%b %Y}"
    if not isinstance(value, datetime):
        return day
    return f"{day}{' ' if tongue == 'zh' else ', '}{value:%H:%M}"


def plain(value: Value, kind: str | None) -> str:
    """One value as JSON keeps it: amounts and quantities as text, so that no reader turns them into floats."""
    if kind and isinstance(value, int | Decimal):
        return f'"{figure(int(value), kind, grouped=False)}"'
    if isinstance(value, datetime):
        return json.dumps(f"{value:%Y-%m-%d %H:%M:%S}")
    if isinstance(value, date):
        return json.dumps(value.isoformat())
    return json.dumps(int(value) if isinstance(value, Decimal) else value, ensure_ascii=False)


def each(column: pa.ChunkedArray, say: Callable[[Value], str]) -> pa.Array:
    """The column with every value said: once a distinct value."""
    encoded = pc.dictionary_encode(column.combine_chunks(), null_encoding="encode")
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    said = pa.array([say(value) for value in encoded.dictionary.to_pylist()], pa.string())
    return pc.take(said, encoded.indices)


def spoken(template: str) -> set[str]:
    """The columns that a sentence speaks of."""
    return {name for _text, name, _spec, _conversion in Formatter().parse(template) if name}


def sentences(template: str, answer: pa.Table, kinds: Kinds, tongue: Tongue, names: Names = NOBODY) -> pa.Array:
    """`because` of each row: the page's sentence with the row's values."""
    parts: list[pa.Array | str] = []
    for text, name, _spec, _conversion in Formatter().parse(template):
        parts.append(text)
        if name:
            parts.append(each(answer[name], partial(word, kind=kinds.get(name), tongue=tongue, names=names)))
    return joined(parts, answer.num_rows)


def sentence(template: str, row: Mapping[str, object], kinds: Kinds, tongue: Tongue, names: Names = NOBODY) -> str:
    """`because` of one row: the desk answers one at a time."""
    said = {name: word(row[name], kinds.get(name), tongue, names) for name in spoken(template)}  # type: ignore[arg-type]
    return template.format_map(said)


def evidence(answer: pa.Table, names: list[str], kinds: Kinds) -> pa.Array:
    """The named columns of each row as one JSON object."""
    parts: list[pa.Array | str] = ["{"]
    for number, name in enumerate(names):
        parts.append(f"{', ' if number else ''}{json.dumps(name)}: ")
        parts.append(each(answer[name], partial(plain, kind=kinds.get(name))))
    return joined([*parts, "}"], answer.num_rows)


def joined(parts: list[pa.Array | str], rows: int, separator: str = "") -> pa.Array:
    texts = [pa.scalar(part, pa.string()) if isinstance(part, str) else part for part in parts]
    texts.append(pa.nulls(rows, pa.string()).fill_null(""))  # so that a sentence without columns has a row each
    return pc.binary_join_element_wise(*texts, separator)
