"""Who objected is kept no longer than needed: some time after the application is over, name and contact are erased.

How long is a limit like any other (clocks/reference/limits.toml), so that a place may keep less. What was objected, the
answer and the receipt stay with the application.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from supervision.audit.chain import record
from supervision.audit.models import Act

from . import timing
from .models import Objection
from .models.applications import OVER

KEPT = "designation_objector_kept"  # the limit


def due_on(objection: Objection) -> date | None:
    """The day on which name and contact are erased; nothing while the application is under way."""
    application = objection.application
    if application.state not in OVER:
        return None
    return timing.so_long_after(KEPT, application.place, timezone.localdate(application.moved_at))


def forget_due() -> int:
    """Erase what is due, each in a transaction of its own: killed half-way it goes on where it stopped; how many."""
    rows = Objection.objects.filter(forgotten_on=None, application__state__in=OVER)
    return sum(forget(number) for number in list(rows.values_list("pk", flat=True)))


@transaction.atomic
def forget(number: int) -> bool:
    """Of one objection, if it is due; the chain of acts keeps that it was done, and nothing of what it said."""
    rows = Objection.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=number, forgotten_on=None)
    objection = rows.select_related("application__insurer").first()
    day = due_on(objection) if objection else None
    if objection is None or day is None or day > timezone.localdate():
        return False
    objection.name = objection.contact = ""
    objection.forgotten_on = timezone.localdate()
    objection.save(update_fields=["name_sealed", "contact_sealed", "forgotten_on"])
    record(Act.AGREEMENT, "", objection.number, move="forget")
    return True
