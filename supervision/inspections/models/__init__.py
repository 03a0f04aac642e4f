from .directories import Conflict, Expert, Inspector
from .draws import Candidate, Draw, Pairing
from .facts import Charge, Fact, Sealing, SealingEvent, Vote
from .inspections import Inspection, InspectionEvent, Member
from .plans import Plan, PlanEvent, PlanLine
from .rules import Item, Number, RiskBand

__all__ = [
    "Candidate",
    "Charge",
    "Conflict",
    "Draw",
    "Expert",
    "Fact",
    "Inspection",
    "InspectionEvent",
    "Inspector",
    "Item",
    "Member",
    "Number",
    "Pairing",
    "Plan",
    "PlanEvent",
    "PlanLine",
    "RiskBand",
    "Sealing",
    "SealingEvent",
    "Vote",
]
