"""Who may ask for time and who may give it: two people, and a written reason."""

from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from .calendar import DeadlineRefused
from .models import Clock, Extension, Pause

DECIDES = "decide"  # the duty of whoever is in charge


def refuse_unless(holds: bool, why: str) -> None:
    if not holds:
        raise DeadlineRefused(why)


def lock(clock: Clock) -> Clock:
    """The clock as it is now, held until the end of the transaction."""
    assert connection.in_atomic_block
    return Clock.objects.select_for_update(of=("self",)).select_related("limit").get(pk=clock.pk)


def may_ask(clock: Clock, by: Any, reason: str) -> None:
    """Whoever keeps the clock asks, or whoever is in charge."""
    refuse_unless(clock.reaches(by), _("There is nothing here by that number."))
    refuse_unless(clock.is_owed_by(by) or by.holds(DECIDES), _("This deadline is not yours."))
    refuse_unless(bool(reason.strip()), _("Say why."))


def may_resume(clock: Clock, by: Any) -> bool:
    """Whoever keeps the clock lets it run again, or whoever is in charge; reading is not enough."""
    return clock.reaches(by) and not by.institution_id and (clock.is_owed_by(by) or by.holds(DECIDES))


def may_approve(clock: Clock, asked: Pause | Extension, by: Any) -> None:
    """A second person in charge, of the clock's territory."""
    refuse_unless(clock.reaches(by) and not by.institution_id, _("There is nothing here by that number."))
    refuse_unless(by.holds(DECIDES), _("Only the person in charge gives more time."))
    refuse_unless(asked.asked_by_id != by.pk, _("This needs a second person: you have asked for it yourself."))
    refuse_unless(asked.approved_at is None and asked.refused_at is None, _("It has been decided on already."))
