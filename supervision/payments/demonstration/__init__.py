"""The insurers' side of the invented prefecture: months settled, a prepayment, the funds' accounts, indicators."""

from collections.abc import Iterator

from django.utils import timezone

from institutions.models import Account
from supervision.cases.demonstration import Cast
from supervision.cases.demonstration.telling import Story

from . import funds, lent, settled

__all__ = ["stories"]


def stories(cast: Cast) -> Iterator[tuple[int, Story]]:
    clerk = Account.objects.select_related("department", "insurer").get(username="agency-settlement")
    yield from settled.stories(cast, clerk)
    yield 20, funds.accounts(cast, clerk)
    if (ago := lent.since_january(timezone.localdate())) is not None:
        yield ago, lent.prepayments(cast, clerk, settled.places(cast), settled.settled_months())
