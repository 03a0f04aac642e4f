"""The year's settlements: each month after its end, paid but for the last ones, and what funds and peers show."""

from collections.abc import Iterator

from institutions.models import Account
from supervision.cases.demonstration import Cast
from supervision.cases.demonstration.telling import Story
from supervision.payments.demonstration import stories as shown
from supervision.payments.demonstration.settled import MONTHS, days_since, paid, places, settled_months

A_YEAR = 12
BEGINS = 5  # working days after the end of a month


def stories(cast: Cast) -> Iterator[tuple[int, Story]]:
    """The last months as the demonstration tells them; those before are paid in full."""
    clerk = Account.objects.select_related("department", "insurer").get(username="agency-settlement")
    followed = places(cast)
    for month in settled_months(A_YEAR)[:-MONTHS]:
        yield days_since(month) - BEGINS, paid(cast, clerk, month, followed)
    yield from shown(cast)
