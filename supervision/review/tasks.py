from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from claims.tasks import take_in_batch

from . import self_checking, totals
from .encounters import gathering
from .gateway import waiting


@shared_task(expires=10)
def take_up() -> None:
    """Take the messages that came while the database was away."""
    waiting.take_up()


@shared_task(expires=50)
def gather() -> None:
    """Take the encounters that are settled to the warehouse, and anew those that have changed since."""
    for batch in gathering.gather():
        take_in_batch(batch.pk)


@shared_task(expires=50)
def add_up() -> None:
    """Count the days anew that something has happened to."""
    totals.add_up()


@shared_task
def add_up_the_week() -> None:
    """Count the last days anew, whatever has happened: a message laid aside may have been taken late."""
    totals.add_up(timezone.now() - timedelta(days=7))


@shared_task
def self_check(number: int) -> None:
    """Do one self-check, unless another worker is at it."""
    self_checking.check(number)


@shared_task
def sweep_self_checks() -> None:
    """Offer again the self-checks that are owed."""
    self_checking.sweep()


@shared_task
def forget_self_checks() -> None:
    """Delete the files of self-checks that ended long enough ago."""
    self_checking.forget()
