"""What the insurers' side does by itself."""

from celery import shared_task
from django.utils import timezone

from claims import warehouse

from . import counting

LATELY = 3  # months: reversals and late claims change them still


@shared_task
def count_indicators() -> None:
    """The indicators of the last months anew. Running it again changes nothing."""
    this = f"{timezone.localdate():%Y-%m}"
    for month in warehouse.months_around(this, LATELY):
        counting.count(month)
