"""The header of a page, taken key by key: what is missing, wrong or left over is named with its page."""

import datetime as dt
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

Row = Mapping[str, str]
T = TypeVar("T")


class PageRefused(Exception):
    """A page of the library cannot be used; the sentence names the page and the key."""


@dataclass(frozen=True)
class Parameter:
    """A number of a rule with its origin. Other values for other places and dates stand beside it."""

    name: str
    value: int | str | bool
    source: str
    place: str = "000000"
    since: dt.date = dt.date.min
    until: dt.date = dt.date.max


@dataclass(frozen=True)
class Example:
    """A worked example: tables by relation, in yuan and natural quantities, as the page shows them."""

    title: str
    title_zh: str
    tables: Mapping[str, tuple[Row, ...]]


class Header:
    """What stands between the opening /* and */ of a page."""

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        try:
            self.values = tomllib.loads(text)
        except tomllib.TOMLDecodeError as problem:
            raise PageRefused(f"{code}: the header is no TOML: {problem}") from problem

    def refuse(self, key: str, problem: str) -> PageRefused:
        return PageRefused(f"{self.code}: {key}: {problem}")

    def take(self, key: str, kind: type[T], missing: T | None = None) -> T:
        value = self.values.pop(key, missing)
        if value is None:
            raise self.refuse(key, "is missing")
        if not isinstance(value, kind):
            raise self.refuse(key, f"must be a {kind.__name__}")
        return value

    def one_of(self, key: str, choices: Collection[str], missing: str | None = None) -> str:
        value = self.take(key, str, missing)
        if value not in choices:
            raise self.refuse(key, f"{value!r} is none of {', '.join(choices)}")
        return value

    def words(self, key: str, choices: Collection[str] = (), missing: list[str] | None = None) -> tuple[str, ...]:
        values = self.take(key, list, missing)
        for value in values:
            if not isinstance(value, str) or (choices and value not in choices):
                raise self.refuse(key, f"{value!r} is none of {', '.join(choices) or 'any words'}")
        return tuple(values)

    def kinds(self, key: str, choices: Collection[str]) -> Mapping[str, str]:
        values = self.take(key, dict, {})
        for column, kind in values.items():
            if kind not in choices:
                raise self.refuse(key, f"{column}: {kind!r} is none of {', '.join(choices)}")
        return values

    def parameters(self) -> tuple[Parameter, ...]:
        """Each with its value, and those that hold elsewhere or at other times under `other`."""
        found = []
        for name, values in self.take("parameters", dict, {}).items():
            key = f"parameters.{name}"
            for value in (values, *values.pop("other", ())):
                try:
                    found.append(Parameter(name, **{"source": values.get("source"), **value}))
                except TypeError as problem:
                    raise self.refuse(key, f"has value, source, place, since, until: {problem}") from None
                if not found[-1].source:
                    raise self.refuse(key, "says no source")
        return tuple(found)

    def tables(self, key: str) -> Mapping[str, tuple[Row, ...]]:
        return {name: self._table(f"{key}.{name}", text) for name, text in self.take(key, dict, {}).items()}

    def examples(self, relation: str) -> tuple[Example, ...]:
        """Under "title · 标题" one table of the relation the page judges, or several tables by relation."""
        found = []
        for titles, given in self.take("examples", dict).items():
            title, bar, title_zh = titles.partition(" · ")
            if not bar:
                raise self.refuse(f"examples.{titles}", "has no title in Chinese after a ·")
            tables = given if isinstance(given, dict) else {relation: given}
            read = {name: self._table(f"examples.{title}", text) for name, text in tables.items()}
            found.append(Example(title, title_zh, read))
        return tuple(found)

    def nothing_left(self) -> None:
        if self.values:
            raise self.refuse(", ".join(sorted(self.values)), "is no key of a page")

    def _table(self, key: str, text: str) -> tuple[Row, ...]:
        """A table drawn with bars; its first line names the columns."""
        lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines() if line.strip()]
        head, *body = lines or [[]]
        for cells in body:
            if len(cells) != len(head):
                raise self.refuse(key, f"{len(cells)} cells under {len(head)} columns: {' | '.join(cells)}")
        return tuple(dict(zip(head, cells, strict=True)) for cells in body)
