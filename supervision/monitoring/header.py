"""The header of a page, taken key by key: what is missing, wrong or left over is named with its page."""

import datetime as dt
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

Row = Mapping[str, str]
MOST_TEXT, MOST_VALUE, MOST_DOTS = 100_000, 10**15, 300
NESTED = re.compile(r"(?:[\[{]\s*){9}")  # tables within tables
T = TypeVar("T")


class PageRefused(Exception):
    """A page of the library cannot be used; the sentence names the page and the key, `line` the place where known."""

    def __init__(self, problem: str, line: int | None = None) -> None:
        super().__init__(problem)
        self.line = line


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


def line_at(text: str, place: int) -> int:
    """The line of the page that a place in its header lies on; the first line of a page opens the header."""
    return text.count("\n", 0, place) + 2


def _fault(parameter: Parameter) -> str:
    """What is wrong with a parameter, or nothing. TOML has put there whatever the page says."""
    value: object = parameter.value
    source: object = parameter.source
    place: object = parameter.place
    if not source or not isinstance(source, str):
        return "says no source"
    if not isinstance(value, int | str):
        return "its value is a whole number, a word, true or false"
    if isinstance(value, int) and abs(value) > MOST_VALUE:
        return f"its value is larger than {MOST_VALUE:,}"
    if not isinstance(place, str) or not re.fullmatch(r"\d{6}", place):
        return "its place is a code of six digits"
    # A moment is a day too, in Python; the engines would tell them apart.
    if not all(type(day) is dt.date for day in (parameter.since, parameter.until)):
        return "since and until are days"
    return ""


class Header:
    """What stands between the opening /* and */ of a page."""

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        self.text = text
        if len(text) > MOST_TEXT:
            raise PageRefused(f"{code}: the header is longer than {MOST_TEXT:,} characters")
        if nested := NESTED.search(text):
            raise PageRefused(f"{code}: the header is nested too deep", line_at(text, nested.start()))
        for number, line in enumerate(text.split("\n"), 2):
            if line.count(".") > MOST_DOTS:  # of a name of many parts, reading takes the square of their number
                raise PageRefused(f"{code}: a line has more than {MOST_DOTS} dots", number)
        try:
            self.values = tomllib.loads(text)
        except (ValueError, RecursionError) as problem:  # a number of thousands of digits is a bare ValueError
            at = re.search(r"at line (\d+)", str(problem))
            raise PageRefused(f"{code}: the header is no TOML: {problem}", int(at[1]) + 1 if at else None) from problem

    def refuse(self, key: str, problem: str) -> PageRefused:
        return PageRefused(f"{self.code}: {key}: {problem}", self.line_of(key))

    def line_of(self, key: str) -> int | None:
        """The line of the page in which a key of the header stands: its own, or that of the table it is in."""
        table, _dot, name = key.partition(".")
        for place in (
            rf'^\[{re.escape(table)}\.?"?{re.escape(name)}',
            rf'^"?{re.escape(name or table)}',
            rf"^\[{table}",
        ):
            if found := re.search(place, self.text, re.MULTILINE):
                return line_at(self.text, found.start())
        return None

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
            if not isinstance(values, dict) or not isinstance(others := values.pop("other", []), list):
                raise self.refuse(key, "has value, source, place, since, until, and a list of `other`")
            for value in (values, *others):
                try:
                    if not isinstance(value, dict):
                        raise TypeError("a table was expected")
                    found.append(Parameter(name, **{"source": values.get("source"), **value}))
                except TypeError as problem:
                    raise self.refuse(key, f"has value, source, place, since, until: {problem}") from None
                if fault := _fault(found[-1]):
                    raise self.refuse(key, fault)
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

    def _table(self, key: str, text: object) -> tuple[Row, ...]:
        """A table drawn with bars; its first line names the columns."""
        if not isinstance(text, str):
            raise self.refuse(key, "is a table drawn with bars")
        lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines() if line.strip()]
        head, *body = lines or [[]]
        for cells in body:
            if len(cells) != len(head):
                raise self.refuse(key, f"{len(cells)} cells under {len(head)} columns: {' | '.join(cells)}")
        return tuple(dict(zip(head, cells, strict=True)) for cells in body)
