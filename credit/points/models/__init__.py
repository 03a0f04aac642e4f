from .qualifications import (
    CommitmentText,
    Disqualification,
    Qualification,
    QualificationEvent,
    ServiceCommitment,
    Standing,
)
from .records import Repair, ScoreEvent, ScoreRecord, State
from .rules import Matter, RepairActivity, RepairCap, Responsibility, Threshold

__all__ = [
    "CommitmentText", "Disqualification", "Matter", "Qualification", "QualificationEvent", "Repair", "RepairActivity",
    "RepairCap",
    "Responsibility", "ScoreEvent", "ScoreRecord", "ServiceCommitment", "Standing", "State", "Threshold",
]  # fmt: skip
