from .entries import Entry, Picture
from .rules import Checklist, ChecklistItem, Number
from .samples import Sample, SampledClaim, SampleEvent, Stratum
from .visits import Device, Visit, VisitEvent, VisitOfficer

__all__ = [
    "Checklist",
    "ChecklistItem",
    "Device",
    "Entry",
    "Number",
    "Picture",
    "Sample",
    "SampleEvent",
    "SampledClaim",
    "Stratum",
    "Visit",
    "VisitEvent",
    "VisitOfficer",
]
