"""How published sheets are laid out (layouts.toml), and which lists their rule types go into (rule_types.toml)."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .lists import LISTS
from .sheets import Sheet

HERE = Path(__file__).parent
PLACE = re.compile(r"{([^}]*)}")


@dataclass(frozen=True)
class Template:
    """A text with columns in braces; of several with a bar between, the first that the sheet has."""

    text: str

    def of(self, cells: Mapping[str, str]) -> str:
        return PLACE.sub(lambda place: next((cells[n] for n in place[1].split("|") if cells.get(n)), ""), self.text)

    def column(self, cells: Mapping[str, str]) -> str:
        """The column it reads first of those that the row has."""
        named = [name for place in PLACE.findall(self.text) for name in place.split("|")]
        return next((name for name in named if name in cells), named[0] if named else "")


@dataclass(frozen=True)
class Layout:
    """One kind of sheet."""

    name: str
    title: str
    title_zh: str
    columns: tuple[str, ...]
    rank: int
    reads: Mapping[str, Template]
    types: Mapping[str, str]
    patterns: Mapping[str, str]
    codes_in: str = ""
    rows_of: str = ""
    joined_by: tuple[str, ...] = ()

    def of(self, what: str, cells: Mapping[str, str]) -> str:
        return self.reads[what].of(cells) if what in self.reads else ""

    def fits(self, sheet: Sheet) -> bool:
        return all(any(one in sheet.columns for one in column.split("|")) for column in self.columns)

    def rule_type(self, cells: Mapping[str, str]) -> str:
        """What kind of point the row holds; what is on no table goes by its own name."""
        said = self.of("as", cells)
        for known in (said, said.partition("/")[0]):
            if known in self.types:
                return self.types[known]
        found = (kind for pattern, kind in self.patterns.items() if re.search(pattern, said))
        return next(found, said)


@dataclass(frozen=True)
class Target:
    """A list that points of a rule type go into, and the ways to the values of its columns."""

    list: str
    when: str
    ways: Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class RuleType:
    name: str
    code: str
    pair: bool
    code_in_name: str
    before: tuple[str, ...]  # rule types that it goes before, where both speak of one thing
    into: tuple[Target, ...]


def _layout(name: str, given: Mapping[str, Any]) -> Layout:
    known = {"title", "title_zh", "columns", "rank", "types", "patterns", "codes_in", "rows_of", "joined_by"}
    return Layout(
        name=name,
        title=given["title"],
        title_zh=given["title_zh"],
        columns=tuple(given["columns"]),
        rank=given["rank"],
        reads={key: Template(text) for key, text in given.items() if key not in known},
        types=given.get("types", {}),
        patterns=given.get("patterns", {}),
        codes_in=given.get("codes_in", ""),
        rows_of=given.get("rows_of", ""),
        joined_by=tuple(given.get("joined_by", ())),
    )


def _rule_type(name: str, given: Mapping[str, Any]) -> RuleType:
    return RuleType(
        name=name,
        code=given.get("code", ""),
        pair=given.get("pair", False),
        code_in_name=given.get("code_in_name", ""),
        before=tuple(given.get("before", ())),
        into=tuple(map(_target, given["into"])),
    )


def _target(given: Mapping[str, Any]) -> Target:
    # A column of a list may be called `list` as well; here it is written list_.
    ways = {key.rstrip("_"): ways for key, ways in given.items() if key not in ("list", "when")}
    target = Target(given["list"], given.get("when", ""), ways)
    columns = {column.name for column in LISTS[target.list].columns}
    assert set(ways) <= columns, (target.list, set(ways) - columns)
    return target


@cache
def layouts() -> Mapping[str, Layout]:
    found = tomllib.loads((HERE / "layouts.toml").read_text("utf-8"))
    return {name: _layout(name, given) for name, given in found.items()}


@cache
def rule_types() -> Mapping[str, RuleType]:
    found = tomllib.loads((HERE / "rule_types.toml").read_text("utf-8"))
    return {name: _rule_type(name, given) for name, given in found.items()}


def layout_of(sheet: Sheet) -> Layout | None:
    """The layout whose columns the sheet has; of several the one that asks for most."""
    fitting = [layout for layout in layouts().values() if layout.fits(sheet)]
    return max(fitting, key=lambda layout: len(layout.columns), default=None)
