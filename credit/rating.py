"""Rates pharmaceutical enterprises from what was found about them: a pure function of rows and of a day."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .models import Enterprise, EnterpriseFact, TierMeasures, TierThreshold


@dataclass(frozen=True)
class Threshold:
    matter: str
    tier: int
    above: Decimal
    aggravated: bool = False


@dataclass(frozen=True)
class Found:
    """A fact as rating sees it."""

    matter: str
    record: str
    known_on: dt.date
    amount: Decimal = Decimal(0)
    aggravated: bool = False
    tier: int = 0  # as it was found, where no sum decides
    repaired_on: dt.date | None = None


@dataclass(frozen=True)
class Rated:
    """A tier, with each fact's own, and the measures that would mend them."""

    tier: int
    by_fact: Sequence[tuple[Found, int]]
    measures: frozenset[int]


Measures = dict[tuple[str, int], frozenset[int]]


def rate(facts: Iterable[Found], thresholds: Sequence[Threshold], measures: Measures, at: dt.date) -> Rated:
    """The worst tier of what was known and not repaired on the day."""
    standing = [fact for fact in facts if fact.known_on <= at and not repaired(fact, at)]
    by_fact = [(fact, tier_of(fact, thresholds)) for fact in standing]
    needed = (measures.get((fact.matter, tier), frozenset()) for fact, tier in by_fact)
    return Rated(max((tier for _fact, tier in by_fact), default=0), by_fact, frozenset().union(*needed))


def repaired(fact: Found, at: dt.date) -> bool:
    return fact.repaired_on is not None and fact.repaired_on <= at


def tier_of(fact: Found, thresholds: Sequence[Threshold]) -> int:
    """The worst that its sum reaches, that its circumstances give, or that it was found to be."""
    reached = (
        one.tier
        for one in thresholds
        if one.matter == fact.matter and one.above <= fact.amount and (fact.aggravated or not one.aggravated)
    )
    return max([fact.tier, *reached])


def rated(enterprise: Enterprise, *, at: dt.date) -> Rated:
    """By the rows in force on the day."""
    thresholds, measures = rows_of(at)
    return rate(map(found, enterprise.facts.all()), thresholds, measures, at)


def rows_of(day: dt.date) -> tuple[list[Threshold], Measures]:
    thresholds = [
        Threshold(row.matter, row.tier, row.above, row.aggravated)
        for row in TierThreshold.objects.filter(valid__contains=day)
    ]
    rows = TierMeasures.objects.filter(valid__contains=day)
    return thresholds, {(row.matter, row.tier): frozenset(row.measures) for row in rows}


def rated_fact(fact: EnterpriseFact, *, at: dt.date) -> Rated:
    """One fact by itself, by the rows in force on the day."""
    thresholds, measures = rows_of(at)
    return rate([found(fact)], thresholds, measures, at)


def found(row: EnterpriseFact) -> Found:
    return Found(row.matter, row.record, row.known_on, row.amount, row.aggravated, row.found_tier, row.repaired_on)
