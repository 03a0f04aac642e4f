import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from . import bulk, window
from .models import Bulk

LEFT = timedelta(seconds=30)  # a wish whose task was lost is taken up again after this
GIVEN_UP = timedelta(days=1)
log = logging.getLogger(__name__)


@shared_task
def carry_out(number: int) -> None:
    """Decide like findings together. Once more changes nothing."""
    bulk.carry_out(Bulk.objects.get(pk=number))


def send(number: int) -> None:
    """Give a wish to a worker; what the queue loses, the sweep finds."""
    try:
        carry_out.apply_async((number,), retry=False)
    except OperationalError:
        log.warning("The queue cannot be reached: a wish waits for the sweep", exc_info=True)


@shared_task
def sweep() -> None:
    """Take up wishes whose task was lost."""
    now = timezone.now()
    for left in Bulk.objects.filter(finished_at=None, at__lt=now - LEFT, at__gt=now - GIVEN_UP):
        send(left.pk)


@shared_task
def expire() -> None:
    """Windows that have run out are over. Twice changes nothing."""
    window.expire_due()
