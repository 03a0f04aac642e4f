"""What happens by itself at the gate. Each repeats safely."""

import logging

from celery import shared_task

from supervision.sealing import NotOpened

from . import checking, forgetting, proving
from .models import State, Upload

log = logging.getLogger(__name__)


@shared_task
def forget() -> None:
    """Erase abandoned files, files without a row, and proofs that have expired."""
    forgetting.abandoned()
    forgetting.nameless()
    proving.forget()


@shared_task
def make_anew() -> None:
    """Make anew what was laid aside because more came than could be made at once."""
    for upload in Upload.objects.filter(state=State.CAME):
        try:
            checking.make_anew(upload)
        except NotOpened:
            log.error("file %s does not open, and is left as it is", upload.pk)


@shared_task
def scan() -> None:
    """Ask the scanner about what waits for it; where it does not answer, the rest waits on."""
    for upload in Upload.objects.filter(state=State.WAITING):
        if checking.scan_again(upload).state == State.WAITING:
            return
