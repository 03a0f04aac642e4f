from celery import shared_task

from .lapsing import lapse


@shared_task
def end_terms() -> None:
    """Each term ends once."""
    lapse()
