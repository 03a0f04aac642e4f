"""Finds what a department may receive about something today: the row of the narrowest place."""

from datetime import date

from django.utils import timezone

from supervision.clocks.limits import narrowest, places_of

from .models import Allowance, Partner


def allowances(partner: Partner, about: str, place: str, on: date | None = None) -> list[Allowance]:
    """One row a code, in the order of the codes: of several places' rows that of the narrowest."""
    rows = Allowance.objects.filter(
        kind=partner.kind, about=about, place__in=places_of(place), valid__contains=on or timezone.localdate()
    )
    by_code: dict[str, list[Allowance]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    return [found for code in sorted(by_code) if (found := narrowest(by_code[code]))]
