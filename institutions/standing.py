"""An institution's standing as others read it: its grade, what the grade moves, and which favours it has lost.

The only place that writes `Institution.grade`. Credit calls `set_grade` when an evaluation takes effect.
"""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from institutions.models import AppraisedYear, GradeFactor, Institution, StandingFact, Withheld
from supervision.clocks.limits import narrowest, places_of

PLAIN = Decimal(1)  # of an institution without a grade, and where nobody has set a factor


def set_grade(institution: Institution, letter: str, *, since: dt.date) -> None:
    """An empty letter says that it is not evaluated."""
    institution.grade, institution.grade_since = letter, since
    institution.save(update_fields=["grade", "grade_since"])


def factor(institution: Institution, what: GradeFactor.What, on: dt.date | None = None) -> Decimal:
    """By how much the institution's grade moves it on a day; the row of the narrowest place counts."""
    day = on or timezone.localdate()
    grade = grade_on(institution, day)
    return factor_of(str(institution.division_id), grade, what, day) if grade else PLAIN


def grade_on(institution: Institution, day: dt.date) -> str:
    """Its letter, from the day on since which it holds."""
    since = institution.grade_since
    return institution.grade if since is not None and since <= day else ""


def factor_of(place: str, grade: str, what: GradeFactor.What, day: dt.date) -> Decimal:
    """By how much a grade moves it at a place; nothing where nobody has said."""
    rows = GradeFactor.objects.filter(place__in=places_of(place), what=what, grade=grade, valid__contains=day)
    row = narrowest(rows)
    return row.value if row else PLAIN


def may_be_simplified(institution: Institution, on: dt.date | None = None) -> bool:
    """Whether a promise is enough where one is accepted: not for a time after one was broken."""
    day = on or timezone.localdate()
    return not Withheld.objects.filter(institution=institution, what=Withheld.What.SIMPLIFIED).in_force(day).exists()


def promise(institution: Institution, on: dt.date | None = None) -> str:
    """The number of the commitment that stands for proof today; empty where none is in force, or one was broken."""
    if not may_be_simplified(institution, on):
        return ""
    rows = StandingFact.objects.filter(kind=StandingFact.Kind.PROMISED, institution=institution, taken_back_on=None)
    fact = rows.order_by("-pk").first()
    return fact.record if fact else ""


def tell(
    kind: StandingFact.Kind, institution: Institution, *, record: str, happened_on: dt.date,
    amount: Decimal = Decimal(0), known_on: dt.date | None = None,
) -> StandingFact:  # fmt: skip
    """What an app beside credit knows of an institution. Told twice it stands there once."""
    values = {"happened_on": happened_on, "amount": amount, "known_on": known_on or timezone.localdate()}
    fact, _new = StandingFact.objects.get_or_create(kind=kind, institution=institution, record=record, defaults=values)
    return fact


def take_back(kind: StandingFact.Kind, institution: Institution, *, record: str, because: str) -> None:
    """What was told does not hold any more; from today on it does not count."""
    rows = StandingFact.objects.filter(kind=kind, institution=institution, record=record, taken_back_on=None)
    for fact in rows.select_for_update():
        fact.taken_back_on, fact.taken_back_because = max(timezone.localdate(), fact.known_on), because[:200]
        fact.save(update_fields=["taken_back_on", "taken_back_because"])


def year_of(institution: Institution, year: int, *, place: str) -> AppraisedYear | None:
    """The year as it was appraised under the agreement by which a place settles; after a renewal the last word."""
    return AppraisedYear.objects.filter(institution=institution, year=year).paid_by(place).first()
