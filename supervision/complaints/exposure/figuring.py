"""Counts complaints for the public page: by year and prefecture, up to the last quarter's end, and no small number.

One who writes the page down each night must not learn what one night brought. So it is counted by quarters; a year's
row stays as it was while it would move by fewer than five; and a number from one to four is left out, together with
whatever would give it away by subtraction.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from institutions.models import Division
from supervision.clocks.models import Clock
from supervision.complaints.models import Complaint, Outcome
from supervision.complaints.rewards.figures import Paid, paid

from .models import Figure

SMALL = 5
TIMES = ("in_time", "late")
OUTCOMES = ("true", "not_true", "settled", "not_accepted", "passed_on", "joined", "under_way")
LINES = (TIMES, OUTCOMES)  # each adds up to what was received
SAID = {
    Outcome.UPHELD: "true", Outcome.PARTLY: "true", Outcome.UNFOUNDED: "not_true", Outcome.UNPROVED: "not_true",
    Outcome.SETTLED: "settled",
}  # fmt: skip
Key = tuple[int, str]  # year, prefecture


@transaction.atomic
def count(today: dt.date | None = None) -> list[Figure]:
    """The rows that are new or have moved far enough."""
    until = quarters_end(today or timezone.localdate())
    tallies = tally(until)
    known = set(Division.objects.filter(pk__in={place for _year, place in tallies}).values_list("pk", flat=True))
    former = {(row.year, row.place_id): row for row in Figure.objects.select_for_update()}
    made = []
    for (year, place), counts in tallies.items():
        if place in known:
            values = {**shown(counts), **shown_rewards(paid(place[:4], year, until=until))}
            if moved_enough(former.get((year, place)), values, until):
                made.append(keep(year, place, until, values))
    return made


def keep(year: int, place: str, until: dt.date, values: Mapping[str, Any]) -> Figure:
    row, _new = Figure.objects.update_or_create(year=year, place_id=place, defaults={**values, "until": until})
    return row


def quarters_end(today: dt.date) -> dt.date:
    """The last day of the last quarter that is over."""
    first_month = 3 * ((today.month - 1) // 3) + 1
    return dt.date(today.year, first_month, 1) - dt.timedelta(days=1)


def prefecture(place: str) -> str:
    return place[:4].ljust(6, "0")


def tally(until: dt.date) -> dict[Key, Counter[str]]:
    late = Clock.objects.filter(subject=OuterRef("number")).filter(
        Q(state=Clock.State.MISSED) | Q(state=Clock.State.RUNNING, due_at__lt=timezone.now())
    )
    rows = Complaint.objects.filter(received_on__lte=until).annotate(is_late=Exists(late), year=F("received_on__year"))
    tallies: dict[Key, Counter[str]] = {}
    columns = ("year", "place", "is_late", "ground", "passed_to", "joined_to", "outcome")
    for year, place, is_late, ground, passed_to, joined_to, outcome in rows.values_list(*columns).iterator():
        told = tallies.setdefault((year, prefecture(place)), Counter())
        told["received"] += 1
        told["late" if is_late else "in_time"] += 1
        told[ended_as(ground, passed_to, joined_to, outcome)] += 1
    return tallies


def ended_as(ground: str, passed_to: object, joined_to: object, outcome: str) -> str:
    if ground:
        return "not_accepted"
    if joined_to is not None:
        return "joined"
    if outcome:
        return SAID[Outcome(outcome)]
    return "under_way" if passed_to is None else "passed_on"


def shown(counts: Mapping[str, int]) -> dict[str, int | None]:
    """What may be told of the counts of one row; nothing of a row that is small as a whole."""
    names = ("received", *TIMES, *OUTCOMES)
    if counts.get("received", 0) < SMALL:
        return dict.fromkeys(names)
    hidden = set().union(*(hidden_of({name: counts.get(name, 0) for name in line}) for line in LINES))
    return {name: None if name in hidden else counts.get(name, 0) for name in names}


def hidden_of(parts: Mapping[str, int]) -> set[str]:
    """The small ones, and of the others the smallest until nobody can work any of them out from the sum."""
    hidden = {name for name, number in parts.items() if 0 < number < SMALL}
    others = sorted((name for name, number in parts.items() if number >= SMALL), key=lambda name: parts[name])
    # One alone is the sum less the rest; several that add up to their number are one each.
    while hidden and others and (len(hidden) == 1 or sum(parts[name] for name in hidden) == len(hidden)):
        hidden.add(others.pop(0))
    return hidden


def shown_rewards(rewards: Paid) -> dict[str, Any]:
    small = 0 < rewards.count < SMALL
    return {"rewards": None if small else rewards.count, "rewarded": None if small else rewards.amount}


def moved_enough(former: Figure | None, values: Mapping[str, Any], until: dt.date) -> bool:
    """Whether the new row says nothing about fewer than five people that the former one did not."""
    if former is None:
        return True
    if former.until >= until:
        return False
    pairs = [(getattr(former, name), values[name]) for name in ("received", "rewards")]
    return not any(old is not None and new is not None and 0 < abs(new - old) < SMALL for old, new in pairs)
