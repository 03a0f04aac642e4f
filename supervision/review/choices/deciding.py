"""Sets what is done about a rule's remarks at the desks of a place: say them, ask for a reason, or block.

A place may be stricter than those above it, never looser: where a superior blocks, nobody below lets pass. So when a
superior becomes stricter, looser settings below end with the same act, and the narrowest standing one is the strictest.
"""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Division, chain
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.locks import one_at_a_time
from supervision.review.models import Handling

LOCK = 0x68616E64  # 'hand'; a number of our own among PostgreSQL's advisory locks
STRICTNESS: dict[str, int] = {
    way: number for number, way in enumerate((Handling.Way.TELL, Handling.Way.ASK, Handling.Way.BLOCK))
}


class HandlingRefused(Exception):
    """It cannot be set so; the sentence says why."""


def from_above(place: Division, rule: str) -> Handling | None:
    """What holds at a place because somebody above it has set it: the narrowest."""
    standing = Handling.objects.standing().filter(division__in=chain(place.code)[:-1], rule=rule)
    return standing.select_related("division").order_by("division__level").last()


def set_way(*, rule: str, way: str, reason: str, by: Account) -> Handling:
    """Set it for the account's own territory; looser settings below end, an earlier one here is replaced."""
    place = by.territory
    if place is None:
        raise HandlingRefused(_("Only who supervises a territory sets this."))
    with transaction.atomic():
        one_at_a_time(LOCK)
        superior = from_above(place, rule)
        if superior and STRICTNESS[superior.way] > STRICTNESS[way]:
            words = {"place": superior.division, "way": superior.get_way_display()}
            raise HandlingRefused(_("%(place)s has set: %(way)s. A place below may only be stricter.") % words)
        here = Q(division=place) | Q(division__code__startswith=place.prefix, way__in=looser(way))
        ended = list(Handling.objects.standing().filter(here, rule=rule).values_list("number", flat=True))
        Handling.objects.filter(number__in=ended).update(ended_at=timezone.now())
        made = Handling.objects.create(rule=rule, division=place, way=way, reason=reason, set_by=by)
        facts: dict[str, Any] = {"rule": rule, "place": place.code, "way": str(way), "reason": reason, "ended": ended}
        record(Act.HANDLING, by, f"handling {made.pk}", **facts)
    return made


def end(handling: Handling, *, by: Account, reason: str) -> None:
    """From now on what holds above the place holds there again."""
    with transaction.atomic():
        one_at_a_time(LOCK)
        handling.refresh_from_db()
        if handling.division_id != by.territory_id:
            raise HandlingRefused(_("Only the place that has set it ends it."))
        if handling.ended_at:
            raise HandlingRefused(_("It has ended already."))
        handling.ended_at = timezone.now()
        handling.save(update_fields=["ended_at"])
        record(Act.HANDLING, by, f"handling {handling.pk}", rule=handling.rule, ended=[handling.pk], reason=reason)


def looser(way: str) -> list[str]:
    return [one for one, number in STRICTNESS.items() if number < STRICTNESS[way]]
