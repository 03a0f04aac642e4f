"""Numbers without gaps, by kind, place and year: GX for packages, XS for leads, LX for meetings."""

from django.db import models
from django.utils import timezone

from institutions.models import Division
from supervision.locks import one_at_a_time

NUMBERING = 7_310_081  # a number of our own among PostgreSQL's advisory locks


def next_number(model: type[models.Model], letters: str, place: Division) -> str:
    """Which of its kind, place and year it is; who asks holds the lock to the end of the transaction."""
    one_at_a_time(NUMBERING)
    start = f"{letters}-{place.pk}-{timezone.localdate().year}-"
    rows = model._default_manager.filter(number__startswith=start).order_by("-number")
    last = rows.values_list("number", flat=True).first()
    return f"{start}{int(last.removeprefix(start)) + 1 if last else 1:06}"
