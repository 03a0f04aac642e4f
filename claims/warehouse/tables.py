"""The tables of the warehouse, as claims/warehouse.sql defines them."""

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

DEFINITION = Path(__file__).parent.parent / "warehouse.sql"

# How many units of the warehouse make one of what people read.
YUAN = dict.fromkeys(("total", "eligible", "paid", "account_paid", "cash_paid", "amount"), 100)
UNITS = {**YUAN, "price": 10**6, "quantity": 10**4, "fund_ratio": 10**4}
PLACES = {100: Decimal("0.01"), 10**4: Decimal("0.0001"), 10**6: Decimal("0.000001")}


# Registers: what a row speaks about. Every batch may speak about it anew; the latest counts.
REGISTERS = {
    "member": "member",
    "institution": "institution",
    "registration": "practitioner, institution, since",
    "permit": "institution, kind, since",
    "equipment": "institution, kind, since",
    "filing": "member, place, kind, since",
}


def latest(register: str) -> str:
    """What keeps the latest word of a register."""
    return f"QUALIFY row_number() OVER (PARTITION BY {REGISTERS[register]} ORDER BY batch DESC) = 1"


@dataclass(frozen=True)
class Column:
    """One column: its DuckDB type and the comment that names its national field."""

    name: str
    type: str
    comment: str

    @property
    def quoted(self) -> str:
        return f'"{self.name}"'


@dataclass(frozen=True)
class Table:
    """One relation of the warehouse."""

    name: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    @property
    def partitioned(self) -> bool:
        return "month" in self.names

    @property
    def stored(self) -> tuple[Column, ...]:
        """The columns inside the files; the month is in their folder's name."""
        return tuple(column for column in self.columns if column.name != "month")

    def select_list(self, prefix: str = "") -> str:
        return ", ".join(prefix + column.quoted for column in self.columns)


def _read(text: str) -> dict[str, Table]:
    tables = {}
    for name, body in re.findall(r"^CREATE TABLE (\w+) \(\n(.*?)^\);", text, re.MULTILINE | re.DOTALL):
        lines = re.findall(r'^ +"?(\w+)"? +(\w+),?(?: *-- (.*))?$', body, re.MULTILINE)
        tables[name] = Table(name, tuple(Column(*line) for line in lines))
    return tables


TABLES = _read(DEFINITION.read_text("utf-8"))


def natural(column: str, value: object) -> object:
    """A stored value as people read it: fen as yuan, ten-thousandths as quantities; the rest unchanged."""
    units = UNITS.get(column)
    if units is None or not isinstance(value, int):
        return value
    return (Decimal(value) / units).quantize(PLACES[units])
