"""The sum of a settlement, in order: each part takes what is left, so nobody is ever paid less than nothing.

What a month cannot bear stays where it came from, and the next month takes it up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

FEN = Decimal("0.01")
NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Part:
    """One line of one figure, and the record that it comes from."""

    figure: str
    amount: Decimal
    of: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Wanted:
    """What the records say; how much of it this month can bear is reckoned here."""

    declared: Decimal
    out_of_scope: Sequence[Part] = ()
    adjustments: Sequence[Part] = ()  # either way
    refused: Sequence[Part] = ()
    deposit: Callable[[Decimal], Sequence[Part]] = lambda _base: ()
    prepaid: Sequence[Part] = ()
    offset: Sequence[Part] = ()


@dataclass
class Reckoned:
    """The lines that were taken, and what is left to be paid."""

    declared: Decimal
    left: Decimal
    lines: list[Part] = field(default_factory=list)

    def figure(self, name: str) -> Decimal:
        return sum((line.amount for line in self.lines if line.figure == name), NOTHING)

    def add(self, parts: Sequence[Part]) -> None:
        """What makes the sum greater."""
        for part in parts:
            if part.amount > 0:
                self.left += part.amount
                self.lines.append(part)

    def take(self, parts: Sequence[Part], *, sign: int = 1) -> None:
        """What makes it less: as much of each part as is left."""
        for part in parts:
            amount = min(part.amount * sign, self.left)
            if amount > 0:
                self.left -= amount
                self.lines.append(Part(part.figure, amount * sign, part.of))


def reckon(wanted: Wanted) -> Reckoned:
    """First what never was to be paid, then the past, then what is kept back, lent and owed."""
    found = Reckoned(wanted.declared, wanted.declared)
    found.take(wanted.out_of_scope)
    found.add(wanted.adjustments)
    found.take([part for part in wanted.adjustments if part.amount < 0], sign=-1)
    found.take(wanted.refused)
    # The deposit is a part of the month itself: of what was declared, in scope and not refused.
    base = max(found.declared - found.figure("out_of_scope") - found.figure("refused"), NOTHING)
    found.take(wanted.deposit(base))
    found.take(wanted.prepaid)
    found.take(wanted.offset)
    return found


def share(base: Decimal, rate: Decimal) -> Decimal:
    """A part of a sum, to the fen, half a fen up."""
    return (base * rate).quantize(FEN, ROUND_HALF_UP)
