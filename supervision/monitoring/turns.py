"""Whose turn it is to change findings: the steps of a run beside each other, anybody else alone.

Steps lock findings in the order of their rule, people and settling in another: met in the middle they would wait for
each other for ever. Each turn is taken before any row is locked and lasts to the end of the transaction.
"""

from django.db import connection

FINDINGS = 0x66696E64  # 'find'; a number of our own among PostgreSQL's advisory locks


def beside_others() -> None:
    """A step's turn: as many steps at once as there are, and nobody else."""
    _ask("SELECT pg_advisory_xact_lock_shared(%s)")


def alone() -> None:
    """Wait until no step is being written, and keep the next ones waiting."""
    _ask("SELECT pg_advisory_xact_lock(%s)")


def _ask(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [FINDINGS])
