"""What an institution's credit speaks for when its penalty is weighed: shown with its record, not counted by itself."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from institutions import standing
from institutions.models import GradeFactor, Institution, Withheld
from supervision.moves import refuse_unless

from .models import Factor

GOOD, POOR, BROKEN = "credit_good", "credit_poor", "promise_broken"
OF_CREDIT = (GOOD, POOR, BROKEN)


@dataclass(frozen=True)
class Circumstance:
    """One thing on record, and the factor that an officer may let count for it."""

    factor: Factor
    words: str


def circumstances(institution: Institution, on: date | None = None) -> list[Circumstance]:
    """By the grade in force and by promises that were broken, where a factor is set for it."""
    day = on or timezone.localdate()
    found = [*of_the_grade(institution, day), *of_promises(institution, day)]
    factors = {row.code: row for row in Factor.objects.filter(code__in=OF_CREDIT, valid__contains=day)}
    return [Circumstance(factors[code], words) for code, words in found if code in factors]


def of_the_grade(institution: Institution, day: date) -> list[tuple[str, str]]:
    value: Decimal = standing.factor(institution, GradeFactor.What.DISCRETION, day)
    if value == standing.PLAIN or institution.grade_since is None:
        return []
    words = _("Credit grade %(letter)s since %(day)s (factor %(factor)s)")
    said = {"letter": institution.grade, "day": institution.grade_since.isoformat(), "factor": f"{value}"}
    return [(GOOD if value < standing.PLAIN else POOR, words % said)]


def of_promises(institution: Institution, day: date) -> list[tuple[str, str]]:
    lost = Withheld.objects.filter(institution=institution, what=Withheld.What.SIMPLIFIED).in_force(day)
    words = _("Commitment %(number)s broken on %(day)s")
    return [(BROKEN, words % {"number": one.because, "day": one.since.isoformat()}) for one in lost.order_by("pk")]


def on_record(institution: Institution | None) -> set[str]:
    """The codes of the factors that a record speaks for today."""
    return {one.factor.code for one in circumstances(institution)} if institution else set()


def refuse_what_is_not_on_record(factor: Factor, institution: Institution | None) -> None:
    """A factor of credit counts only while the record that speaks for it stands."""
    if factor.code not in OF_CREDIT:
        return
    refuse_unless(factor.code in on_record(institution), _("Nothing on its credit record speaks for this factor."))
