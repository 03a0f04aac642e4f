"""Plants become cases: each in so many copies, spread over the months and the institutions."""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from django.utils.translation import gettext

from claims.simulation.places import Places
from claims.simulation.relations import Numbers
from claims.simulation.seasons import Month, day_of, number_of

from .case import PLANTS, Case, Plant

LEAST_COPIES, MEMBERS_A_COPY = 3, 5_000
VARIANTS = 12  # copies made one by one; further copies repeat them in members and claims of their own


@dataclass
class Sown:
    """The cases that fit into the months, and why the others do not."""

    places: Places
    cases: list[Case]
    repeats: int
    left_out: dict[str, str]
    apart: list[Case] = field(default_factory=list)  # those with institutions of their own, which are not repeated

    def counted(self) -> tuple[dict[str, int], dict[str, int]]:
        """How many accused and how many innocent rows of truth there are, by rule."""
        planted: Counter[str] = Counter()
        innocent: Counter[str] = Counter()
        for case in (*self.cases, *self.apart):
            repeats = 1 if case.plant.own else self.repeats
            for bill in case.bills:
                for verdict in [*bill.verdicts, *(v for charge in bill.charges for v in charge.verdicts)]:
                    (planted if verdict.accused else innocent)[verdict.rule] += repeats
        return dict(planted), dict(innocent)


def copies_for(members: int) -> int:
    return max(LEAST_COPIES, members // MEMBERS_A_COPY)


def sow(places: Places, months: list[Month], copies: int) -> Sown:
    variants = min(copies, VARIANTS)
    apart = min(copies, LEAST_COPIES)  # of those with institutions of their own, lest these outnumber the others
    first_own = len(places.institutions)
    places = places.with_own([kind for plant in PLANTS for _turn in range(apart) for kind in plant.own])
    sown = Sown(places, [], -(-copies // variants), {})
    for number, plant in enumerate(PLANTS):
        days = _first_days(plant, months)
        if not len(days):
            sown.left_out[plant.example] = _why(plant, months)
            continue
        for turn in range(apart if plant.own else variants):
            # Steps of the golden ratio spread any number of copies evenly.
            day = days[int((number * 0.377 + turn * 0.618) % 1 * len(days))]
            count = len(sown.cases) + len(sown.apart)
            case = Case(plant, places, int(day), number + turn, count, first_own)
            plant.grow(case)
            (sown.apart if plant.own else sown.cases).append(case)
            first_own += len(plant.own)
    return sown


def _first_days(plant: Plant, months: list[Month]) -> Numbers:
    since = months[0].first if plant.since.year == 1 else max(months[0].first, number_of(plant.since))
    first, last = since + plant.before, months[-1].after - plant.span
    if plant.on is None:
        days = np.arange(first, last + 1)
        if not plant.within:
            return days
        ends = ((day_of(day), day_of(day + plant.span - 1)) for day in days.tolist())
        same = [getattr(begun, plant.within) == getattr(end, plant.within) for begun, end in ends]
        kept: Numbers = days[np.array(same, bool)]
        return kept
    day = number_of(plant.on)
    return np.array([day] if first <= day <= last else [], np.int64)


def _why(plant: Plant, months: list[Month]) -> str:
    days = plant.before + plant.span
    if plant.on:
        return gettext("needs the days around %(day)s") % {"day": plant.on}
    if plant.since.year > 1 and number_of(plant.since) > months[0].first:
        return gettext("needs %(days)s days from %(day)s on") % {"days": days, "day": plant.since}
    return gettext("needs %(days)s days") % {"days": days}
