"""Acting as the database's owner: the only role that makes, changes or empties tables."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection


@contextmanager
def as_owner() -> Iterator[None]:
    former = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
    become({name: settings.DATABASE_OWNER[name] for name in former})
    try:
        yield
    finally:
        become(former)


def become(who: dict[str, object]) -> None:
    if any(connection.settings_dict[name] != value for name, value in who.items()):
        connection.close()
        connection.settings_dict.update(who)
