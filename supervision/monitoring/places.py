"""Findings by place: the divisions right below a territory, the territory itself, and elsewhere."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext

from institutions.models import Division

if TYPE_CHECKING:
    from institutions.models import Account

OWN = "own"  # institutions that belong to the territory itself and to no division below it
ELSEWHERE = "elsewhere"  # insured here, treated at an institution of another territory or at none


def divisions_of(account: "Account") -> dict[str, str]:
    """What the findings an account sees can be divided into, in words."""
    if (territory := account.territory) is None:
        return {}
    below = {division.code: str(division) for division in Division.objects.filter(parent=territory)}
    return below | {OWN: gettext("%(place)s itself") % {"place": territory}, ELSEWHERE: gettext("elsewhere")}


def in_division(account: "Account", division: str) -> Q:
    """The findings of one of those divisions: every finding is of exactly one."""
    territory = account.territory
    assert territory is not None
    if division == OWN:
        return Q(institution__division=territory)
    if division == ELSEWHERE:
        inside = Q(institution__division__code__startswith=territory.prefix)
        return Q(institution=None) | ~inside
    return Q(institution__division__code__startswith=division[: digits(territory)])


def division_of(account: "Account", code: str | None) -> str:
    """Which of `divisions_of` an institution's division (or its leading digits) belongs to."""
    territory = account.territory
    assert territory is not None
    if code is None or not code.startswith(territory.prefix):
        return ELSEWHERE
    place = code[: digits(territory)].ljust(6, "0")
    return OWN if place == territory.code else place


def digits(territory: Division) -> int:
    """How many leading digits tell the divisions right below a territory apart."""
    return min(2 * (territory.level + 1), 6)
