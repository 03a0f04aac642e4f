"""The shapes of the lists, as lists.toml defines them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from supervision.language import in_chinese

DEFINITION = Path(__file__).parent / "lists.toml"
UNITS = {"qty": 10**4, "price": 10**6}
TYPES = {"text": "VARCHAR", "whole": "BIGINT", "qty": "BIGINT", "price": "BIGINT", "yes": "BOOLEAN"}
FRAME = {"point": "VARCHAR", "place": "VARCHAR", "since": "DATE", "until": "DATE"}

Value = str | int | bool | None


@dataclass(frozen=True)
class Column:
    """One column of a list."""

    name: str
    kind: str
    optional: bool

    def value(self, text: str) -> Value:
        """What is written, as the engines hold it; ValueError where it cannot be."""
        if not text and (self.optional or self.kind == "yes"):
            return False if self.kind == "yes" else None
        match self.kind:
            case "text" if text:
                return text
            case "yes" if text in ("Y", "N"):
                return text == "Y"
            case "whole" if text.isascii() and text.isdigit():
                return int(text)
            case "qty" | "price":
                return self._units(text)
        raise ValueError(f"{self.name}: {text!r} is no {self.kind}")

    def written(self, value: Value) -> str:
        """What the engines hold, as it is written in a list."""
        if value is None:
            return ""
        if self.kind == "yes":
            return "Y" if value else ""
        if self.kind in UNITS and isinstance(value, int):
            return f"{(Decimal(value) / UNITS[self.kind]).normalize():f}"
        return str(value)

    def _units(self, text: str) -> int:
        try:
            units = Decimal(text) * UNITS[self.kind]
        except InvalidOperation:
            raise ValueError(f"{self.name}: {text!r} is no number") from None
        if not units.is_finite() or units != int(units) or not 0 <= units <= 10**15:
            raise ValueError(f"{self.name}: {text!r} is out of range")
        return int(units)


@dataclass(frozen=True)
class Shape:
    """One list: its columns, what a point speaks about, and how points of nested places combine."""

    name: str
    title: str
    title_zh: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    combine: str
    measure: str
    of_insured_persons: bool = False  # rules read it, and no page shows it

    @property
    def name_in_words(self) -> str:
        return self.title_zh if in_chinese() else self.title

    def written(self, values: Mapping[str, Value]) -> dict[str, str]:
        """A point's own columns as its list writes them."""
        return {column.name: column.written(values.get(column.name)) for column in self.columns}

    def types(self) -> dict[str, str]:
        """The columns of the relation k_<name>, with their types in the engines."""
        own = {column.name: TYPES[column.kind] for column in self.columns}
        return {"point": FRAME["point"], **own, **{name: FRAME[name] for name in ("place", "since", "until")}}


def _shape(name: str, given: Mapping[str, object]) -> Shape:
    columns = given["columns"]
    assert isinstance(columns, dict)
    return Shape(
        name=name,
        title=str(given["title"]),
        title_zh=str(given["title_zh"]),
        key=tuple(given["key"]),  # type: ignore[arg-type]
        columns=tuple(Column(key, kind.rstrip("?"), kind.endswith("?")) for key, kind in columns.items()),
        combine=str(given["combine"]),
        measure=str(given.get("measure", "")),
        of_insured_persons=bool(given.get("of_insured_persons")),
    )


LISTS: Mapping[str, Shape] = {
    name: _shape(name, given) for name, given in tomllib.loads(DEFINITION.read_text("utf-8")).items()
}
# Lists that name insured persons stand on no page: their register does, for the few who keep it.
ON_NO_PAGE = frozenset(name for name, shape in LISTS.items() if shape.of_insured_persons)
