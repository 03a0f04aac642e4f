"""What happens to points by itself."""

from celery import shared_task

from . import nightly


@shared_task
def take_up_the_night() -> None:
    """Points take effect, fall, are cleared with their year; running it again changes nothing."""
    nightly.take_up()
