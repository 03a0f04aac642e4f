"""Leases on rows of work: whoever holds one may write; what a killed worker leaves falls free when its lease ends."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connections
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

UNHELD = Q(lease_until=None) | Q(lease_until__lt=Now())  # by nobody whose lease still runs
log = logging.getLogger(__name__)


@contextmanager
def renewed(mine: QuerySet[Any], *, lease: timedelta, every: float) -> Iterator[None]:
    """Renew the lease on these rows every so many seconds, as long as the work goes on."""
    done = threading.Event()

    def renew() -> None:
        while not done.wait(every):
            try:
                mine.update(lease_until=Now() + lease)
            except DatabaseError:
                log.warning("A lease could not be renewed", exc_info=True)
        connections.close_all()

    keeper = threading.Thread(target=renew, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()


def give_back(
    mine: QuerySet[Any],
    error: Exception,
    *,
    tries: int,
    wait: timedelta,
    hopeless: tuple[type[Exception], ...],
    in_words: type[Exception],
) -> None:
    """Leave a row to be tried again after a while; after so many tries, or where that is hopeless, park it.

    `in_words` is the kind of error whose own sentence is the reason; of others the kind is told too.
    """
    tried = mine.values_list("tries", flat=True).first()
    if tried is None:
        return
    if tried >= tries or isinstance(error, hopeless):
        reason = str(error) if isinstance(error, in_words) else f"{type(error).__name__}: {error}"
        mine.update(owner=None, lease_until=None, parked=reason[:2000])
    else:
        mine.update(owner=None, lease_until=Now() + wait * 2**tried)
