"""A generator of wrong rows: each kind says what it spoils and which reason must be given for it.

It shares nothing with the product but the words of the template.
"""

import csv
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

Row = dict[str, str]
LINES = 4


@dataclass(frozen=True)
class Kind:
    """Spoil one cell: (table, column), how, and the reason that must be given at that cell."""

    table: str
    column: str
    spoil: Callable[[str], str]
    reason: str
    alone: bool = False  # the row leaves its claim, which then does not add up either


def to(value: str) -> Callable[[str], str]:
    return lambda _old: value


KINDS = [
    Kind("lines", "quantity", to("abc"), "not_a_number"),
    Kind("lines", "quantity", to("NaN"), "not_a_number"),
    Kind("lines", "quantity", to("Infinity"), "not_a_number"),
    Kind("lines", "amount", to("1e400"), "not_a_number"),
    Kind("lines", "amount", lambda old: old + "元", "not_a_number"),
    Kind("lines", "amount", lambda old: "=" + old, "not_a_number"),
    Kind("lines", "price", lambda old: "".join(chr(ord(c) + 0xFEE0) for c in old), "not_a_number"),
    Kind("lines", "price", lambda old: old.replace(".", ","), "not_a_number"),
    Kind("lines", "amount", to("9" * 30), "too_large"),
    Kind("lines", "quantity", to("10000001"), "too_large"),
    Kind("lines", "price", to("1.0000001"), "too_precise"),
    Kind("lines", "price", lambda old: "-" + old, "negative"),
    Kind("lines", "amount", lambda old: str(Decimal(old) + Decimal("0.02")), "line_product"),
    Kind("lines", "done_at", to("2026-02-30 10:00:00"), "not_a_date"),
    Kind("lines", "done_at", to("yesterday"), "not_a_date"),
    Kind("lines", "done_at", to("2026-03-01 10:00:00+08"), "not_a_date"),
    Kind("lines", "done_at", to("1666-03-01 10:00:00"), "implausible_date"),
    Kind("lines", "item", to(""), "required"),
    Kind("lines", "item_name", to("药\u202e品"), "control_character"),
    Kind("lines", "item_name", to("a\x00b"), "control_character"),
    Kind("lines", "item_name", to("名" * 201), "too_long"),
    Kind("lines", "days", to("-1"), "negative"),
    Kind("lines", "approved", to("perhaps"), "unknown_value"),
    Kind("lines", "prescription", to("R" * 51), "too_long"),
    Kind("lines", "taken_home", to("2"), "unknown_value"),
    Kind("lines", "payment_class", to("D"), "unknown_value"),
    Kind("lines", "claim_no", to("nowhere"), "orphan", alone=True),
    Kind("lines", "line_no", to("1:1"), "not_a_key"),
    Kind("claims", "institution", to("H404"), "unknown_institution", alone=True),
    Kind("claims", "member", to(""), "required"),
    Kind("claims", "kind", to("stay"), "unknown_value"),
    Kind("claims", "sex", to("male"), "unknown_value"),
    Kind("claims", "born", to("31.12.1960"), "not_a_date"),
    Kind("claims", "total", lambda old: str(Decimal(old) + Decimal("0.02")), "total_differs"),
    Kind("claims", "total", to("all of it"), "not_a_number"),
    Kind("claims", "insured_area", to("Yunze"), "not_an_area"),
    Kind("claims", "settled_at", to(""), "required"),
]


@dataclass
class Planted:
    """What was written, and what must come back."""

    expected: set[tuple[str, int, str, str]] = field(default_factory=set)  # file, row, column, reason
    good: set[str] = field(default_factory=set)
    rows: int = 0


def plant(folder: Path, *, claims: int, chance: random.Random, share: float = 0.3, institution: str = "H1",
          prefix: str = "c") -> Planted:  # fmt: skip
    """Claims with four lines each; a share of them spoilt, one kind a claim."""
    folder.mkdir(parents=True, exist_ok=True)
    planted = Planted()
    headers: list[Row] = []
    lines: list[Row] = []
    for number in range(claims):
        header, own = a_claim(f"{prefix}{number}", institution, chance)
        kind = chance.choice(KINDS) if chance.random() < share else None
        row = len(headers) + 2
        if kind is None:
            planted.good.add(f"{institution}:{header['claim_no']}")
        else:
            place = chance.randrange(LINES)
            spoilt, at = (own[place], len(lines) + place + 2) if kind.table == "lines" else (header, row)
            spoilt[kind.column] = kind.spoil(spoilt[kind.column])
            planted.expected.add((f"{kind.table}.csv", at, kind.column, kind.reason))
            if kind.alone and kind.table == "lines":
                planted.expected.add(("claims.csv", row, "total", "total_differs"))
            elif kind.alone:
                planted.expected |= {("lines.csv", len(lines) + n + 2, "claim_no", "orphan") for n in range(LINES)}
                planted.expected.add(("claims.csv", row, "total", "total_differs"))
        headers.append(header)
        lines += own
    planted.rows = len(headers) + len(lines)
    for name, rows in (("claims", headers), ("lines", lines)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return planted


def a_claim(number: str, institution: str, chance: random.Random) -> tuple[Row, list[Row]]:
    lines, total = [], Decimal(0)
    for place in range(1, LINES + 1):
        quantity, price = chance.randint(1, 9), Decimal(chance.randint(1, 99999)) / 100
        total += quantity * price
        lines.append({
            "claim_no": number, "institution": institution, "line_no": str(place), "reverses": "",
            "done_at": f"2026-03-{chance.randint(1, 9):02} 10:00:00", "item": f"i{chance.randint(1, 50)}",
            "item_name": "检查, \"常规\"", "category": "03", "quantity": str(quantity), "price": f"{price:.2f}",
            "amount": f"{quantity * price:.2f}", "days": "1", "approved": "N",
            "prescription": f"R{number}", "taken_home": "N", "payment_class": chance.choice(["A", "B", "C", "part", ""]),
        })  # fmt: skip
    header = {
        "claim_no": number, "institution": institution, "member": f"m{chance.randint(1, 5000)}", "kind": "outpatient",
        "sex": chance.choice("12"), "born": "1960-01-01", "insured_area": "990100", "admitted": "2026-03-01 08:00:00",
        "discharged": "", "settled_at": f"2026-0{chance.randint(3, 5)}-10 09:00:00", "total": f"{total:.2f}",
    }  # fmt: skip
    return header, lines
