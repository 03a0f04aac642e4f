"""On the way to the court: nobody applies while the decision can still be challenged, nor before the party was
reminded and had its working days (Law on Administrative Compulsion, arts. 53 and 54)."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.clocks import limits
from supervision.clocks.models import Clock
from supervision.moves import Made, refuse_unless

from . import timing
from .delivering import deliver
from .models import Proceeding

REMINDER = "enforcement_reminder"


def reminder_days(proceeding: Proceeding) -> int:
    """The working days that the party has after it received the reminder."""
    return limits.limit(REMINDER, timing.places(proceeding), timezone.localdate()).amount


def deliver_reminder(proceeding: Proceeding, made: Made[Proceeding]) -> Clock:
    """Hand the reminder over; from the day of its receipt the party has its working days."""
    at = deliver(proceeding, made, "reminder")
    return timing.start(proceeding, REMINDER, since=at, institution=proceeding.case.institution_id or "")


def refuse_while_challengeable(clocks: Iterable[Clock | None]) -> None:
    """The times for reconsideration and suit have run out, or were used."""
    for clock in clocks:
        refuse_unless(
            clock is None or clock.ended_at is not None or timing.ran_out(clock),
            _("The party may still ask for reconsideration or sue."),
        )


def refuse_before_the_days_are_over(reminder: Clock | None) -> None:
    """The party has received the reminder and had its days."""
    refuse_unless(reminder is not None, _("Nobody has written down that the party received the reminder."))
    assert reminder is not None
    refuse_unless(
        timing.ran_out(reminder),
        _("The party has %(days)d working days after it received the reminder.") % {"days": reminder.limit.amount},
    )
