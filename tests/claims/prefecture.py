"""A simulated prefecture read from its CSV files: claims with their lines netted of reversals, in plain Python."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

Row = dict[str, str]

RETIRED = {"J18.900x099": date(2026, 1, 1), "E11.900x099": date(2026, 2, 1)}


@dataclass
class Charge:
    """A line after its reversals."""

    row: Row
    claim: "Claim"

    def __post_init__(self) -> None:
        self.quantity, self.amount = Decimal(self.row["quantity"]), Decimal(self.row["amount"])
        self.days = int(self.row["days"])
        self.item = self.row["item"]
        self.at = datetime.fromisoformat(self.row["done_at"])
        self.day = self.at.date()
        self.price = Decimal(self.row["price"])
        self.key = f"{self.claim.key}:{self.row['line_no']}"
        self.generic = self.item[:10] if self.item[0] == "X" else self.item[:11] if self.item[0] == "Z" else self.item

    @property
    def eligible(self) -> Decimal:
        return Decimal(self.row["eligible"]) * self.quantity / Decimal(self.row["quantity"])

    def reduce(self, quantity: Decimal, amount: Decimal) -> None:
        self.quantity -= quantity
        self.amount -= amount


@dataclass(eq=False)
class Claim:
    row: Row
    mains: int = 0
    odd_lines: list[str] = field(default_factory=list)  # reversals of nothing, or of another price
    diagnoses: list[str] = field(default_factory=list)
    operations: list[Row] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.key = f"{self.row['institution']}:{self.row['claim_no']}"
        self.member, self.institution = self.row["member"], self.row["institution"]
        self.admitted = datetime.fromisoformat(self.row["admitted"])
        self.discharged = datetime.fromisoformat(self.row["discharged"]) if self.row["discharged"] else None
        self.born = date.fromisoformat(self.row["born"])
        self.newborn, self.transferred = self.row["newborn"] == "Y", self.row["transferred"] == "Y"
        self.is_stay = self.row["kind"] == "inpatient"

    @property
    def main(self) -> str:
        return self.diagnoses[0]

    @property
    def left(self) -> datetime:
        assert self.discharged
        return self.discharged

    def age(self, day: date) -> int:
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))

    def has(self, prefixes: tuple[str, ...]) -> bool:
        return any(code.startswith(prefixes) for code in self.diagnoses)


@dataclass
class Files:
    folder: Path

    def rows(self, table: str) -> Iterator[Row]:
        for path in sorted([*self.folder.glob(f"{table}.csv"), *self.folder.glob(f"{table}-*.csv")]):
            with path.open(encoding="utf-8", newline="") as file:
                yield from csv.DictReader(file)


@dataclass
class World:
    claims: dict[str, Claim]
    members: dict[str, Row]
    level: dict[str, str]
    scans: list[Row]
    taken_back: set[str]  # charges netted to nothing

    @property
    def sound(self) -> list[Claim]:
        return [claim for claim in self.claims.values() if not faulty(claim)]

    @property
    def charges(self) -> list[Charge]:
        return [charge for claim in self.sound for charge in claim.charges]

    @property
    def stays(self) -> list[Claim]:
        return [claim for claim in self.sound if claim.is_stay]


def read(folder: Path) -> World:
    files = Files(folder)
    claims = {(row["institution"], row["claim_no"]): Claim(row) for row in files.rows("claims")}
    for row in files.rows("diagnoses"):
        claim = claims[row["institution"], row["claim_no"]]
        claim.diagnoses.append(row["code"])
        claim.mains += row["main"] == "Y"
    for row in files.rows("operations"):
        claims[row["institution"], row["claim_no"]].operations.append(row)
    lines: dict[Claim, list[Row]] = defaultdict(list)
    for row in files.rows("lines"):
        lines[claims[row["institution"], row["claim_no"]]].append(row)
    taken_back: set[str] = set()
    for claim, rows in lines.items():
        taken_back |= _net(claim, rows)
    return World(
        claims={claim.key: claim for claim in claims.values()},
        members={row["member"]: row for row in files.rows("members")},
        level={row["code"]: row["level"] for row in files.rows("institutions")},
        scans=list(files.rows("scans")),
        taken_back=taken_back,
    )


def _net(claim: Claim, rows: list[Row]) -> set[str]:
    """Put what is left of the lines on the claim; returns what was taken back whole."""
    billed = {row["line_no"]: Charge(row, claim) for row in rows if Decimal(row["quantity"]) > 0}
    for row in sorted(rows, key=lambda row: (row["reverses"] == "", row["done_at"])):
        left = -Decimal(row["quantity"])
        if left <= 0:
            continue
        alike = [c for c in billed.values() if (c.item, c.row["price"]) == (row["item"], row["price"])]
        named = [billed[row["reverses"]]] if row["reverses"] in billed else []
        for charge in named if row["reverses"] else sorted(alike, key=lambda c: c.at, reverse=True):
            part = min(left, charge.quantity)
            charge.reduce(part, Decimal(row["amount"]) * part / Decimal(row["quantity"]))
            left -= part
        if left:
            claim.odd_lines.append(f"{claim.key}:{row['line_no']}")
    for charge in billed.values():
        if charge.quantity:
            claim.charges.append(charge)
        if abs(charge.amount - charge.quantity * charge.price) > Decimal("0.05"):
            claim.odd_lines.append(charge.key)
    return {charge.key for charge in billed.values() if not charge.quantity}


def faults(claim: Claim) -> bool:
    """Whether the claim as a whole contradicts itself."""
    day, row = claim.admitted.date(), claim.row
    total, fund = Decimal(row["total"]), Decimal(row["fund_paid"])
    parts = fund + Decimal(row["account_paid"]) + Decimal(row["cash_paid"])
    return (
        any(code in RETIRED and day >= RETIRED[code] for code in claim.diagnoses)
        or claim.born > day
        or (day - claim.born).days > 47_481
        or bool(claim.discharged and claim.discharged < claim.admitted)
        or date.fromisoformat(row["settled_at"][:10]) < day
        or max(Decimal(row["eligible"]), fund, parts) > total + Decimal("0.01")
        or claim.mains > 1
        or (claim.is_stay and claim.mains == 0)
        or (claim.is_stay and any(not str(day) <= o["done_on"] <= str(claim.left.date()) for o in claim.operations))
    )


def faulty(claim: Claim) -> bool:
    return faults(claim) or bool(claim.odd_lines)
