"""Taking in batches in a worker. PostgreSQL knows which are owed; a task that is run twice does no harm."""

from celery import shared_task
from django.db.models import Q
from django.utils import timezone

from claims import intake, warehouse
from claims.models import Batch
from claims.recent import keeping


@shared_task
def take_in_batch(number: int) -> None:
    """Take in one batch, unless another process is at it."""
    try:
        intake.take_in(Batch.objects.get(pk=number), wait=2)
    except (warehouse.Occupied, intake.Superseded):
        return  # the sweep offers it again, or another worker has it


@shared_task
def keep_recent(number: int) -> None:
    """Keep what a batch brought where the desk looks it up. Doing it again changes nothing."""
    keeping.keep_owed(Batch.objects.get(pk=number))


@shared_task
def forget_recent() -> None:
    """Remove claims from the desk's history that no page may look at any more."""
    keeping.forget_old()


@shared_task
def forget_spills() -> None:
    """Remove what killed engines have spilled to disk."""
    warehouse.clear_spills()


@shared_task
def sweep_batches() -> None:
    """Offer again what is waiting, and what a worker left behind; park what failed too often.

    Of what is in, the desk's history is kept where that was cut off.
    """
    left = Q(status=Batch.Status.READING, lease_until__lt=timezone.now())
    waiting = Q(status=Batch.Status.WAITING, created_at__lt=timezone.now() - intake.LEASE)
    for batch in Batch.objects.filter(left | waiting).order_by("number"):
        if batch.tries < intake.TRIES:
            take_in_batch.delay(batch.pk)
        else:
            _give_up(batch)
    just_now = timezone.now() - intake.LEASE  # its own intake may still be keeping it
    for batch in Batch.objects.filter(status=Batch.Status.LOADED, recent_at=None, finished_at__lt=just_now):
        keep_recent.delay(batch.pk)


def _give_up(batch: Batch) -> None:
    """Park a batch of which nothing is left to try."""
    try:
        with warehouse.writer():  # or the last try may still be at work: a long statement renews no lease
            mine = Batch.objects.filter(pk=batch.pk, tries=batch.tries, lease_until=batch.lease_until)
            parked = mine.update(
                status=Batch.Status.FAILED, failure="too_many_tries", finished_at=timezone.now(), owner=None,
                lease_until=None,
            )  # fmt: skip
            if parked:
                warehouse.forget(batch.pk)
    except warehouse.Occupied:
        return  # the next sweep looks again
