from .accounts import Account, Duty
from .appraised import AppraisedYear
from .asked import AccountChange, Asked, FactorReset, Outcome
from .factors import RecoveryCode, SecondFactor, WrongCode
from .measures import Measure
from .parties import Agreement, Department, Institution, Insurer, Practitioner, Registration
from .standing import GradeFactor, StandingFact, Withheld
from .territory import Division, chain

__all__ = [
    "Account",
    "AccountChange",
    "Agreement",
    "AppraisedYear",
    "Asked",
    "Department",
    "Division",
    "Duty",
    "FactorReset",
    "GradeFactor",
    "Institution",
    "Insurer",
    "Measure",
    "Outcome",
    "Practitioner",
    "RecoveryCode",
    "Registration",
    "SecondFactor",
    "StandingFact",
    "Withheld",
    "WrongCode",
    "chain",
]
