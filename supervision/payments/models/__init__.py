from .funds import Budget, FundMonth
from .indicators import Indicator
from .prepayments import Drawdown, Prepayment, PrepaymentEvent
from .rates import Rate
from .settlements import MonthlySettlement, SettlementEvent, SettlementLine, SettlementPayment

__all__ = [
    "Budget",
    "Drawdown",
    "FundMonth",
    "Indicator",
    "MonthlySettlement",
    "Prepayment",
    "PrepaymentEvent",
    "Rate",
    "SettlementEvent",
    "SettlementLine",
    "SettlementPayment",
]
