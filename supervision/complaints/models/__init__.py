from .complaint import About, Channel, Complaint, ComplaintEvent, Ground, Kind, Outcome, State
from .forgetting import Forgetting
from .message import Message

__all__ = [
    "About", "Channel", "Complaint", "ComplaintEvent", "Forgetting", "Ground", "Kind", "Message", "Outcome", "State",
]  # fmt: skip
