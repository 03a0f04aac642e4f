"""What one person owes goes to another: one clock, or all that somebody who leaves was keeping."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.audit.chain import record
from supervision.audit.models import Act

from .asking import DECIDES, refuse_unless
from .models import Clock, HandOver


@transaction.atomic
def hand_over(clocks: Iterable[Clock], *, to: Any, reason: str, by: Any, at: datetime | None = None) -> list[HandOver]:
    """All of them or none. Who keeps a clock hands it over, or the person in charge does."""
    at = at or timezone.now()
    asked = {clock.pk for clock in clocks}
    rows = Clock.objects.select_for_update(of=("self",)).filter(pk__in=asked).order_by("pk")
    locked = list(rows)
    refuse_unless(bool(reason.strip()), _("Say why."))
    refuse_unless(bool(locked), _("There is nothing to hand over."))
    for clock in locked:
        may_hand_over(clock, to=to, by=by)
    given = [HandOver(clock=c, giver_id=c.holder_id, taker=to, reason=reason.strip(), by=by, at=at) for c in locked]
    HandOver.objects.bulk_create(given)
    rows.update(holder=to)
    record(Act.DEADLINE, by, "handed over", to=to.get_username(), clocks=[c.pk for c in locked], reason=reason.strip())
    return given


def may_hand_over(clock: Clock, *, to: Any, by: Any) -> None:
    refuse_unless(clock.reaches(by), _("There is nothing here by that number."))
    refuse_unless(clock.ended_at is None, _("It has ended already."))
    refuse_unless(clock.is_owed_by(by) or by.holds(DECIDES), _("This deadline is not yours."))
    refuse_unless(to.is_active and clock.reaches(to), _("Who takes it over must be of the same place."))
    refuse_unless(not clock.duty or to.holds(clock.duty), _("Who takes it over must hold the duty for it."))
    refuse_unless(clock.holder_id != to.pk, _("They keep it already."))
