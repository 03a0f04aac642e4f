"""What happens to rewards by itself."""

from celery import shared_task

from . import taking_up


@shared_task
def take_up_claims() -> None:
    """Claims of the day become moves, and what nobody claimed in time is waived. Running it again changes nothing."""
    taking_up.take_up()
