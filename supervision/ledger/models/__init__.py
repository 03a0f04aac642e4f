from .bank import BankFile, BankRow, BankRowEvent
from .book import RETURNED, Balance, Book, Entry, Item, Posting, Stage, Voucher
from .corrected import SelfCorrected
from .recovering import Instalment, Plan, PlanEvent, WriteOff, WriteOffEvent
from .repaying import Repayment, RepaymentEvent

__all__ = [
    "RETURNED",
    "Balance",
    "BankFile",
    "BankRow",
    "BankRowEvent",
    "Book",
    "Entry",
    "Instalment",
    "Item",
    "Plan",
    "PlanEvent",
    "Posting",
    "Repayment",
    "RepaymentEvent",
    "SelfCorrected",
    "Stage",
    "Voucher",
    "WriteOff",
    "WriteOffEvent",
]
