"""The whole demonstration: what every part of the platform tells of the same months, told day by day in one go."""

from collections.abc import Container
from types import ModuleType

from credit import demonstration as credit
from supervision.assistance import demonstration as assistance
from supervision.cases.demonstration import Cast
from supervision.cases.demonstration.telling import Night, Story
from supervision.complaints import demonstration as complaints
from supervision.complaints.demonstration import Kept
from supervision.designation import demonstration as designation
from supervision.inspections import demonstration as inspections
from supervision.major import demonstration as major
from supervision.payments import demonstration as payments
from supervision.selfchecks import demonstration as selfchecks

# What tells of the same months beside hearings, cases and complaints.
PARTS = (designation, payments, selfchecks, inspections, credit, major, assistance)


def beside(cast: Cast, but: Container[ModuleType] = ()) -> list[tuple[int, Story]]:
    """The stories of all parts, but of those that somebody tells otherwise."""
    return [story for part in PARTS if part not in but for story in part.stories(cast)]


def nights() -> list[Night]:
    """What comes about by itself at night."""
    return [*designation.nights, *credit.nights]


def tell() -> list[Kept]:
    """Hearings, cases and complaints, and beside them what every other part does in the same months."""
    desk = complaints.assemble()
    return complaints.tell(desk, beside(desk.cases), nights())
