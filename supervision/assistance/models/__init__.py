from .evidence import EvidenceFinding, EvidenceLine, Passed, RequestClaim
from .requests import LeadRule, Request, RequestEvent, Side, State, Suspect

__all__ = [
    "EvidenceFinding",
    "EvidenceLine",
    "LeadRule",
    "Passed",
    "Request",
    "RequestClaim",
    "RequestEvent",
    "Side",
    "State",
    "Suspect",
]
