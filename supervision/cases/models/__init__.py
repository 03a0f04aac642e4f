from .agreement import Breach, BreachMeasure, Concerned, DamagesRate, Lightened, Remittance
from .cases import Case, CaseEvent, CaseFinding, Lead, Officer, Recusal
from .penalties import Challenge, Penalty, PenaltyState, Violation, ViolationLine, WeighedFactor
from .proceedings import Kind, Proceeding, ProceedingEvent, Track
from .referrals import PackageItem, Referral
from .violations import Band, Factor, Grade, PenaltyLimit, ViolationType

__all__ = [
    "Band",
    "Breach",
    "BreachMeasure",
    "Case",
    "CaseEvent",
    "CaseFinding",
    "Challenge",
    "Concerned",
    "DamagesRate",
    "Factor",
    "Grade",
    "Kind",
    "Lead",
    "Lightened",
    "Officer",
    "PackageItem",
    "Penalty",
    "PenaltyLimit",
    "PenaltyState",
    "Proceeding",
    "ProceedingEvent",
    "Recusal",
    "Referral",
    "Remittance",
    "Track",
    "Violation",
    "ViolationLine",
    "ViolationType",
    "WeighedFactor",
]
