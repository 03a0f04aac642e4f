"""What two pages say differently, in a form that fits a narrow screen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

AROUND = 3  # lines that stay the same, shown before and after a change


@dataclass(frozen=True)
class Line:
    """A line as it was, as it is, or both; its number in each page."""

    sign: str  # "-", "+" or " "
    text: str
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Piece:
    """Lines that stand together; `skipped` lines before them are the same in both pages."""

    lines: Sequence[Line]
    skipped: int


def pieces(before: str, after: str) -> list[Piece]:
    """The changed lines with those around them; none where the pages are the same."""
    old, new = before.splitlines(), after.splitlines()
    found, last = [], 0
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(AROUND):
        found.append(Piece(list(lines(old, new, group)), group[0][1] - last))
        last = group[-1][2]
    return found


def lines(old: Sequence[str], new: Sequence[str], group: Sequence[tuple[str, int, int, int, int]]) -> Iterator[Line]:
    for kind, first, last, begin, end in group:
        if kind == "equal":
            for step in range(last - first):
                yield Line(" ", old[first + step], first + step + 1, begin + step + 1)
            continue
        for number in range(first, last):
            yield Line("-", old[number], number + 1, None)
        for number in range(begin, end):
            yield Line("+", new[number], None, number + 1)
