"""What happens by itself at the gate. Each repeats safely."""

from celery import shared_task

from . import checking, forgetting, proving
from .models import State, Upload


@shared_task
def forget() -> None:
    """Erase abandoned files, files without a row, and proofs that have expired."""
    forgetting.abandoned()
    forgetting.nameless()
    proving.forget()


@shared_task
def scan() -> None:
    """Ask the scanner about what waits for it; where it does not answer, the rest waits on."""
    for upload in Upload.objects.filter(state=State.WAITING):
        if checking.scan_again(upload).state == State.WAITING:
            return
