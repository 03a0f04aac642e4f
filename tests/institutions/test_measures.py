"""The register of measures: from when to when each holds, and that lifting it is all that is ever changed."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from institutions.measures import MeasureRefused, impose, lift
from institutions.models import Institution, Measure
from tests.builders import make_account, make_institution

Kind = Measure.Kind


@pytest.fixture
def place(db: None) -> Institution:
    return make_institution()


def days(*distances: int) -> list[date]:
    return [timezone.localdate() + timedelta(distance) for distance in distances]


def test_it_holds_from_its_first_day_to_its_last(place: Institution) -> None:
    before, first, last, after = days(-3, -2, 2, 3)
    impose(Kind.DEPARTMENT, place, because="B1", code="A03", since=first, until=last)
    held = [Measure.objects.in_force(day).exists() for day in (before, first, last, after)]
    assert held == [False, True, True, False]


def test_it_holds_no_more_from_the_day_on_which_it_is_lifted(place: Institution) -> None:
    first, eve, today = days(-5, -1, 0)
    impose(Kind.PAYMENT, place, because="B1", since=first)
    (measure,) = lift(Measure.objects.all(), because="paid")
    assert (measure.last_day, measure.stands) == (eve, False)
    assert [Measure.objects.in_force(day).exists() for day in (first, eve, today)] == [True, True, False]
    assert lift(Measure.objects.all(), because="again") == []


def test_what_was_annulled_never_held(place: Institution) -> None:
    (first,) = days(-5)
    impose(Kind.SUSPENDED, place, because="B1", since=first)
    (measure,) = lift(Measure.objects.all(), because="annulled", annulled=True)
    assert not measure.counts
    assert not Measure.objects.in_force(first).exists()


def test_it_does_not_end_before_it_begins(place: Institution) -> None:
    with pytest.raises(MeasureRefused, match="before it begins"):
        impose(Kind.PERSON, place, because="B1", code="D1", until=days(-1)[0])


def test_a_department_or_person_is_named_and_nobody_else_is(place: Institution) -> None:
    for kind, code in ((Kind.PERSON, ""), (Kind.PAYMENT, "A03")):
        with pytest.raises(IntegrityError, match="measure_names_whom"), transaction.atomic():
            impose(kind, place, because="B1", code=code)


def test_it_is_seen_where_the_institution_is_seen(place: Institution) -> None:
    impose(Kind.PAYMENT, place, because="B1")
    seen = [Measure.objects.visible_to(make_account(area, area)).count() for area in ("990100", "990200")]
    assert seen == [1, 0]
