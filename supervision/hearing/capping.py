"""How much of a line may be heard, so that no fen is heard twice: not of its charge, and not of what the fund paid.

What a finding owns may change while others are being heard: a rule that ranks higher comes upon the same charge later.
So what other hearings have confirmed of a charge, or still hear of it, is left out, whatever the finding owns. What was
heard of a claim as a whole may lie in any of its charges: it is left out of each, and theirs of it.

What the institution has reported itself and was asked back for is taken as the same money that a rule finds in that
charge: it is left out of what the finding owns, too.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Case, F, Q, Sum, When

from supervision.ledger.models import SelfCorrected
from supervision.monitoring.models import FindingLine

from .apportioning import FEN, NOTHING, Paid
from .models import HearingLine

# What a line keeps of its charge, and of the fund's money: all of it until it is decided, then what was confirmed.
KEPT = Case(When(decision="", then=F("suspected")), default=F("confirmed"))
FUND_KEPT = Case(When(decision="", then=F("fund_suspected")), default=F("fund_confirmed"))
Sums = dict[str, Decimal]


@dataclass
class Heard:
    """What is kept of charges, of claims through their charges, and of claims as a whole."""

    of_charge: Sums = field(default_factory=lambda: defaultdict(lambda: NOTHING))
    in_claim: Sums = field(default_factory=lambda: defaultdict(lambda: NOTHING))
    of_claim: Sums = field(default_factory=lambda: defaultdict(lambda: NOTHING))

    def add(self, claim: str, charge: str, amount: Decimal) -> None:
        if charge:
            self.of_charge[charge] += amount
            self.in_claim[claim] += amount
        elif claim:
            self.of_claim[claim] += amount

    def join(self, other: "Heard") -> None:
        for ours, theirs in (
            (self.of_charge, other.of_charge), (self.in_claim, other.in_claim), (self.of_claim, other.of_claim)
        ):  # fmt: skip
            for name, amount in theirs.items():
                ours[name] += amount

    def left(self, line: FindingLine, most: Decimal) -> Decimal:
        """What of `most` nobody has spoken of, in the line's charge or in its claim."""
        if line.charge:
            return most - self.of_charge[line.charge] - self.of_claim[line.claim]
        if line.claim:
            return most - self.of_claim[line.claim] - self.in_claim[line.claim]
        return most


@dataclass(frozen=True)
class Share:
    """What is heard of a line: of its charge, and of what the fund paid of it."""

    charge: Decimal
    fund: Decimal


def heard_so_far(lines: Iterable[FindingLine]) -> tuple[Heard, Heard]:
    """What all hearings keep of the claims that these lines name: of the charges, and of the fund's money."""
    claims = {line.claim for line in lines if line.claim}
    rows = HearingLine.objects.filter(claim__in=claims).exclude(Q(suspected=0)).order_by()
    heard, paid = Heard(), Heard()
    sums = rows.values_list("claim", "charge").annotate(kept=Sum(KEPT), fund=Sum(FUND_KEPT))
    for claim, charge, kept, fund in sums:
        heard.add(claim, charge, kept)
        paid.add(claim, charge, fund)
    return heard, paid


def self_corrected(lines: Iterable[FindingLine]) -> tuple[Heard, Heard]:
    """What the institution has reported itself of the claims that these lines name."""
    charged, paid = Heard(), Heard()
    for one in SelfCorrected.objects.filter(claim__in={line.claim for line in lines if line.claim}):
        charged.add(one.claim, one.charge, one.amount)
        paid.add(one.claim, one.charge, one.fund)
    return charged, paid


def most_of(line: FindingLine) -> Decimal:
    """What the charge, or the claim, has in it at most."""
    if line.amount is None:
        return line.at_stake
    whole = line.amount * FEN
    return whole if line.charge else min(line.at_stake, whole)


def shares(lines: Iterable[FindingLine], paid: Mapping[int, Paid]) -> Mapping[int, Share]:
    """What may be heard of each accused line: what the finding owns of it, and no more than there is room for."""
    accused = sorted(
        (line for line in lines if line.role == FindingLine.Role.ACCUSED), key=lambda line: (not line.charge, line.pk)
    )
    (heard, fund), (own, own_fund), found = heard_so_far(accused), self_corrected(accused), {}
    heard.join(own)
    fund.join(own_fund)
    for line in accused:
        charge = max(NOTHING, min(own.left(line, line.owned), heard.left(line, most_of(line))))
        found[line.pk] = Share(charge, fund_share(line, charge, paid[line.pk], fund))
        heard.add(line.claim, line.charge, charge)
        fund.add(line.claim, line.charge, found[line.pk].fund)
    return found


def fund_share(line: FindingLine, charge: Decimal, paid: Paid, fund: Heard) -> Decimal:
    """What the fund paid of what is heard, and never more than is left of what it paid of the charge in all."""
    most = most_of(line) if paid.of_charge is None else paid.of_charge
    return max(NOTHING, min(paid.of(charge, line.at_stake), charge, fund.left(line, most)))
