"""What happens to complaints by itself."""

from celery import shared_task

from . import archiving, digest, retention, talking, timing


@shared_task
def take_up_what_citizens_did() -> None:
    """Objections become moves, clocks that could not be reckoned start. Running it again changes nothing."""
    talking.take_up_objections()
    timing.catch_up()


@shared_task
def take_in_the_day() -> None:
    """The days that are over enter the chain of acts, each once."""
    digest.take_in()


@shared_task
def forget_by_rule() -> None:
    """What has ended is archived and gets the day on which it is erased; what is due is erased. Each repeats safely."""
    archiving.archive_ended()
    retention.schedule()
    retention.forget_due()
