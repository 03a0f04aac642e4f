"""What happens by itself about accounts."""

from celery import shared_task

from institutions import approving


@shared_task
def expire_what_was_asked() -> None:
    """Close what no second administrator decided in time. Running it again changes nothing."""
    approving.expire()
