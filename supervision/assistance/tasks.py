"""What happens to requests for assistance by itself."""

from celery import shared_task

from . import escalating


@shared_task
def escalate_overdue() -> None:
    """What is overdue goes before the common superior. Running it again changes nothing."""
    escalating.escalate_overdue()
