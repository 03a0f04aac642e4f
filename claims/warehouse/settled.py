"""What institutions have settled in a month, added up by fund: what the insurers' side pays by. Money in yuan.

No account's sight bounds it: for acts of the site and for pages that have asked for the institution before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from claims.models import Snapshot

from .reading import connect, view
from .seen import Row, rows

Span = tuple[date, date]  # first and last day
# An encounter by what settling asks of it; the day is that on which it began.
ENCOUNTERS = """
    SELECT claim, institution, month, coalesce(insurance, '') AS fund, insured_area, 'inpatient' AS kind,
        admitted_on AS day, settled_at, total, eligible, paid FROM stay_all
    UNION ALL
    SELECT claim, institution, month, coalesce(insurance, ''), insured_area, kind,
        day, settled_at, total, eligible, paid FROM visit_all"""
SUMS = """
    SELECT institution, month, fund, count(*) AS claims, sum(total) AS total, sum(eligible) AS eligible,
        sum(paid) AS paid
    FROM ({encounters}) WHERE {said} GROUP BY ALL ORDER BY ALL"""
LINES = """
    SELECT * FROM ({encounters})
    WHERE {said} AND claim > $after ORDER BY claim LIMIT $most"""


@dataclass(frozen=True)
class Settled:
    """The sums of one institution, month and fund."""

    institution: str
    month: str
    fund: str
    claims: int
    total: Decimal
    eligible: Decimal
    paid: Decimal  # by the fund


@dataclass(frozen=True)
class Asked:
    """Which encounters are meant; an empty institution means all, no fund (None) means every one."""

    months: Sequence[str]
    institution: str = ""
    fund: str | None = None
    within: Sequence[Span] = ()  # only what began on these days, where any are named

    def said(self) -> tuple[str, dict[str, object]]:
        """The condition and its values."""
        parts, values = ["month IN (SELECT unnest($months))"], dict[str, object](months=list(self.months))
        if self.institution:
            parts.append("institution = $institution")
            values["institution"] = self.institution
        if self.fund is not None:
            parts.append("fund = $fund")
            values["fund"] = self.fund
        spans = []
        for number, (first, last) in enumerate(self.within):
            spans.append(f"day BETWEEN $first{number} AND $last{number}")
            values |= {f"first{number}": first, f"last{number}": last}
        if spans:
            parts.append(f"({' OR '.join(spans)})")
        return " AND ".join(parts), values


def settled(snapshot: Snapshot | None, asked: Asked) -> list[Settled]:
    """The sums of what is meant, at a version."""
    said, values = asked.said()
    return [
        Settled(
            str(row["institution"]), str(row["month"]), str(row["fund"]), int(str(row["claims"])),
            money(row["total"]), money(row["eligible"]), money(row["paid"]),
        )
        for row in found(snapshot, asked, SUMS.format(encounters=ENCOUNTERS, said=said), values)
    ]  # fmt: skip


def settled_claims(snapshot: Snapshot | None, asked: Asked, *, after: str = "", most: int = 50) -> list[Row]:
    """The encounters behind such a sum, in the order of their claims, a page at a time."""
    said, values = asked.said()
    query = LINES.format(encounters=ENCOUNTERS, said=said)
    return found(snapshot, asked, query, {**values, "after": after, "most": most})


def found(snapshot: Snapshot | None, asked: Asked, query: str, values: dict[str, object]) -> list[Row]:
    with connect(memory_mb=1024) as con:
        for table in ("stay", "visit"):
            view(con, f"{table}_all", snapshot, table, asked.months)
        return rows(con, query, **values)


def money(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal("0.00")
