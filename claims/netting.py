"""Reversals: a negative line takes back what an earlier line billed. Rules read what is left.

The order is the catalogue's (3.3): a negative line first reduces the line it names; then the others reduce lines of
the same item and price in the same claim, last in first out, within 90 days. What no line is left for is noted.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

WITHIN_DAYS = 90


@dataclass(frozen=True)
class Line:
    """A fee line of one claim; quantity in 1/10000, amount in fen, both negative where it reverses."""

    charge: str
    alike: Hashable  # item and price
    quantity: int
    price: int  # 10^-6 yuan
    amount: int
    done_at: datetime
    reverses: str | None = None


@dataclass
class Netted:
    """What is left of a claim's lines, and what could not be netted."""

    left: dict[str, tuple[int, int]] = field(default_factory=dict)  # charge: quantity and amount, both above zero
    unmatched: dict[str, int] = field(default_factory=dict)  # negative line: quantity that found nothing to reduce
    uneven: dict[str, int] = field(default_factory=dict)  # line: amount (fen) that its quantity does not explain


@dataclass
class _Open:
    line: Line
    quantity: int
    amount: int
    reduced: int = 0


def net(lines: Iterable[Line]) -> Netted:
    """Net one claim's lines of its reversals."""
    ordered = sorted(lines, key=lambda line: (line.done_at, line.quantity < 0, line.charge))
    billed = {line.charge: _Open(line, line.quantity, line.amount) for line in ordered if line.quantity > 0}
    netted = Netted()
    for line in ordered:
        if line.quantity < 0 and line.reverses is not None:
            _reduce([billed[line.reverses]] if line.reverses in billed else [], line, netted)
    stacks: dict[Hashable, list[_Open]] = defaultdict(list)
    for line in ordered:
        if line.quantity > 0:
            stacks[line.alike].append(billed[line.charge])
        elif line.quantity < 0 and line.reverses is None:
            stack = [one for one in reversed(stacks[line.alike]) if _recent(one.line, line)]
            _reduce(stack, line, netted)
    for charge, one in billed.items():
        _settle(charge, one, netted)
    return netted


def _recent(line: Line, reversal: Line) -> bool:
    return (reversal.done_at.date() - line.done_at.date()).days <= WITHIN_DAYS


def _reduce(candidates: Sequence[_Open], reversal: Line, netted: Netted) -> None:
    """Take the reversal's quantity from these lines in order, and its amount in the same shares."""
    whole, taken, paid_back = -reversal.quantity, 0, 0
    for one in candidates:
        part = min(whole - taken, one.quantity)
        if part == 0:
            continue
        taken += part
        back = _rounded(-reversal.amount * taken, whole)  # shares that add up to the fen
        one.quantity -= part
        one.amount -= back - paid_back
        one.reduced += 1
        paid_back = back
        if taken == whole:
            return
    netted.unmatched[reversal.charge] = whole - taken


def _rounded(amount: int, whole: int) -> int:
    """amount / whole, half away from zero."""
    half = (2 * abs(amount) + whole) // (2 * whole)
    return half if amount >= 0 else -half


def _settle(charge: str, one: _Open, netted: Netted) -> None:
    if one.quantity > 0:
        netted.left[charge] = (one.quantity, one.amount)
    explained = _rounded(one.quantity * one.line.price, 10**8)
    # Each line and each reversal of it may differ from quantity times price by a fen.
    if one.reduced and abs(one.amount - explained) > 1 + one.reduced:
        netted.uneven[charge] = one.amount - explained
