"""Which way counts for a rule at an institution's place, and what a block stops.

The narrowest place that has set a way counts. Only what is certain is blocked: a less certain remark of a rule that is
set to block asks for a reason. Where the institution's credit grade makes reminders stricter, what would only be said
asks for a reason there too; a grade never blocks, and never loosens what a place has set.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from institutions import standing
from institutions.models import GradeFactor, Institution, chain
from supervision.review.asking import answering
from supervision.review.messages import MessageRefused
from supervision.review.models import Connection, Encounter, Handling, Remark, Review
from supervision.review.recalling import recalled

CERTAIN = "certain"


@recalled
def ways(code: str) -> Mapping[str, str]:
    """By rule, what is done in a division; of a rule that nobody speaks of, its remarks are said."""
    set_here = Handling.objects.standing().filter(division__in=chain(code)).order_by("division__level")
    return dict(set_here.values_list("rule", "way"))


@dataclass(frozen=True)
class Strictness:
    """How strict an institution's grade makes reminders; a factor above one asks for a reason."""

    grade: str
    factor: Decimal

    @property
    def asks(self) -> bool:
        return self.factor > standing.PLAIN


def strictness(place: Institution) -> Strictness:
    """By the grade that is known with the institution; its factor is recalled, so no message waits for it."""
    today = timezone.localdate()
    grade = standing.grade_on(place, today)
    return Strictness(grade, factor_of_reminders(str(place.division_id), grade, today) if grade else standing.PLAIN)


@recalled
def factor_of_reminders(place: str, grade: str, day: date) -> Decimal:
    return standing.factor_of(place, grade, GradeFactor.What.REMINDERS, day)


def ways_at(place: Institution, rules: Iterable[str]) -> dict[str, str]:
    """By rule, what is done about its remarks at one institution, its grade included."""
    of_rules, plainly = ways(str(place.division_id)), plain_way(place)
    return {code: stricter(of_rules.get(code, Handling.Way.TELL), plainly) for code in rules}


def plain_way(place: Institution) -> str:
    """What is done at least: a reason is asked for where the grade makes reminders stricter."""
    return Handling.Way.ASK if strictness(place).asks else Handling.Way.TELL


def stricter(of_rule: str, plainly: str) -> str:
    return plainly if of_rule == Handling.Way.TELL else of_rule


def way(of_rule: str, certainty: str) -> str:
    """What is done about one remark."""
    return Handling.Way.ASK if of_rule == Handling.Way.BLOCK and certainty != CERTAIN else of_rule


def handled(remarks: Sequence[answering.Remark], place: Institution) -> list[answering.Remark]:
    """Remarks with what is done about each of them here."""
    of_rules = ways_at(place, {one.rule.code for one in remarks}) if remarks else {}
    return [replace(one, way=way(of_rules[one.rule.code], one.certainty)) for one in remarks]


@recalled
def wishes(institution: str) -> Connection:
    """How the institution wants to be answered."""
    return Connection.objects.filter(pk=institution).first() or Connection(institution_id=institution)


def as_wanted(result: Sequence[Mapping[str, Any]], place: Institution) -> object:
    """The result as the institution wants it: of some severities, all of it or the gravest row as one object."""
    wanted = wishes(place.pk)
    rows = [row for row in result if row["sev_deg"] in wanted.severities]
    if not wanted.one_object:
        return rows
    # Nothing is null, never an empty object: the client that reads one object stops the charge for any that it finds.
    return min(rows, key=lambda row: str(row["sev_deg"]), default=None)


def check_not_overridden(remark: Remark, where: str) -> None:
    """What is blocked does not go on for a reason."""
    if remark.way == Handling.Way.BLOCK:
        raise MessageRefused(where, f"{remark.number} is blocked by the rule {remark.rule}: the order cannot go on")


def check_not_blocked(encounter: Encounter, place: Institution) -> None:
    """An encounter is not settled while its latest review before settlement holds what is blocked still."""
    reviews = Review.objects.filter(claim=encounter.claim, moment=Review.Moment.REVIEW)
    review = reviews.order_by("-asked_at", "-pk").first()
    if review is None:
        return
    blocking = review.remarks.filter(way=Handling.Way.BLOCK).order_by("pk")
    of_rules = ways(str(place.division_id))
    remark = next((one for one in blocking if of_rules.get(one.rule) == Handling.Way.BLOCK), None)
    if remark is not None:
        said = f"is blocked by the rule {remark.rule}: change the bill and ask again (3102)."
        raise MessageRefused("input.data.mdtrt_id", said, aside=remark.because_zh)
