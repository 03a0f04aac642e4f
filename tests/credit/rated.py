"""Ratings of an enterprise brought to where a test begins."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from credit import enterprises
from credit.enterprise_workflow import RATING
from credit.models import Rating
from tests.credit.office import CreditDesk

CODE = "91990100MA0000000X"


def noted(desk: CreditDesk, number: str = "PJ-1", amount: str = "600000.00") -> Rating:
    """A bribe of so much, found by a judgment."""
    today = timezone.localdate()
    return enterprises.note_fact(
        CODE, "杜撰制药有限公司", matter="bribery", number=number, happened_on=today, known_on=today,
        amount=Decimal(amount), by=desk.keeper,
    )  # fmt: skip


def told(desk: CreditDesk) -> Rating:
    return RATING.make(RATING.make(noted(desk), "rate", by=desk.keeper), "tell", by=desk.chief)


def time_over(subject: Rating) -> Rating:
    """The time to object ended yesterday."""
    Rating.objects.filter(pk=subject.pk).update(object_until=timezone.localdate() - timedelta(1))
    return Rating.objects.get(pk=subject.pk)
