from .connecting import Delivery, DepartmentKey, Endpoint
from .leads import BroughtLead, BroughtLeadEvent
from .meetings import JointTask, JointTaskEvent, Meeting, MeetingEvent
from .packages import Package, PackageEvent, Reading, SharedField
from .partners import Allowance, Partner

__all__ = [
    "Allowance",
    "BroughtLead",
    "BroughtLeadEvent",
    "Delivery",
    "DepartmentKey",
    "Endpoint",
    "JointTask",
    "JointTaskEvent",
    "Meeting",
    "MeetingEvent",
    "Package",
    "PackageEvent",
    "Partner",
    "Reading",
    "SharedField",
]
