from celery import shared_task

from supervision.audit import anchors


@shared_task
def note_the_chains_end() -> None:
    """Keep the newest entry's number and hash outside the database. Doing it again notes nothing new."""
    anchors.note()
