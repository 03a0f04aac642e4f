from celery import shared_task

from supervision.monitoring import runs
from supervision.monitoring.models import Run


@shared_task
def do_step(step: int) -> None:
    """Do one step of a monitoring run: this one, or another that suits better. Once more, or twice, changes nothing."""
    runs.do_step(runs.suited(Run.objects.get(steps=step)) or step)


@shared_task(expires=10)
def sweep() -> None:
    """Take up what lost workers and a forgetful queue have left. Two sweeps at once do no harm."""
    runs.sweep()
