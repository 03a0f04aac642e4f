from .asked import Edition, Message, Remark, Review
from .connecting import Connection, Handling, Key
from .encounters import Encounter, Line, Reversal, Settlement
from .refused import Refusal
from .self_checks import SelfCheck, SelfCheckFile, SelfCheckReject, SelfCheckRemark
from .totals import AskedTotal, RemarkTotal

__all__ = [
    "AskedTotal",
    "Connection",
    "Edition",
    "Encounter",
    "Handling",
    "Key",
    "Line",
    "Message",
    "Refusal",
    "Remark",
    "RemarkTotal",
    "Reversal",
    "Review",
    "SelfCheck",
    "SelfCheckFile",
    "SelfCheckReject",
    "SelfCheckRemark",
    "Settlement",
]
