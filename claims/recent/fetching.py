"""Looks up what the desk needs of a member's recent claims and of the registers, with one question."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from .packing import Packed, Row

PARTS = ("lines", "diagnoses", "operations")


@dataclass(frozen=True)
class Wanted:
    """What to look up: of a member's claims since a month, each part since a month of its own; words of registers."""

    member: str = ""
    since: int | None = None  # months counted from the year 0; None: no claims
    parts: Mapping[str, int] = field(default_factory=dict)  # part of a claim: since which month it is wanted
    without: Collection[str] = ()  # claims that are judged themselves
    words: Collection[tuple[str, str, str]] = ()  # register, column and key

    @property
    def is_nothing(self) -> bool:
        return self.since is None and not self.words


@dataclass(frozen=True)
class Found:
    """A claim that was looked up, with the parts that were wanted."""

    month: int
    packed: Packed
    parts: Mapping[str, memoryview]


@dataclass(frozen=True)
class Fetched:
    claims: Sequence[Found]
    registers: Mapping[str, Sequence[Row]]


def fetch(wanted: Wanted) -> Fetched:
    """Everything wanted, in one question."""
    if wanted.is_nothing:
        return Fetched((), {})
    query, values = question(wanted)
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        rows = cursor.fetchall()
    registers: dict[str, list[Row]] = {}
    for name, *_nothing, said in rows:
        if said is not None:
            registers.setdefault(name, []).extend(row for row in loaded(said) if row not in registers.get(name, ()))
    claims = [_claim(wanted.member, row) for row in rows if row[-1] is None]
    return Fetched(claims, registers)


def question(wanted: Wanted) -> tuple[str, list[Any]]:
    """The SQL, and its values."""
    asked: list[str] = []
    values: list[Any] = []
    if wanted.since is not None:
        parts = ", ".join(
            f"CASE WHEN month >= %s THEN {part} END" if part in wanted.parts else "NULL::bytea" for part in PARTS
        )
        asked.append(
            f"SELECT claim, month, header, {parts}, NULL::jsonb FROM claims_recentclaim "
            "WHERE member = %s AND month >= %s AND NOT claim = ANY(%s)"
        )
        values += [*(wanted.parts[part] for part in PARTS if part in wanted.parts)]
        values += [wanted.member, wanted.since, list(wanted.without)]
    if wanted.words:
        asked.append(
            "SELECT register, NULL::smallint, NULL::bytea, NULL::bytea, NULL::bytea, NULL::bytea, rows "
            'FROM claims_registerword WHERE (register, "column", key) IN %s'
        )
        values.append(tuple(sorted(wanted.words)))
    return " UNION ALL ".join(asked), values


def _claim(member: str, row: Sequence[Any]) -> Found:
    claim, month, header, *parts, _said = row
    given = {name: part for name, part in zip(PARTS, parts, strict=True) if part is not None}
    return Found(month, Packed(member, claim, header), given)


def loaded(said: str | list[Row]) -> list[Row]:
    """Rows of a register: Django's cursor leaves JSON as text."""
    return json.loads(said) if isinstance(said, str) else said
