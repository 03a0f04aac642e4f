"""Verification on the spot: who went, when, and what was seen."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account
from supervision.moves import Made, refuse_unless

from .models import Hearing


def not_verified_yet(hearing: Hearing, by: Account) -> None:
    """once"""
    refuse_unless(hearing.verifier_id is None, _("It was verified on the spot already."))


def records(hearing: Hearing, made: Made[Hearing]) -> None:
    """who went, when, and what was seen, in the history"""
    on = made.facts["verified_on"]
    day = on if isinstance(on, dt.date) else dt.date.fromisoformat(str(on))
    refuse_unless(day <= timezone.localdate(), _("That day has not come yet."))
    refuse_unless(
        hearing.notified_at is None or day >= timezone.localdate(hearing.notified_at),
        _("It was not verified before the institution was told."),
    )
    hearing.verifier = made.by
