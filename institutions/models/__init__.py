from .accounts import Account, Duty
from .parties import Agreement, Department, Institution, Insurer, Practitioner, Registration
from .territory import Division

__all__ = [
    "Account",
    "Agreement",
    "Department",
    "Division",
    "Duty",
    "Institution",
    "Insurer",
    "Practitioner",
    "Registration",
]
