"""One at a time: whoever changes what others read and change waits for its turn, whichever process it is in."""

from django.db import connection


def one_at_a_time(lock: int) -> None:
    """Wait for everybody who holds this number of ours, and hold it to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])
