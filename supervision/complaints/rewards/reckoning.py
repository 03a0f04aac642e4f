"""Reckons a reward: the shares of the bands and what they add, held between least and most, to the fen."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

FEN = Decimal("0.01")
NOTHING = Decimal("0.00")
WHOLE = 10_000  # rates are ten-thousandths


@dataclass(frozen=True)
class Band:
    """The share of what lies above one sum and up to another; `extra` once the sum goes beyond the lower one."""

    above: Decimal
    up_to: Decimal | None
    rate: int
    extra: Decimal = NOTHING

    def within(self, value: Decimal) -> Decimal:
        """How much of a sum lies in it."""
        top = value if self.up_to is None else min(value, self.up_to)
        return max(top - self.above, NOTHING)


@dataclass(frozen=True)
class Shares:
    """What a reward is reckoned by."""

    bands: Sequence[Band]
    least: Decimal
    most: Decimal


@dataclass(frozen=True)
class Step:
    """What one band gives."""

    above: Decimal
    up_to: Decimal | None
    part: Decimal  # how much of the sum lies in it
    rate: int
    extra: Decimal
    gives: Decimal  # not rounded


@dataclass(frozen=True)
class Reckoned:
    """A reward and how it came about."""

    value: Decimal
    steps: tuple[Step, ...]
    before: Decimal  # of all bands together, in fen
    amount: Decimal

    @property
    def held(self) -> str:
        """Whether the bands gave less than the least or more than the most."""
        return "up" if self.amount > self.before else "down" if self.amount < self.before else ""


def reckon(value: Decimal, shares: Shares) -> Reckoned:
    """Nothing for nothing; otherwise the bands' shares, never below the least, never above the most.

    Only the sum of all bands is rounded, half a fen up: rounding each band would gain or lose a fen.
    """
    steps = tuple(step(band, value) for band in sorted(shares.bands, key=lambda one: one.above) if reached(band, value))
    before = sum((one.gives for one in steps), NOTHING).quantize(FEN, ROUND_HALF_UP)
    amount = min(max(before, shares.least), shares.most) if value > 0 else NOTHING
    return Reckoned(value, steps, before, amount)


def reached(band: Band, value: Decimal) -> bool:
    return value > band.above


def step(band: Band, value: Decimal) -> Step:
    part = band.within(value)
    return Step(band.above, band.up_to, part, band.rate, band.extra, part * band.rate / WHOLE + band.extra)
