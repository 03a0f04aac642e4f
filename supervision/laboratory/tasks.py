from celery import shared_task

from supervision.laboratory import comparing


@shared_task
def do_month(number: int) -> None:
    """Do one month of a comparison. Doing it again, or twice at once, changes nothing."""
    comparing.do_month(number)


@shared_task(expires=15)
def sweep() -> None:
    """Take up what was left, and let trials take their turns. Two sweeps at once do no harm."""
    comparing.sweep()
