from celery import shared_task

from .running import sweep


@shared_task
def notice_overdue() -> None:
    """Mark what became overdue. Each is marked once, so running it again writes nothing."""
    sweep()
