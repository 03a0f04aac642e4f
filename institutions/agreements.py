"""Agreements from their first day to their end, and as measures leave them. The only place that writes their state."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Agreement, Institution, Insurer
from supervision.refusal import Refused


class AgreementRefused(Refused):
    """What cannot be done with the agreement as it stands; the sentence says why."""


def current(institution: Institution, *, insurer: Insurer | None = None) -> Agreement | None:
    """The institution's agreement today, with this insurer where one is named."""
    found = Agreement.objects.filter(institution=institution, period__contains=timezone.localdate())
    return (found.filter(insurer=insurer) if insurer else found).order_by("insurer", "-pk").first()


def conclude(institution: Institution, insurer: Insurer, *, number: str, since: dt.date, until: dt.date) -> Agreement:
    """A new agreement for these days; refused where another of the two holds on one of them."""
    period = DateRange(since, until + dt.timedelta(days=1))
    try:
        with transaction.atomic():
            return Agreement.objects.create(institution=institution, insurer=insurer, number=number, period=period)
    except IntegrityError as clash:
        raise AgreementRefused(_("Another agreement of the two holds in these days.")) from clash


def suspend(agreement: Agreement, *, because: str) -> Agreement:
    return set_state(agreement, {Agreement.State.IN_FORCE}, Agreement.State.SUSPENDED, because=because)


def resume(agreement: Agreement, *, because: str) -> Agreement:
    return set_state(agreement, {Agreement.State.SUSPENDED}, Agreement.State.IN_FORCE, because=because)


def terminate(agreement: Agreement, *, because: str) -> Agreement:
    return set_state(
        agreement, {Agreement.State.IN_FORCE, Agreement.State.SUSPENDED}, Agreement.State.TERMINATED, because=because
    )


def end(agreement: Agreement, *, because: str) -> Agreement:
    """Without anybody's fault: at the institution's wish, or because nobody asked for its resumption."""
    return set_state(
        agreement, {Agreement.State.IN_FORCE, Agreement.State.SUSPENDED}, Agreement.State.ENDED, because=because
    )


def restore(agreement: Agreement, *, because: str) -> Agreement:
    """Put it in force again after its termination was annulled."""
    return set_state(agreement, {Agreement.State.TERMINATED}, Agreement.State.IN_FORCE, because=because)


@transaction.atomic
def set_state(agreement: Agreement, before: set[Agreement.State], after: Agreement.State, *, because: str) -> Agreement:
    locked = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if locked.state not in before:
        raise AgreementRefused(
            _("That cannot be done with an agreement that is %(state)s.") % {"state": locked.get_state_display()}
        )
    locked.state, locked.state_since, locked.state_because = after, timezone.localdate(), because
    try:
        with transaction.atomic():
            locked.save(update_fields=["state", "state_since", "state_because"])
    except IntegrityError as clash:  # another was concluded since it was terminated
        raise AgreementRefused(_("Another agreement of the two holds in these days.")) from clash
    return locked
