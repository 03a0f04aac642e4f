"""Sets off what was prepaid, when the settlement that takes it off is paid."""

from supervision.moves import THE_SITE

from .models import Drawdown, MonthlySettlement, SettlementLine
from .prepaying import PREPAYMENT


def draw_down(settlement: MonthlySettlement) -> None:
    """Each prepayment that the settlement takes off is less by that much."""
    for line in settlement.lines.filter(figure=SettlementLine.Figure.PREPAID_OFFSET).select_related("prepayment"):
        assert line.prepayment is not None
        moved = PREPAYMENT.make(line.prepayment, "set_off", by=THE_SITE, taken=line.amount)
        Drawdown.objects.create(prepayment=moved, settlement=settlement, amount=line.amount)
        if moved.set_off == moved.amount:
            PREPAYMENT.make(moved, "settle", by=THE_SITE)
