"""Profiles: where a source keeps the words of the platform. Small tables in TOML, read here."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from claims.rejects import BatchRejected

FOLDER = Path(__file__).parent / "profiles"


@dataclass(frozen=True)
class Word:
    """One column of ours: what may stand in it."""

    name: str
    type: str
    required: bool = False
    max: int = 0
    values: tuple[str, ...] = ()
    example: str = ""
    note: str = ""
    note_zh: str = ""
    published: bool = True


@dataclass(frozen=True)
class WordTable:
    """One table of ours."""

    name: str
    title: str
    title_zh: str
    register: bool
    words: Mapping[str, Word]


@dataclass(frozen=True)
class Origin:
    """Where one of our columns comes from: a column, a column through a map of codes, a constant, or an expression."""

    column: str = ""
    map: Mapping[str, str] | None = None
    value: str | None = None
    sql: str = ""
    needs: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column,) if self.column else self.needs


@dataclass(frozen=True)
class Shape:
    """One of our tables as a source lays it out."""

    table: WordTable
    files: tuple[str, ...]
    origins: Mapping[str, Origin]
    optional: frozenset[str]
    skip: Mapping[str, str] = field(default_factory=dict)  # rows with this value are left aside
    only: Mapping[str, str] = field(default_factory=dict)  # rows without this value are left aside
    repeat: Sequence[str] = ()  # columns that hold one row of ours each
    into: str = ""  # our column that a repeated column fills
    query: str = ""  # SQL over whole files, where one table of ours has to be put together from several
    check_columns: bool = True

    def required(self, word: Word) -> bool:
        return word.required and word.name not in self.optional


@dataclass(frozen=True)
class Profile:
    """A source's layout."""

    name: str
    title: str
    title_zh: str
    shapes: tuple[Shape, ...]
    raw: tuple[str, ...] = ()  # files that only queries read
    ignored: tuple[str, ...] = ()  # files that are nobody's business
    empty: tuple[str, ...] = ()  # how this source writes "not known" in text files, besides an empty cell

    def shapes_of(self, stem: str) -> list[Shape]:
        return [shape for shape in self.shapes if stem in shape.files]

    def knows(self, stem: str) -> bool:
        return stem in self.raw or bool(self.shapes_of(stem))

    def has(self, table: str) -> bool:
        return any(shape.table.name == table for shape in self.shapes)


@lru_cache
def words() -> Mapping[str, WordTable]:
    """Our tables and columns, in the order they are loaded."""
    text = tomllib.loads((FOLDER / "words.toml").read_text("utf-8"))
    return {name: _word_table(name, table) for name, table in text.items()}


def _word_table(name: str, table: Mapping[str, Any]) -> WordTable:
    columns = {
        column: Word(column, **{**facts, "values": tuple(facts.get("values", ()))})
        for column, facts in table["columns"].items()
    }
    return WordTable(name, table["title"], table["title_zh"], table.get("register", False), columns)


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem != "words")


def load(name: str) -> Profile:
    """A profile that ships with the platform, or one of somebody's own by its path."""
    path = Path(name) if name.endswith(".toml") else FOLDER / f"{name}.toml"
    if not path.is_file() or path.stem == "words":
        raise BatchRejected("unknown_profile", f"{name}: {', '.join(names())}")
    return read(path.stem, path.read_text("utf-8"))


def read(name: str, text: str) -> Profile:
    content = tomllib.loads(text)
    maps = content.pop("maps", {})
    optional = content.pop("optional", [])
    profile_words = {key: content.pop(key) for key in ("title", "title_zh") if key in content}
    lists = {key: tuple(content.pop(key, ())) for key in ("raw", "ignored", "empty")}
    plain = content.pop("plain", [])
    shapes = [_plain(words()[table]) for table in plain]
    for table, facts in content.items():
        given = facts if isinstance(facts, list) else [facts]
        shapes.extend(_shape(words()[table], one, maps, optional) for one in given)
    order = list(words())
    shapes.sort(key=lambda shape: order.index(shape.table.name))
    return Profile(name, profile_words.get("title", name), profile_words.get("title_zh", name), tuple(shapes), **lists)


def _plain(table: WordTable) -> Shape:
    origins = {word.name: Origin(column=word.name) for word in table.words.values() if word.published}
    return Shape(table, (table.name,), origins, frozenset())


def _shape(table: WordTable, facts: Mapping[str, Any], maps: Mapping[str, Any], optional: Sequence[str]) -> Shape:
    given = {name: _origin(value, maps) for name, value in facts.get("columns", {}).items()}
    unknown = set(given) - set(table.words)
    if unknown:
        raise BatchRejected("unknown_profile", f"{table.name}: {', '.join(sorted(unknown))}")
    return Shape(
        table=table,
        files=tuple(facts.get("files", (table.name,))),
        origins=given,
        optional=frozenset(word.partition(".")[2] for word in optional if word.startswith(f"{table.name}.")),
        skip=facts.get("skip", {}),
        only=facts.get("only", {}),
        repeat=tuple(facts.get("repeat", ())),
        into=facts.get("into", ""),
        query=facts.get("query", ""),
        check_columns=False,
    )


def _origin(value: str | Mapping[str, Any], maps: Mapping[str, Any]) -> Origin:
    if isinstance(value, str):
        return Origin(column=value)
    return Origin(
        column=value.get("from", ""),
        map=maps[value["map"]] if "map" in value else None,
        value=value.get("value"),
        sql=value.get("sql", ""),
        needs=tuple(value.get("needs", ())),
    )
