"""What happens by itself about letters and files."""

from celery import shared_task

from supervision.documents import leftovers


@shared_task
def remove_leftovers() -> None:
    """Remove files that no row names. Running it again changes nothing."""
    leftovers.remove()
