"""The national messages as hospitals send them: 3101 and 3102 ask, all others tell.

Real clients differ: rows come as a list or as one object, numbers as text, what is not known as "", null, "-", "0" or
"默认". All of that is taken. What cannot be taken is refused with the name of the field. Names that nobody described
are kept as sent. See docs/national-messages.md.
"""

from .asking import ASKING, Asked, Diagnosis, Encounter, Operation, Order, Patient
from .envelope import KINDS, Envelope, Message, read
from .refusing import MessageRefused
from .telling import Told, Warn

__all__ = [
    "ASKING",
    "KINDS",
    "Asked",
    "Diagnosis",
    "Encounter",
    "Envelope",
    "Message",
    "MessageRefused",
    "Operation",
    "Order",
    "Patient",
    "Told",
    "Warn",
    "read",
]
