"""What the workers do for departments' systems."""

from celery import shared_task

from . import sending


@shared_task
def deliver() -> None:
    """Send what departments' systems wait for. Running it again sends nothing twice."""
    sending.deliver()
