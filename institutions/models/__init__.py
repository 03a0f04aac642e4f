from .accounts import Account, Duty
from .asked import AccountChange, Asked, FactorReset, Outcome
from .factors import RecoveryCode, SecondFactor, WrongCode
from .measures import Measure
from .parties import Agreement, Department, Institution, Insurer, Practitioner, Registration
from .territory import Division, chain

__all__ = [
    "Account",
    "AccountChange",
    "Agreement",
    "Asked",
    "Department",
    "Division",
    "Duty",
    "FactorReset",
    "Institution",
    "Insurer",
    "Measure",
    "Outcome",
    "Practitioner",
    "RecoveryCode",
    "Registration",
    "SecondFactor",
    "WrongCode",
    "chain",
]
