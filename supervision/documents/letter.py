"""A letter's form: what a template's lines become once the facts are in them, before anything sets it on paper.

A template is plain text, a line a block:

    # title                  | head | head |        a table's first row; further rows of the template follow it
    ## heading               |= {lines}             rows from a fact: a line each, cells parted by |
    ! addressee              _ label                a line to sign on
    ? a line that is left out where one of its facts is missing (before any other mark)

Everything else is a paragraph; one that begins with a number and a dot, or 一、, keeps it. A fact is {name}, or
{name:money}, {name:day}, {name:moment} where it is given as 1234.50, 2026-03-01 or 2026-03-01T09:30.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from django.conf import settings

from .wording import written

Tongue = Literal["zh_Hans", "en"]
What = Literal["title", "heading", "addressee", "paragraph", "table", "sign"]
FACT = re.compile(r"{(?P<name>[a-z_]+)(?::(?P<form>[a-z]+))?}")
MARKS: dict[str, What] = {"# ": "title", "## ": "heading", "! ": "addressee", "_ ": "sign"}
GIVEN = frozenset({"office", "place", "reference", "today", "organ", "suit_court"})  # what every letter knows of itself


class FactMissing(ValueError):
    """A letter that lacks some of its facts is not written; `names` are those."""

    def __init__(self, kind: str, names: list[str]) -> None:
        self.kind, self.names = kind, names
        super().__init__(f"{kind}: {', '.join(names)}")


@dataclass(frozen=True)
class Block:
    what: What
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)
    head: bool = False  # whether the first row names the columns


@dataclass(frozen=True)
class Letter:
    """Everything that stands on the paper."""

    title: str
    office: str
    reference: str
    day: str
    blocks: list[Block]
    code: str = ""  # by which anybody can ask whether it was issued so

    def text(self) -> str:
        """The letter as plain text, as it is kept and as its verification code covers it."""
        parts = [self.office, self.title, self.reference, *map(_plain, self.blocks), self.office, self.day]
        return "\n\n".join(part for part in parts if part)

    def with_code(self) -> "Letter":
        digits = hashlib.sha256(f"{self.reference}\n{self.text()}".encode()).hexdigest()[:16].upper()
        return replace(self, code="-".join(digits[at : at + 4] for at in range(0, 16, 4)))

    def as_facts(self) -> dict[str, Any]:
        return asdict(self)


def _plain(block: Block) -> str:
    if block.what == "table":
        return "\n".join(" | ".join(row) for row in block.rows)
    return f"{block.text}________" if block.what == "sign" else block.text


def page(kind: str, tongue: Tongue) -> Path:
    return Path(settings.BASE_DIR) / "templates" / "letters" / tongue / f"{kind}.txt"


@cache
def template(kind: str, tongue: Tongue) -> str:
    return page(kind, tongue).read_text("utf-8")


def template_hash(kind: str) -> str:
    return hashlib.sha256(template(kind, "zh_Hans").encode()).hexdigest()


def facts_of(kind: str) -> list[str]:
    """The facts without which no such letter is issued."""
    return list(dict.fromkeys(name for line, optional in _lines(kind, "zh_Hans") if not optional for name in _in(line)))


def may_hold(kind: str) -> list[str]:
    """The facts that a letter tells where they are known."""
    needed = set(facts_of(kind))
    named = (name for line, optional in _lines(kind, "zh_Hans") if optional for name in _in(line))
    return list(dict.fromkeys(name for name in named if name not in needed))


def refuse_the_incomplete(kind: str, facts: Mapping[str, str]) -> None:
    missing = [name for name in facts_of(kind) if not facts.get(name, "").strip()]
    if missing:
        raise FactMissing(kind, missing)


def compose(kind: str, tongue: Tongue, facts: Mapping[str, str]) -> Letter:
    """The letter with its facts in it; `facts` hold what every letter knows of itself too."""
    blocks = list(_joined(_blocks(kind, tongue, facts)))
    title = next(block.text for block in blocks if block.what == "title")
    return Letter(
        title=title,
        office=facts["office"],
        reference=facts["reference"],
        day=written(facts["today"], "day", tongue),
        blocks=[block for block in blocks if block.what != "title"],
    )


def _lines(kind: str, tongue: Tongue) -> Iterator[tuple[str, bool]]:
    """Each line of a template, and whether it is left out where a fact is missing."""
    for line in template(kind, tongue).splitlines():
        if line.strip():
            yield line.removeprefix("? "), line.startswith("? ")


def _in(line: str) -> list[str]:
    return [found["name"] for found in FACT.finditer(line) if found["name"] not in GIVEN]


def _blocks(kind: str, tongue: Tongue, facts: Mapping[str, str]) -> Iterator[Block]:
    for line, optional in _lines(kind, tongue):
        if optional and not all(facts.get(name, "").strip() for name in _in(line)):
            continue
        if line.startswith("|"):
            yield Block("table", rows=_rows(line, facts, tongue), head=line.startswith("|="))
            continue
        mark = next((mark for mark in MARKS if line.startswith(mark)), "")
        text = _filled(line.removeprefix(mark), facts, tongue)
        if mark:
            yield Block(MARKS[mark], text)
        else:
            yield from (Block("paragraph", part.strip()) for part in text.splitlines() if part.strip())


def _rows(line: str, facts: Mapping[str, str], tongue: Tongue) -> list[list[str]]:
    if line.startswith("|="):
        (name,) = _in(line)
        return [[cell.strip() for cell in row.split("|")] for row in facts.get(name, "").split("\n") if row.strip()]
    return [[_filled(cell.strip(), facts, tongue) for cell in line.strip().strip("|").split("|")]]


def _filled(text: str, facts: Mapping[str, str], tongue: Tongue) -> str:
    return FACT.sub(lambda found: written(facts.get(found["name"], ""), found["form"] or "", tongue), text)


def _joined(blocks: Iterator[Block]) -> Iterator[Block]:
    """Rows of a table that follow each other, as one table; short rows are filled up to the longest."""
    for is_table, run in groupby(blocks, lambda block: block.what == "table"):
        if not is_table:
            yield from run
            continue
        parts = list(run)
        rows = [row for part in parts for row in part.rows]
        width = max(map(len, rows))
        filled = [row + [""] * (width - len(row)) for row in rows]
        yield Block("table", rows=filled, head=any(part.head for part in parts))
