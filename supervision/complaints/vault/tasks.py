from celery import shared_task

from . import asking


@shared_task
def lapse() -> None:
    """Openings whose time is over are over. Twice changes nothing."""
    asking.lapse_due()
