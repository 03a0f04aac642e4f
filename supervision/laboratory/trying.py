"""Whose page is being tried: a page written on the site costs a process up to twenty seconds of a processor.

An account tries one page at a time, and the site no more than its processors can keep up with beside other requests.
The locks are PostgreSQL's: a killed process leaves none behind.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.utils.translation import gettext as _

from institutions.models import Account

ACCOUNT, SITE = 0x70616765, 0x70616766  # 'page' and the next: numbers of our own among PostgreSQL's advisory locks
AT_ONCE = max(1, (os.cpu_count() or 2) // 2)


class Busy(Exception):
    """Another page is being tried; the words say whose."""


@contextmanager
def turn(account: Account) -> Iterator[None]:
    """Held while a page of this account is tried; raises Busy at once where that has to wait."""
    if not _take(ACCOUNT, account.pk):
        raise Busy(_("Another page of yours is just being tried. Wait until it has ended."))
    try:
        place = next((place for place in range(AT_ONCE) if _take(SITE, place)), None)
        if place is None:
            raise Busy(_("Pages of others are just being tried. Try again in a moment."))
        try:
            yield
        finally:
            _give_back(SITE, place)
    finally:
        _give_back(ACCOUNT, account.pk)


def _take(kind: int, number: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [kind, number])
        return bool(cursor.fetchone() == (True,))


def _give_back(kind: int, number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [kind, number])
