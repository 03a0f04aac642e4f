"""The whole demonstration: what every part of the platform tells of the same months, told day by day in one go."""

from credit import demonstration as credit
from supervision.assistance import demonstration as assistance
from supervision.complaints import demonstration as complaints
from supervision.complaints.demonstration import Kept
from supervision.designation import demonstration as designation
from supervision.inspections import demonstration as inspections
from supervision.major import demonstration as major
from supervision.payments import demonstration as payments
from supervision.selfchecks import demonstration as selfchecks


def tell() -> list[Kept]:
    """Hearings, cases and complaints, and beside them what every other part does in the same months."""
    desk = complaints.assemble()
    beside = [
        *designation.stories(desk.cases), *payments.stories(desk.cases), *selfchecks.stories(desk.cases),
        *inspections.stories(desk.cases), *credit.stories(desk.cases), *major.stories(desk.cases),
        *assistance.stories(desk.cases),
    ]  # fmt: skip
    return complaints.tell(desk, beside, [*designation.nights, *credit.nights])
