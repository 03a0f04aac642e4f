"""What happens to commitments by itself."""

from celery import shared_task

from . import committing


@shared_task
def begin_and_end() -> None:
    """What was signed comes into force, what has ended was kept. Running it again changes nothing."""
    committing.by_themselves()
