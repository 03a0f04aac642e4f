from celery import shared_task

from supervision.monitoring import runs


@shared_task
def do_step(step: int) -> None:
    """Do one step of a monitoring run. Doing it again, or twice at once, changes nothing."""
    runs.do_step(step)


@shared_task(expires=10)
def sweep() -> None:
    """Take up what lost workers and a forgetful queue have left. Two sweeps at once do no harm."""
    runs.sweep()
