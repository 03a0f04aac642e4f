"""Steps on their way to the workers. Redis may forget them: the sweeper sends them again."""

import logging
from collections.abc import Iterable

from celery import current_app
from kombu.exceptions import ChannelError, OperationalError

NAME = "monitoring"
log = logging.getLogger(__name__)


def send(steps: Iterable[int]) -> None:
    from supervision.monitoring.tasks import do_step  # noqa: PLC0415 - the tasks call what calls this

    try:
        for step in steps:
            do_step.apply_async((step,), retry=False)
    except OperationalError:
        log.warning("The queue cannot be reached: steps wait for the sweeper", exc_info=True)


def waiting() -> int:
    """How many tasks wait in the queue and are in no worker's hands."""
    with current_app.connection_for_write() as connection:
        connection.ensure_connection(max_retries=1)
        try:
            return int(connection.SimpleQueue(NAME).qsize())
        except ChannelError:  # no queue yet, or one that was flushed away
            return 0
