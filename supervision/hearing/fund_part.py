"""What of the charges the fund paid, as pages, letters and packs say it: with the method, and what the rest is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .apportioning import NOTHING
from .lines import HearingLine, Loss


@dataclass(frozen=True)
class FundPart:
    """Of some lines: what was charged, what of it the fund paid, and how that is known."""

    charge: Decimal
    fund: Decimal
    rest: Decimal  # of lines with a share: what the member or another payer bore
    grouped: Decimal  # charged with lines of which a disease group leaves the fund's part open
    methods: Sequence[str]
    reasons: Sequence[str]  # of losses put by another method

    @property
    def method(self) -> str:
        return "、".join(self.methods)

    @property
    def reason(self) -> str:
        return "；".join(self.reasons)


def suspected(lines: Iterable[HearingLine]) -> FundPart:
    """As it was sent to the institution, whatever was decided since."""
    return told([(line, sent_by(line), line.suspected, line.fund_suspected) for line in lines])


def confirmed(lines: Iterable[HearingLine]) -> FundPart:
    """As it was decided; what was withdrawn speaks of no money."""
    return told(
        [(line, Loss(line.fund_method), line.confirmed, line.fund_confirmed) for line in lines if line.confirmed]
    )


def sent_by(line: HearingLine) -> Loss:
    """By which method the line was sent: another one is only put where a disease group left it open."""
    return Loss.GROUP if line.fund_reason else Loss(line.fund_method)


def told(parts: Sequence[tuple[HearingLine, Loss, Decimal, Decimal]]) -> FundPart:
    used = {method for _line, method, _charge, _fund in parts}
    return FundPart(
        charge=sum((charge for _line, _method, charge, _fund in parts), NOTHING),
        fund=sum((fund for _line, _method, _charge, fund in parts), NOTHING),
        rest=sum((charge - fund for _line, method, charge, fund in parts if method == Loss.LINE_RATIO), NOTHING),
        grouped=sum((charge for _line, method, charge, _fund in parts if method == Loss.GROUP), NOTHING),
        methods=[str(method.label) for method in Loss if method in used],
        reasons=list(
            dict.fromkeys(line.fund_reason for line, _method, charge, _fund in parts if charge and line.fund_reason)
        ),
    )
