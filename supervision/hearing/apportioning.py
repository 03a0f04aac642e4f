"""What the fund paid of each accused line: what it has lost, if the line should not have been charged (line_ratio).

A finding says what the fund paid of all that it accuses. Of each line that is known where its claim was frozen; else
the finding's whole is apportioned by what each line puts at stake. Sums are exact to the fen: a line gets what the
running sum has grown by, so nothing is left over and nothing is rounded twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from supervision.monitoring.models import Finding, FindingLine

from .freezing import frozen_for
from .lines import Loss

NOTHING = Decimal("0.00")
FEN = Decimal("0.01")
GROUPED = ("drg", "dip")  # paid by the disease group: a line more or less changes nothing for the fund
METHODS = {"whole": Loss.WHOLE, "group": Loss.GROUP}
Row = Mapping[str, object]


@dataclass(frozen=True)
class Paid:
    """What the fund paid of a line's stake, how that is known, and what it paid of the charge in all."""

    of_stake: Decimal
    method: Loss
    of_charge: Decimal | None = None  # None where no frozen claim tells

    def of(self, amount: Decimal, stake: Decimal) -> Decimal:
        """What it paid of a part of the stake."""
        return part(self.of_stake, amount, stake)


def part(total: Decimal, amount: Decimal, of: Decimal) -> Decimal:
    """total × amount ÷ of, half up to the fen: in whole numbers, multiplied before it is divided."""
    product, whole = fens(total) * fens(amount), fens(of)
    return Decimal((2 * product + whole) // (2 * whole)) * FEN if whole else NOTHING


def fens(amount: Decimal) -> int:
    return int(amount / FEN)


def split(total: Decimal, of: Decimal, stakes: Iterable[Decimal]) -> list[Decimal]:
    """The part of each stake in the total. Stakes that make up `of` have parts that make up the total."""
    parts, reached, given = [], NOTHING, NOTHING
    for stake in stakes:
        reached += stake
        upto = part(min(total, of), reached, of)
        parts.append(upto - given)
        given = upto
    return parts


def apportion(finding: Finding, lines: Iterable[FindingLine]) -> dict[int, Paid]:
    """By accused line: from the frozen claims where they add up to what the finding says, else by its ratio."""
    accused = [line for line in lines if line.role == FindingLine.Role.ACCUSED]
    known = read(finding, accused)
    if len(known) == len(accused) and sum((one.of_stake for one in known.values()), NOTHING) == finding.fund_at_stake:
        return known
    parts = split(finding.fund_at_stake, finding.at_stake, [line.at_stake for line in accused])
    by_ratio = {}
    for line, paid in zip(accused, parts, strict=True):
        frozen = known.get(line.pk)
        method = frozen.method if frozen else METHODS.get(finding.fund_method, Loss.LINE_RATIO)
        by_ratio[line.pk] = Paid(paid, method, frozen.of_charge if frozen else None)
    return by_ratio


def read(finding: Finding, accused: Sequence[FindingLine]) -> dict[int, Paid]:
    """What the frozen claims say of these lines, as far as they say it."""
    encounters: dict[str, Row] = {}
    charges: dict[str, Row] = {}
    for frozen in frozen_for(finding):
        for row in [*frozen.rows.get("stay", []), *frozen.rows.get("visit", [])]:
            encounters[frozen.claim] = row
        charges |= {str(row["charge"]): row for row in frozen.rows.get("charge", [])}
    found = {line.pk: of_line(line, encounters.get(line.claim), charges.get(line.charge)) for line in accused}
    return {key: paid for key, paid in found.items() if paid is not None}


def of_line(line: FindingLine, encounter: Row | None, charge: Row | None) -> Paid | None:
    """A whole claim's stake is what the fund paid for it; of a charge it paid its share in what was eligible."""
    if not line.charge:
        return Paid(line.at_stake, Loss.WHOLE)
    if encounter is None or charge is None or encounter.get("fund_ratio") is None:
        return None
    if encounter.get("pay_method") in GROUPED:
        return Paid(NOTHING, Loss.GROUP, NOTHING)
    ratio, amount = yuan(encounter["fund_ratio"]), yuan(charge["amount"])
    eligible = amount if charge.get("eligible") is None else yuan(charge["eligible"])
    stake, whole = min(line.at_stake, eligible), min(amount, eligible)
    return Paid(share(stake, ratio), Loss.LINE_RATIO, share(whole, ratio))


def share(amount: Decimal, ratio: Decimal) -> Decimal:
    """amount × ratio, half up, as the run has reckoned it; the ratio has four places."""
    return Decimal((fens(amount) * int(ratio * 10_000) + 5_000) // 10_000) * FEN


def yuan(said: object) -> Decimal:
    """A number of a frozen row, where it stands as text."""
    return Decimal(str(said))
