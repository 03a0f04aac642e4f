"""What stands on record elsewhere comes onto the credit record once, and falls with its decision."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from pytest_django import Settings

from credit import gathering, graded, recording
from credit.models import CreditEnding, CreditEvent, Indicator, RecordKind
from institutions import measures, standing
from institutions.models import Institution, Measure, StandingFact
from supervision.cases.models import Penalty
from tests.builders import make_institution
from tests.cases.office import investigating, make_case, make_office, make_upheld, served, weighed
from tests.credit.office import make_signed, on_record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def letters(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def place() -> Institution:
    return make_signed(make_institution())


def test_a_penalty_counts_from_its_service_and_falls_with_it() -> None:
    office = make_office()
    penalty = investigating(make_case(office, make_upheld(office)), office)
    weighed(penalty, office)
    assert gathering.gather(office.place) == 0
    served(penalty, office)
    assert (gathering.gather(office.place), gathering.gather(office.place)) == (1, 0)
    event = CreditEvent.objects.get()
    assert (event.indicator, event.record, event.known_on) == (Indicator.PENALTY, str(penalty), timezone.localdate())
    assert event.amount == Penalty.objects.get().fine > 0

    Penalty.objects.update(changed_fine=0)
    gathering.gather(office.place)
    assert [end.why for end in CreditEnding.objects.all()] == ["withdrawn"]


def test_a_fine_that_was_lowered_is_noted_anew_and_the_former_record_stays_readable(place: Institution) -> None:
    yesterday = timezone.localdate() - timedelta(1)
    on_record(place, known_on=yesterday, amount="600000.00")
    on_record(place, amount="60000.00")
    assert [(row.nth, row.amount) for row in CreditEvent.objects.order_by("nth")] == [
        (1, Decimal("600000.00")), (2, Decimal("60000.00")),
    ]  # fmt: skip
    assert graded.grade(place, at=yesterday).points == 75
    assert graded.grade(place, at=timezone.localdate()).points == 85


def test_of_one_decision_the_heaviest_measure_counts(place: Institution) -> None:
    for kind in (Measure.Kind.PAYMENT, Measure.Kind.SUSPENDED):
        measures.impose(kind, place, because="AJ-1-B1")
    measures.impose(Measure.Kind.SETTLEMENT, place, because="AJ-2-S1")
    gathering.gather(place)
    (event,) = CreditEvent.objects.all()
    assert (event.indicator, event.record) == (Indicator.SUSPENDED, "AJ-1-B1")


def test_a_measure_that_was_annulled_counts_no_more(place: Institution) -> None:
    measures.impose(Measure.Kind.SUSPENDED, place, because="AJ-1-B1")
    gathering.gather(place)
    assert graded.grade(place, at=timezone.localdate()).letter == "C"
    with transaction.atomic():
        measures.lift(Measure.objects.all(), because="annulled", annulled=True)
    gathering.gather(place)
    assert graded.grade(place, at=timezone.localdate()).letter == "A"


def test_a_finding_counts_until_a_case_goes_on_with_it() -> None:
    office = make_office()
    hearing = make_upheld(office, "30000.00")
    gathering.gather(office.place)
    (event,) = CreditEvent.objects.all()
    assert (event.indicator, event.record, event.amount) == (
        Indicator.CONFIRMED, str(hearing.pk), hearing.fund_confirmed,
    )  # fmt: skip
    make_case(office, hearing)
    gathering.gather(office.place)
    assert not CreditEvent.objects.standing().exists()


def test_what_apps_beside_credit_tell_is_gathered_and_taken_back(place: Institution) -> None:
    for _again in range(2):
        standing.tell(StandingFact.Kind.SELF_CHECK_FALSE, place, record="SC-1", happened_on=timezone.localdate())
    gathering.gather(place)
    assert graded.grade(place, at=timezone.localdate()).points == 90
    with transaction.atomic():
        standing.take_back(StandingFact.Kind.SELF_CHECK_FALSE, place, record="SC-1", because="SC-1 was true")
    gathering.gather(place)
    assert graded.grade(place, at=timezone.localdate()).points == 100


def test_what_was_reported_by_itself_is_treated_more_lightly_than_what_was_found(place: Institution) -> None:
    standing.tell(StandingFact.Kind.SELF_REPORTED, place, record="SC-2", happened_on=timezone.localdate())
    on_record(place, Indicator.CONFIRMED, "7", amount="20000.00", kind=RecordKind.HEARING)
    gathering.gather(place)
    points = {point.fact.indicator: point.points for point in graded.grade(place, at=timezone.localdate()).from_records}
    assert points["self_reported"] > 0 > points["confirmed"]


def test_the_database_itself_refuses_to_edit_a_record(place: Institution) -> None:
    event = on_record(place)
    for change in (event.delete, lambda: CreditEvent.objects.update(amount=1)):
        with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
            change()


def test_any_past_grade_is_worked_out_again_from_the_records(place: Institution) -> None:
    today = timezone.localdate()
    days = [today - timedelta(n) for n in (40, 30, 20, 10)]
    for n, day in enumerate(days):
        on_record(place, number=f"CF-{n}", known_on=day)
    recording.withdraw(CreditEvent.objects.get(record="CF-1"), because="revoked", on=today - timedelta(5))
    seen = [graded.grade(place, at=day).points for day in days]
    assert seen == [92, 84, 76, 68]
    assert graded.grade(place, at=today).points == 76


def test_a_new_a_terminated_and_an_unsigned_institution_are_not_evaluated(place: Institution) -> None:
    today = timezone.localdate()
    new = make_signed(make_institution("H99010100002"), since=today - timedelta(60))
    unsigned = make_institution("H99010100003")
    measures.impose(Measure.Kind.TERMINATED, place, because="AJ-1-B1")
    found = [graded.grade(one, at=today) for one in (new, place, unsigned)]
    assert [one.why_not for one in found] == ["new", "terminated", "unsigned"]
    assert {one.letter for one in found} == {""}


def test_the_scheme_of_the_city_goes_before_that_of_its_province() -> None:
    city = make_signed(make_institution("H99020100001", division="990201"))
    today = timezone.localdate()
    assert (graded.grade(city, at=today).letter, graded.grade(city, at=today).points) == ("B", Decimal(80))
    assert len(graded.terms_of(graded.scheme_of(city, today)).bands) == 5
