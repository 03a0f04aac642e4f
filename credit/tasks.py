"""What happens to credit by itself."""

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from . import enterprises, evaluating, gathering, insured, showing_together
from .models import Showing

LEFT = timedelta(seconds=60)  # a wish at which nobody has worked for so long is taken up again
log = logging.getLogger(__name__)


@shared_task
def gather() -> None:
    """What stands on record elsewhere is noted. Running it again changes nothing."""
    gathering.gather_all()


@shared_task
def take_effect() -> None:
    """Evaluations that nobody may object to come into force, disclosures end. Running it again changes nothing."""
    evaluating.take_effect_all()
    enterprises.expire_all()
    insured.by_themselves()


@shared_task
def show(number: int) -> None:
    """Show some of the evaluations of a wish, and go on with the rest behind what waits. Again changes nothing."""
    if showing_together.show_some(number):
        send(number)


def send(number: int) -> None:
    """Give a wish to a worker; what the queue loses, the sweep finds."""
    try:
        show.apply_async((number,), retry=False)
    except OperationalError:
        log.warning("The queue cannot be reached: a wish waits for the sweep", exc_info=True)


@shared_task
def sweep() -> None:
    """Take up wishes whose task was lost."""
    before = timezone.now() - LEFT
    unfinished = Showing.objects.filter(finished_at=None, at__lt=before)
    for left in unfinished.exclude(lines__done_at__gte=before):
        send(left.pk)
