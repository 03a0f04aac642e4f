"""What the publisher counts as a point, on its way from a row of a sheet into lines of our lists."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .lists import Shape, Value
from .reading import Line
from .sheets import Sheet

WORDS = ("name", "other_name", "wording", "grounds")  # columns that say in words what the others say in figures


@dataclass
class Draft:
    """What a unit says in one list; columns that nobody has given yet are missing."""

    shape: Shape
    values: dict[str, Value]
    missing: dict[str, Sequence[Mapping[str, object]]]  # with the ways that are left
    about: tuple[str, ...] = ()  # the list, and the codes that the row gives
    line: Line | None = None
    taken: str = ""  # where a value was taken over from
    told: str = ""  # how sure it was said to be when this very point came in before

    @property
    def key(self) -> tuple[str, str]:
        return self.shape.name, "|".join(str(self.values[name]) for name in self.shape.key)

    @property
    def limit(self) -> tuple[tuple[str, Value], ...]:
        """What it says in figures."""
        return tuple(sorted((name, value) for name, value in self.values.items() if name not in WORDS))


@dataclass
class Unit:
    """One code or pair of a row."""

    sheet: Sheet
    row: int
    family: str
    rule: str
    code: str
    rank: int
    point: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    supersedes: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    column: str = ""
    reason: str = ""
    detail: str = ""
    said: bool = False  # another row of this import says it

    def refuse(self, reason: str, detail: str = "", column: str = "") -> None:
        if not self.reason:
            self.reason, self.detail = reason, detail
            self.column = column or self.column

    @property
    def place(self) -> tuple[str, str, int]:
        return self.sheet.file, self.sheet.sheet, self.row


def refused(sheet: Sheet, row: int, family: str, reason: str) -> Unit:
    unit = Unit(sheet, row, family, family, "", 0)
    unit.refuse(reason)
    return unit


def tidied(text: str) -> str:
    """A published wording on one line, without its full stop."""
    return " ".join(text.split()).rstrip("。")
