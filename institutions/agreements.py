"""Agreements as measures leave them: suspended, resumed or terminated. The only place that writes their state."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Agreement, Institution, Insurer
from supervision.refusal import Refused


class AgreementRefused(Refused):
    """What cannot be done with the agreement as it stands; the sentence says why."""


def current(institution: Institution, *, insurer: Insurer | None = None) -> Agreement | None:
    """The institution's agreement today, with this insurer where one is named."""
    found = Agreement.objects.filter(institution=institution, period__contains=timezone.localdate())
    return (found.filter(insurer=insurer) if insurer else found).order_by("insurer").first()


def suspend(agreement: Agreement, *, because: str) -> Agreement:
    return set_state(agreement, {Agreement.State.IN_FORCE}, Agreement.State.SUSPENDED, because=because)


def resume(agreement: Agreement, *, because: str) -> Agreement:
    return set_state(agreement, {Agreement.State.SUSPENDED}, Agreement.State.IN_FORCE, because=because)


def terminate(agreement: Agreement, *, because: str) -> Agreement:
    return set_state(
        agreement, {Agreement.State.IN_FORCE, Agreement.State.SUSPENDED}, Agreement.State.TERMINATED, because=because
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
    locked.save(update_fields=["state", "state_since", "state_because"])
    return locked
