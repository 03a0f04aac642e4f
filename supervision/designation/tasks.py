"""What happens to applications and agreements by itself."""

from celery import shared_task

from . import forgetting, taking_up


@shared_task
def take_up() -> None:
    """What ran out, what came, what others decided, and reminders of renewal. Running it again changes nothing."""
    taking_up.take_up()


@shared_task
def forget_objectors() -> None:
    """Names and contacts whose time is over are erased. Running it again changes nothing."""
    forgetting.forget_due()
