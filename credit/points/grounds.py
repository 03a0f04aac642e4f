"""After which handling of an institution somebody may be scored: decided, in effect, and not annulled since."""

from django.db.models import Q
from django.utils.translation import gettext as _

from institutions.models import Account, Practitioner
from supervision.cases.models import Breach, Kind, PenaltyState, Proceeding, Violation
from supervision.cases.models.proceedings import ProceedingQuerySet
from supervision.cases.workflows.summary import State as SpotState
from supervision.moves import refuse_unless

from .models import Matter

ANY_PENALTY = "penalty"
NOT_IN_EFFECT = (PenaltyState.REVOKED, SpotState.REVOKED, SpotState.WITHDRAWN)


def in_effect() -> ProceedingQuerySet:
    """Penalties that were served with a fine or a warning, and breaches whose measures were carried out."""
    served = Q(penalty__served_on__isnull=False) & (Q(penalty__fine__gt=0) | Q(penalty__warning=True))
    penalised = Q(kind__in=[Kind.PENALTY, Kind.SUMMARY]) & served & ~Q(state__in=NOT_IN_EFFECT)
    handled = Q(kind=Kind.BREACH, breach__executed_at__isnull=False)
    return Proceeding.objects.filter(penalised | handled, case__institution__isnull=False)


def open_to(account: Account, practitioner: Practitioner) -> ProceedingQuerySet:
    """Those in the account's territory at an institution where the person is or was registered."""
    seen = in_effect().visible_to(account)
    places = practitioner.registrations.values("institution")
    return seen.filter(case__institution__in=places).select_related("case__institution").order_by("-pk")


def marks(proceeding: Proceeding) -> set[str]:
    """What a matter may name of it: the agreement's measures, or the penalty and the violations it punished."""
    if proceeding.kind == Kind.BREACH:
        return set(Breach.objects.filter(pk=proceeding.pk).values_list("measures__code", flat=True)) - {None}
    codes = Violation.objects.filter(proceeding=proceeding).values_list("type__code", flat=True)
    return {ANY_PENALTY, *codes}


def belongs(matter: Matter, proceeding: Proceeding) -> bool:
    """Whether the matter is scored after such a handling: V38 stands for all of article 38."""
    found = marks(proceeding)
    return any(mark == one or mark.startswith(f"{one}.") for one in matter.after for mark in found)


def refuse_what_is_not_in_effect(proceeding: Proceeding) -> None:
    refuse_unless(
        in_effect().filter(pk=proceeding.pk).exists(),
        _("Points come only after a penalty or a heavier handling of the institution that is in effect."),
    )
