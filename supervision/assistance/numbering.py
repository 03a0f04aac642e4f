"""Numbers of requests for assistance (XC): the place, the year, and which of that year it is."""

from typing import Any

from django.utils import timezone

from supervision.locks import one_at_a_time

LOCK = 0x61737369  # 'assi'; a number of our own among PostgreSQL's advisory locks


def next_number(sign: str, place: str, rows: Any) -> str:
    """Without gaps, as who asks holds the lock to the end of the transaction."""
    one_at_a_time(LOCK)
    start = f"{sign}-{place}-{timezone.localdate().year}-"
    last = rows.filter(number__startswith=start).order_by("-number").values_list("number", flat=True).first()
    return f"{start}{int(last.removeprefix(start)) + 1 if last else 1:06}"
