from celery import shared_task

from supervision.review import waiting


@shared_task(expires=10)
def take_up() -> None:
    """Take the messages that came while the database was away."""
    waiting.take_up()
