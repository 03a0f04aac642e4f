from .enterprises import Enterprise, EnterpriseFact, Matter, Tier, TierMeasures, TierThreshold
from .evaluations import SHOWN, UNDER_WAY, Evaluation, EvaluationEvent, State
from .events import CreditEnding, CreditEvent, RecordKind
from .insured import Offline, OfflineEvent, OfflineState
from .ratings import DISCLOSED, Measure, Rating, RatingEvent, RatingState, TierDisclosure
from .repairs import Repair, RepairEvent, RepairState
from .schemes import MERITS, VIOLATIONS, Indicator, Scheme, SchemeBand, SchemeLine
from .showings import Showing, ShowingLine

__all__ = [
    "DISCLOSED",
    "MERITS",
    "SHOWN",
    "UNDER_WAY",
    "VIOLATIONS",
    "CreditEnding",
    "CreditEvent",
    "Enterprise",
    "EnterpriseFact",
    "Evaluation",
    "EvaluationEvent",
    "Indicator",
    "Matter",
    "Measure",
    "Offline",
    "OfflineEvent",
    "OfflineState",
    "Rating",
    "RatingEvent",
    "RatingState",
    "RecordKind",
    "Repair",
    "RepairEvent",
    "RepairState",
    "Scheme",
    "SchemeBand",
    "SchemeLine",
    "Showing",
    "ShowingLine",
    "State",
    "Tier",
    "TierDisclosure",
    "TierMeasures",
    "TierThreshold",
]
