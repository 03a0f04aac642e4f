from celery import shared_task

from . import figuring, sweeping


@shared_task
def find_fallen_decisions() -> None:
    """Mark what must be withdrawn. Each is marked once."""
    sweeping.sweep()


@shared_task
def note_error_claims() -> None:
    """By night, so that the chain tells no hour."""
    sweeping.note_claims()


@shared_task
def count_complaints() -> None:
    """The figures of the public page, up to the end of the last quarter. Counting again changes nothing."""
    figuring.count()
