"""What the insurers' side does by itself."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from claims import warehouse

from . import counting, declaring, hospitalizing

LATELY = 3  # months: reversals and late claims change them still


@shared_task
def count_indicators() -> None:
    """The indicators of the last months anew, of institutions and areas. Running it again changes nothing."""
    this = f"{timezone.localdate():%Y-%m}"
    for month in warehouse.months_around(this, LATELY):
        counting.count(month)
        hospitalizing.count(month)


@shared_task
def lay_down_the_past_month() -> None:
    """The settlements of the month that is over, for whoever was under agreement. Running it again adds what is new."""
    last = timezone.localdate().replace(day=1) - timedelta(1)
    declaring.declare_by_itself(f"{last:%Y-%m}")
