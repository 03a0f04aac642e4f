from .funds import Budget, FundMonth
from .indicators import Hospitalization, Indicator
from .prepayments import Drawdown, Prepayment, PrepaymentEvent
from .rates import Rate
from .settlements import MonthlySettlement, SettlementEvent, SettlementLine, SettlementPayment
from .weights import GroupWeight, WeightList

__all__ = [
    "Budget",
    "Drawdown",
    "FundMonth",
    "GroupWeight",
    "Hospitalization",
    "Indicator",
    "MonthlySettlement",
    "Prepayment",
    "PrepaymentEvent",
    "Rate",
    "SettlementEvent",
    "SettlementLine",
    "SettlementPayment",
    "WeightList",
]
